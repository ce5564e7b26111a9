"""Who may bring a return in, who may check one, and who may build one."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import Role
from hearth.returns.models import BuildState, CensusBuild, CensusImport, CheckedReturn, CheckState

RETURNS = (Role.ANALYST, Role.SERVICE_MANAGER)


@policy("Open the page of the returns", subject=None, roles=RETURNS)
def home(_worker: User, _subject: None) -> Iterator[str]:
    """Those who answer for the returns."""
    yield from ()


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


@policy("Check a return", subject=None, roles=RETURNS)
def check_return(_worker: User, _subject: None) -> Iterator[str]:
    """Those who answer for the returns. Nothing is put on record."""
    yield from ()


@policy("See what checking a return found", subject=CheckedReturn, roles=RETURNS)
def view_check(_worker: User, _checked: CheckedReturn) -> Iterator[str]:
    """Whoever asked for it, and nobody else: the database shows it to no other worker."""
    yield from ()


@policy("Download what checking a return found", subject=CheckedReturn, roles=RETURNS)
def download_check(_worker: User, _checked: CheckedReturn) -> Iterator[str]:
    """As for seeing it."""
    yield from ()


@policy("Say what year a return to be checked is of", subject=CheckedReturn, roles=RETURNS)
def say_year(_worker: User, checked: CheckedReturn) -> Iterator[str]:
    """As for seeing it."""
    if checked.state != CheckState.NO_YEAR:
        yield "This return does not wait to be told its year"


@policy("Keep what checking a return found", subject=CheckedReturn, roles=RETURNS)
def keep_check(_worker: User, checked: CheckedReturn) -> Iterator[str]:
    """As for seeing it; with a reason, which goes to the trail."""
    if not checked.is_over:
        yield "The check has not finished, so there is nothing to keep yet"
    if checked.kept_at is not None:
        yield "It is kept already"


@policy("Remove what checking a return found", subject=CheckedReturn, roles=RETURNS)
def delete_check(_worker: User, _checked: CheckedReturn) -> Iterator[str]:
    """As for seeing it."""
    yield from ()


@policy("Build a CIN census", subject=None, roles=RETURNS)
def build_census(_worker: User, _subject: None) -> Iterator[str]:
    """Those who answer for the returns: the file holds every child."""
    yield from ()


@policy("See a CIN census that was built", subject=CensusBuild, roles=RETURNS)
def view_build(_worker: User, _build: CensusBuild) -> Iterator[str]:
    """As for building one; lines about restricted children are out of sight."""
    yield from ()


@policy("Download what a CIN census leaves out", subject=CensusBuild, roles=RETURNS)
def download_reconciliation(_worker: User, _build: CensusBuild) -> Iterator[str]:
    """As for seeing it."""
    yield from ()


@policy("Take out a CIN census that was built", subject=CensusBuild, roles=RETURNS)
def download_build(_worker: User, build: CensusBuild) -> Iterator[str]:
    """The law asks for every child, so restricted ones are in it, by number and without a name."""
    if not build.has_file:
        yield "There is no file of this build"


@policy("Mark a CIN census as submitted", subject=CensusBuild, roles=RETURNS)
def submit_build(_worker: User, build: CensusBuild) -> Iterator[str]:
    """As for building one."""
    if not build.has_file or build.submitted_on is not None:
        yield "There is no file of this build that was not submitted"


@policy("Delete a CIN census that was built", subject=CensusBuild, roles=RETURNS)
def delete_build(_worker: User, build: CensusBuild) -> Iterator[str]:
    """As for building one. A return that was submitted is kept."""
    if not build.has_file or build.submitted_on is not None:
        yield "There is no file of this build that was not submitted"


@policy("Build a CIN census again as it was", subject=CensusBuild, roles=RETURNS)
def build_again(_worker: User, build: CensusBuild) -> Iterator[str]:
    """As for building one."""
    if build.state != BuildState.DONE:
        yield "It was not built"


@policy("Check a CIN census that was built", subject=CensusBuild, roles=RETURNS)
def check_build(_worker: User, build: CensusBuild) -> Iterator[str]:
    """As for building one. What is found is for whoever asks."""
    if not build.has_file:
        yield "There is no file of this build"
