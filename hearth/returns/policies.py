"""Who may bring a return in."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import Role
from hearth.returns.models import CensusImport

RETURNS = (Role.ANALYST, Role.SERVICE_MANAGER)


@policy("Bring in a CIN census", subject=None, roles=RETURNS)
def import_census(_worker: User, _subject: None) -> Iterator[str]:
    """Those who answer for the returns; the file names children, so no administrator does it."""
    yield from ()


@policy("See what became of an import", subject=CensusImport, roles=RETURNS)
def view_import(_worker: User, _run: CensusImport) -> Iterator[str]:
    """As for bringing one in; lines about restricted children are out of sight."""
    yield from ()


@policy("Download what became of an import", subject=CensusImport, roles=RETURNS)
def download_import(_worker: User, _run: CensusImport) -> Iterator[str]:
    """As for seeing it."""
    yield from ()
