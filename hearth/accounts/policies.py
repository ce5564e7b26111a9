"""Who may see and change accounts, and read the trail."""

from collections.abc import Iterator

from hearth.accounts.models import Notice, User
from hearth.accounts.policy import policy
from hearth.accounts.roles import STAFF


@policy("See one's own account", subject=None, roles=STAFF)
def account(_worker: User, _subject: None) -> Iterator[str]:
    """Everybody who works here has an account."""
    yield from ()


@policy("See what one was told", subject=None, roles=STAFF)
def notices(_worker: User, _subject: None) -> Iterator[str]:
    """Everybody who works here may be told something."""
    yield from ()


@policy("Mark a notice as read", subject=Notice, roles=STAFF)
def read_notice(worker: User, notice: Notice) -> Iterator[str]:
    """Only whoever was told."""
    if notice.to_id != worker.pk:
        yield "This was told to somebody else"
