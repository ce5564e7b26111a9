"""Who may see and change accounts, and read the trail."""

from collections.abc import Iterator

from hearth.accounts.models import Notice, RoleRequest, User
from hearth.accounts.policy import policy
from hearth.accounts.roles import STAFF, Role


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


ADMINISTRATORS = (Role.ADMINISTRATOR,)


@policy("See the workers who may sign in", subject=None, roles=ADMINISTRATORS)
def workers(_worker: User, _subject: None) -> Iterator[str]:
    """Whoever looks after accounts. They open no records."""
    yield from ()


@policy("See a worker's account", subject=User, roles=ADMINISTRATORS)
def worker(_worker: User, _account: User) -> Iterator[str]:
    """Whoever looks after accounts."""
    yield from ()


@policy("Make a worker's account", subject=None, roles=ADMINISTRATORS)
def create_worker(_worker: User, _subject: None) -> Iterator[str]:
    """Whoever looks after accounts: nobody makes their own."""
    yield from ()


@policy("Change a worker's name or address", subject=User, roles=ADMINISTRATORS)
def change_worker(_worker: User, _account: User) -> Iterator[str]:
    """Whoever looks after accounts."""
    yield from ()


@policy("Change a worker's roles", subject=User, roles=ADMINISTRATORS)
def give_roles(worker: User, account: User) -> Iterator[str]:
    """Never one's own."""
    if account.pk == worker.pk:
        yield "Nobody changes their own roles: ask for them, and somebody else must agree"


@policy("Ask for roles that somebody else must agree to", subject=User, roles=ADMINISTRATORS)
def request_roles(_worker: User, _account: User) -> Iterator[str]:
    """One's own, or an administrator's."""
    yield from ()


@policy(
    "See and decide the roles asked for",
    subject=None,
    roles=[Role.ADMINISTRATOR, Role.CALDICOTT],
)
def role_requests(_worker: User, _subject: None) -> Iterator[str]:
    """Administrators, and the Caldicott guardian."""
    yield from ()


@policy(
    "Agree to roles asked for, or refuse them",
    subject=RoleRequest,
    roles=[Role.ADMINISTRATOR, Role.CALDICOTT],
)
def decide_roles(worker: User, request: RoleRequest) -> Iterator[str]:
    """Neither whoever asked nor whoever is to have them."""
    if worker.pk in (request.requested_by_id, request.worker_id):
        yield "Somebody else must decide this"
    if request.decided_at is not None:
        yield "This has been decided"


def _not_own(worker: User, account: User) -> Iterator[str]:
    if account.pk == worker.pk:
        yield "Nobody does this to their own account: ask another administrator"


@policy("Close a worker's account", subject=User, roles=ADMINISTRATORS)
def deactivate_worker(worker: User, account: User) -> Iterator[str]:
    """Never one's own."""
    yield from _not_own(worker, account)


@policy("Open a worker's closed account again", subject=User, roles=ADMINISTRATORS)
def reactivate_worker(worker: User, account: User) -> Iterator[str]:
    """Never one's own."""
    yield from _not_own(worker, account)


@policy("Reset a worker's second factor", subject=User, roles=ADMINISTRATORS)
def reset_second_factor(worker: User, account: User) -> Iterator[str]:
    """Never one's own."""
    yield from _not_own(worker, account)


@policy("Make a link for a worker to choose a password", subject=User, roles=ADMINISTRATORS)
def issue_password_link(worker: User, account: User) -> Iterator[str]:
    """Never one's own."""
    yield from _not_own(worker, account)


@policy(
    "See who signed in, who failed to and who was locked out",
    subject=None,
    roles=[Role.ADMINISTRATOR, Role.CALDICOTT],
)
def sign_ins(_worker: User, _subject: None) -> Iterator[str]:
    """Administrators, and the Caldicott guardian."""
    yield from ()
