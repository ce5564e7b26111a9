"""Who may see the list of every child with a protection plan."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import INDEPENDENT, MANAGERS, Role


@policy(
    "See which children have a child protection plan on a day",
    subject=None,
    roles=(
        *MANAGERS,
        *INDEPENDENT,
        Role.PRINCIPAL_SOCIAL_WORKER,
        Role.DIRECTOR,
        Role.OUT_OF_HOURS,
        Role.AUDITOR,
        Role.ANALYST,
    ),
)
def register(_worker: User, _nothing: None) -> Iterator[str]:
    """Those who answer for the children on it, chair their conferences, or are on call at night.

    An analyst is given numbers in place of names. The database leaves out, and so counts nowhere,
    children kept from whoever reads it.
    """
    yield from ()
