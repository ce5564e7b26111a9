"""Who may supervise, and who may read what was said."""

from collections.abc import Iterator

from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, RECORD_READERS, SUPERVISED, SUPERVISORS, Role
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.supervision.actions.finishing import why_not_write_up
from hearth.supervision.models import Discussion, Session
from hearth.supervision.models.sessions import SEES_EVERYBODYS
from hearth.supervision.rules import why_not_supervise, why_not_withdraw
from hearth.workforce.models import Staff, Team
from hearth.workforce.rules import manages, teams_managed_by

OVERSEERS = (*SUPERVISORS, Role.PRINCIPAL_SOCIAL_WORKER)
SEERS = tuple(dict.fromkeys((*SUPERVISED, *OVERSEERS)))
NOT_YOURS = "Supervision is seen by the worker, their manager, and those who answer for all of it"


@policy("See one's own supervision", subject=None, roles=SEERS)
def mine(_worker: User, _nothing: None) -> Iterator[str]:
    """Everybody who is supervised, or supervises."""
    yield from ()


@policy("See whose supervision is overdue or unrecorded", subject=None, roles=OVERSEERS)
def overview(_worker: User, _nothing: None) -> Iterator[str]:
    """Managers for their teams; those above them, and the principal social worker, for all."""
    yield from ()


@policy("See which cases have not been discussed", subject=None, roles=OVERSEERS)
def cases(_worker: User, _nothing: None) -> Iterator[str]:
    """As for supervision that is overdue."""
    yield from ()


@policy("See how a team's supervision stands", subject=Team, roles=OVERSEERS)
def team(worker: User, team: Team) -> Iterator[str]:
    """The team's manager, and those above them."""
    own = teams_managed_by(worker, on=timezone.localdate())
    if not worker.has_role(*SEES_EVERYBODYS, Role.DIRECTOR) and team not in own:
        yield "This is a team you do not manage"


@policy("See a worker's supervision", subject=Staff, roles=SEERS)
def worker(worker: User, staff: Staff) -> Iterator[str]:
    """Their own; their manager's; the service managers' and principal social worker's."""
    if staff.user_id == worker.pk or worker.has_role(*SEES_EVERYBODYS, Role.DIRECTOR):
        return
    is_manager = staff.user.has_role(*MANAGERS)
    if is_manager or not manages(worker, staff.user, on=timezone.localdate()):
        yield NOT_YOURS


@policy("Plan a worker's supervision", subject=Staff, roles=SUPERVISORS)
def plan_session(worker: User, staff: Staff) -> Iterator[str]:
    """The manager of their team, or a service manager or the director. Nobody their own."""
    if why := why_not_supervise(worker, staff.user, on=timezone.localdate()):
        yield why


@policy("Hold a worker's supervision", subject=Staff, roles=SUPERVISORS)
def hold_session(worker: User, staff: Staff) -> Iterator[str]:
    """As for planning it."""
    if why := why_not_supervise(worker, staff.user, on=timezone.localdate()):
        yield why


@policy("Read a supervision session", subject=Session, roles=SEERS)
def session(_worker: User, _session: Session) -> Iterator[str]:
    """The two in it, and those who answer for it; what is personal, the two alone."""
    yield from ()


def _to_come(worker: User, session: Session) -> Iterator[str]:
    if not session.is_planned:
        yield "This session is no longer planned: it was held, or not held"
    elif why := why_not_supervise(worker, session.worker, on=timezone.localdate()):
        yield why


@policy("Move a session to another day", subject=Session, roles=SUPERVISORS)
def move_session(worker: User, session: Session) -> Iterator[str]:
    """Whoever may plan it."""
    yield from _to_come(worker, session)


@policy("Say why a session was not held", subject=Session, roles=SUPERVISORS)
def record_not_held(worker: User, session: Session) -> Iterator[str]:
    """Whoever may plan it, from the day on which it was to be held."""
    yield from _to_come(worker, session)
    if session.is_planned and session.planned_on > timezone.localdate():
        yield "This day has not come. Move the session to another day instead"


def _being_written(worker: User, session: Session) -> Iterator[str]:
    if not session.is_open:
        yield "This session is not being written up: it was not held, or it is finished"
    elif session.worker_id == worker.pk:
        yield "Nobody supervises themself"
    elif why := why_not_write_up(session, worker):
        yield why


@policy("Discuss a case in supervision", subject=Session, roles=SUPERVISORS)
def record_discussion(worker: User, session: Session) -> Iterator[str]:
    """Whoever held the session."""
    yield from _being_written(worker, session)


@policy("Finish and sign a session as its supervisor", subject=Session, roles=SUPERVISORS)
def finish_session(worker: User, session: Session) -> Iterator[str]:
    """Whoever held it; where they have left, whoever may supervise the worker."""
    yield from _being_written(worker, session)


@policy("Sign one's own supervision", subject=Session, roles=SUPERVISED)
def sign_session(worker: User, session: Session) -> Iterator[str]:
    """The worker alone, once it is written up, once."""
    if session.worker_id != worker.pk:
        yield "Only the worker whose supervision this was signs it"
    elif session.finished_at is None:
        yield "This supervision has not been written up yet"
    elif session.signed_at is not None:
        yield "You have signed this already"


@policy("Read a discussion of a case", subject=Discussion, roles=RECORD_READERS)
def discussion(_worker: User, _discussion: Discussion) -> Iterator[str]:
    """It is part of the children's records: whoever may read those."""
    yield from ()


@policy("Withdraw a discussion recorded in error", subject=Discussion, roles=SUPERVISORS)
def withdraw_discussion(worker: User, discussion: Discussion) -> Iterator[str]:
    """Whoever held it, or supervises the worker now. It is kept, with the reason."""
    if discussion.is_withdrawn:
        yield "This discussion was withdrawn already"
    elif why := why_not_withdraw(discussion, worker, on=timezone.localdate()):
        yield why


@policy("See how a child's case was discussed", subject=Person, roles=RECORD_READERS)
def child(_worker: User, _child: Person) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


@policy("Bring a case back to supervision", subject=Task, roles=SUPERVISORS)
def bring_back(_worker: User, _task: Task) -> Iterator[str]:
    """Opens the supervision of whoever leads the case."""
    yield from ()
