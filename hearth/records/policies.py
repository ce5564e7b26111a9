"""Who may write and read what is written about children."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import STAFF


@policy("Keep a draft of what is being typed", subject=None, roles=STAFF)
def save_draft(_worker: User, _nothing: None) -> Iterator[str]:
    """Whoever works here may keep what they are typing; sending it has its own policy."""
    yield from ()
