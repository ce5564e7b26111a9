"""What other rooms do when a visit is written.

They stand above this one, so it never calls them by name: each adds what it does, at start-up.
"""

from collections.abc import Callable

from hearth.accounts.models import User
from hearth.records.models import Visit

AFTER_VISIT: list[Callable[[Visit, User], None]] = []


def tell_rooms(visit: Visit, by: User) -> None:
    """Let every room that asked know that a visit was recorded, put right or withdrawn."""
    for heard in AFTER_VISIT:
        heard(visit, by)
