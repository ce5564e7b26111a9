"""Who may see the staff list, and who may change it."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, STAFF, Role
from hearth.workforce.models import Registration, Staff, Team

KEEPERS = (Role.ADMINISTRATOR, *MANAGERS)
SHAPERS = (Role.ADMINISTRATOR, Role.SERVICE_MANAGER)


@policy("See the staff list", subject=None, roles=STAFF)
def staff_list(_worker: User, _nothing: None) -> Iterator[str]:
    """Everybody may find a colleague, their team and their telephone."""
    yield from ()


@policy("See a member of staff", subject=Staff, roles=STAFF)
def staff(_worker: User, _staff: Staff) -> Iterator[str]:
    """Everybody may see who somebody is at work."""
    yield from ()


@policy("Put somebody on the staff list", subject=None, roles=SHAPERS)
def add_staff(_worker: User, _nothing: None) -> Iterator[str]:
    """Whoever looks after accounts, or runs the service."""
    yield from ()


def _gone(staff: Staff) -> Iterator[str]:
    if staff.ended_on is not None:
        yield f"{staff} no longer works here"


@policy("Change a member of staff", subject=Staff, roles=KEEPERS)
def change_staff(_worker: User, staff: Staff) -> Iterator[str]:
    """Managers and administrators."""
    yield from _gone(staff)


@policy("Move somebody between teams", subject=Staff, roles=KEEPERS)
def move_team(_worker: User, staff: Staff) -> Iterator[str]:
    """Managers and administrators."""
    yield from _gone(staff)


@policy("Record a registration", subject=Staff, roles=KEEPERS)
def add_registration(worker: User, staff: Staff) -> Iterator[str]:
    """A registration lets somebody do qualified work, so it is never recorded by its holder."""
    yield from _gone(staff)
    if staff.user_id == worker.pk:
        yield "Somebody else records your registration"


@policy("End a registration before its time", subject=Registration, roles=KEEPERS)
def end_registration(_worker: User, registration: Registration) -> Iterator[str]:
    """Managers and administrators."""
    yield from _gone(registration.staff)


@policy("Record that somebody leaves", subject=Staff, roles=KEEPERS)
def leave(worker: User, staff: Staff) -> Iterator[str]:
    """Managers and administrators; somebody else for oneself, as the account closes."""
    yield from _gone(staff)
    if staff.user_id == worker.pk:
        yield "Somebody else records your leaving"


@policy("See registrations running out", subject=None, roles=(*KEEPERS, Role.DIRECTOR))
def registrations(_worker: User, _nothing: None) -> Iterator[str]:
    """Those who answer for qualified work being done by qualified people."""
    yield from ()


@policy("See the teams", subject=None, roles=STAFF)
def teams(_worker: User, _nothing: None) -> Iterator[str]:
    """Everybody."""
    yield from ()


@policy("See a team", subject=Team, roles=STAFF)
def team(_worker: User, _team: Team) -> Iterator[str]:
    """Everybody."""
    yield from ()


@policy("Open a team", subject=None, roles=SHAPERS)
def open_team(_worker: User, _nothing: None) -> Iterator[str]:
    """Administrators and service managers."""
    yield from ()


@policy("Change, rename or close a team", subject=Team, roles=SHAPERS)
def change_team(_worker: User, team: Team) -> Iterator[str]:
    """Administrators and service managers."""
    if team.closed_on is not None:
        yield f"{team} is closed"
