"""Who may see how core groups go. Who convenes and records one, the room of plans says."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import INDEPENDENT, MANAGERS, QUALIFIED, Role


@policy(
    "See which core groups are due and overdue",
    subject=None,
    roles=(*QUALIFIED, *MANAGERS, *INDEPENDENT, Role.DIRECTOR, Role.BUSINESS_SUPPORT, Role.AUDITOR),
)
def core_groups(_worker: User, _nothing: None) -> Iterator[str]:
    """Those who hold them, send their notes, and answer for both."""
    yield from ()
