"""Who may read a plan, say how it goes, and change what it asks."""

from collections.abc import Iterator, Sequence

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import (
    INDEPENDENT,
    MANAGERS,
    PRACTITIONERS,
    QUALIFIED,
    RECORD_READERS,
    Role,
)
from hearth.casework.models import Allocation, Task
from hearth.people.models import Person
from hearth.plans.duties import DUTIES
from hearth.plans.gathering import GATHERINGS, gatherings_of
from hearth.plans.models import (
    ActionState,
    Contingency,
    Meeting,
    MeetingMember,
    MeetingState,
    Plan,
    PlanAction,
    PlanChild,
)

LEADS = (*QUALIFIED, *MANAGERS)
WORKERS = (*PRACTITIONERS, *MANAGERS)
SENDERS = (*LEADS, *INDEPENDENT, Role.BUSINESS_SUPPORT)
NOT_YOURS = "The children's lead worker or a manager does that"
NOT_WITH = "You are not working with this family"


def leads(worker: User, about: Sequence[int]) -> bool:
    """Whether this worker leads the case of any of these children, or is a manager."""
    if worker.has_role(*MANAGERS):
        return True
    led = Allocation.objects.current().leading().filter(worker=worker, child__in=about)
    return led.exists()


def works_with(worker: User, about: Sequence[int]) -> bool:
    """Whether this worker has the case of any of these children in any part, or is a manager."""
    if worker.has_role(*MANAGERS):
        return True
    return Allocation.objects.current().filter(worker=worker, child__in=about).exists()


@policy("Read a plan", subject=Plan, roles=RECORD_READERS)
def plan(_worker: User, _plan: Plan) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


@policy("Take a plan out on paper", subject=Plan, roles=SENDERS)
def plan_papers(_worker: User, plan: Plan) -> Iterator[str]:
    """Whoever sends papers out, once it is agreed."""
    if plan.issued_on is None:
        yield "This plan has not been agreed yet"


@policy("See a child's plans", subject=Person, roles=RECORD_READERS)
def child_plans(_worker: User, _child: Person) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


def _changes(worker: User, plan: Plan) -> Iterator[str]:
    task = plan.task
    if task is not None and task.done_at is not None and task.signed_off_at is None:
        yield "This is with a manager. It can be changed if they return it"
    if task is not None and task.cancelled_at is not None:
        yield "This plan was given up before it was agreed"
    if not leads(worker, plan.about):
        yield NOT_YOURS


@policy("Write what a plan is for", subject=Plan, roles=LEADS)
def write_plan(worker: User, plan: Plan) -> Iterator[str]:
    """The lead worker or a manager; not while a manager is deciding on it."""
    yield from _changes(worker, plan)


@policy("Put an action in a plan", subject=Plan, roles=LEADS)
def add_action(worker: User, plan: Plan) -> Iterator[str]:
    """As for writing it; between meetings as well as at them."""
    yield from _changes(worker, plan)


@policy("Say what is done if a plan fails", subject=Plan, roles=LEADS)
def add_contingency(worker: User, plan: Plan) -> Iterator[str]:
    """As for writing it."""
    yield from _changes(worker, plan)


@policy("Take a contingency out of a plan", subject=Contingency, roles=LEADS)
def end_contingency(worker: User, contingency: Contingency) -> Iterator[str]:
    """As for writing it. It stays on the record."""
    yield from _changes(worker, contingency.plan)
    if contingency.ended_on is not None:
        yield "This was taken out of the plan already"


@policy("See an action of a plan", subject=PlanAction, roles=RECORD_READERS)
def action(_worker: User, _action: PlanAction) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


def _open(action: PlanAction) -> Iterator[str]:
    if action.state != ActionState.OPEN:
        yield "This action has ended"
    if action.plan.issued_on is None:
        yield "This plan has not been agreed yet"


@policy("Say how an action of a plan goes", subject=PlanAction, roles=WORKERS)
def record_progress(worker: User, action: PlanAction) -> Iterator[str]:
    """Whoever works with the children, or owns the action."""
    yield from _open(action)
    if action.owner_worker_id != worker.pk and not works_with(worker, action.about):
        yield NOT_WITH


@policy("End an action of a plan", subject=PlanAction, roles=WORKERS)
def end_action(worker: User, action: PlanAction) -> Iterator[str]:
    """Whoever owns it, the lead worker or a manager."""
    if action.state != ActionState.OPEN:
        yield "This action has ended"
    if action.owner_worker_id != worker.pk and not leads(worker, action.about):
        yield NOT_YOURS


def _stands(part: PlanChild) -> Iterator[str]:
    if part.ended_on is not None:
        yield "This plan has ended"


@policy("Set how often a child is visited", subject=PlanChild, roles=MANAGERS)
def set_visits(_worker: User, part: PlanChild) -> Iterator[str]:
    """A manager, with the reason; fewer visits under a protection plan, with the chair as well."""
    yield from _stands(part)


@policy("End a plan without a meeting", subject=PlanChild, roles=MANAGERS)
def end_part(_worker: User, part: PlanChild) -> Iterator[str]:
    """A manager: for death, the 18th birthday, a transfer, or becoming looked after."""
    yield from _stands(part)


@policy("Go to the visit that a plan asks for", subject=Task, roles=RECORD_READERS)
def visit_asked_for(_worker: User, task: Task) -> Iterator[str]:
    """Whoever may read the record; who may record a visit, the page it leads to says."""
    if task.step_key not in {duty.step for duty in DUTIES.values()}:
        yield "This task does not ask for a visit"


@policy("See the visits that plans ask for", subject=None, roles=WORKERS)
def visits_due(_worker: User, _nothing: None) -> Iterator[str]:
    """A worker their own; a manager their teams'."""
    yield from ()


@policy("Call a meeting about a plan", subject=Plan, roles=LEADS)
def call_meeting(worker: User, plan: Plan) -> Iterator[str]:
    """The lead worker or a manager convenes it."""
    if not gatherings_of(plan.kind):
        yield "Nothing carries this kind of plan on"
    if not leads(worker, plan.about):
        yield NOT_YOURS


def _of_this_room(meeting: Meeting) -> Iterator[str]:
    if meeting.kind not in GATHERINGS or meeting.plan is None:
        yield "That meeting has a page of its own"


@policy("Read the record of a meeting about a plan", subject=Meeting, roles=RECORD_READERS)
def meeting(_worker: User, meeting: Meeting) -> Iterator[str]:
    """Whoever may read the record."""
    yield from _of_this_room(meeting)


def _to_come(worker: User, meeting: Meeting) -> Iterator[str]:
    yield from _of_this_room(meeting)
    if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED):
        yield "This meeting was held, or called off"
    if not leads(worker, meeting.about):
        yield NOT_YOURS


@policy("Arrange a meeting about a plan", subject=Meeting, roles=LEADS)
def book_meeting(worker: User, meeting: Meeting) -> Iterator[str]:
    """Whoever may call it."""
    yield from _to_come(worker, meeting)


@policy("Ask somebody to a meeting about a plan", subject=Meeting, roles=LEADS)
def add_member(worker: User, meeting: Meeting) -> Iterator[str]:
    """Whoever may call it."""
    yield from _to_come(worker, meeting)


@policy("Take somebody off a meeting about a plan", subject=MeetingMember, roles=LEADS)
def remove_member(worker: User, member: MeetingMember) -> Iterator[str]:
    """Whoever may call it, until it is held."""
    yield from _to_come(worker, member.meeting)
    if member.removed_at is not None:
        yield "They were taken off already"


@policy("Write the record of a meeting about a plan", subject=Meeting, roles=LEADS)
def hold_meeting(worker: User, meeting: Meeting) -> Iterator[str]:
    """Whoever may call it."""
    yield from _to_come(worker, meeting)


@policy("Call a meeting about a plan off", subject=Meeting, roles=LEADS)
def cancel_meeting(worker: User, meeting: Meeting) -> Iterator[str]:
    """Whoever may call it, with why."""
    yield from _to_come(worker, meeting)


def _was_held(meeting: Meeting) -> Iterator[str]:
    yield from _of_this_room(meeting)
    if meeting.state != MeetingState.HELD:
        yield "This meeting has not been held"


@policy("Send the notes of a meeting about a plan", subject=Meeting, roles=SENDERS)
def send_notes(_worker: User, meeting: Meeting) -> Iterator[str]:
    """Whoever sends papers out."""
    yield from _was_held(meeting)


@policy("Take the notes of a meeting out on paper", subject=Meeting, roles=SENDERS)
def meeting_papers(_worker: User, meeting: Meeting) -> Iterator[str]:
    """Whoever sends papers out, once it was held."""
    yield from _was_held(meeting)


@policy("Say that a meeting's notes were received", subject=Meeting, roles=SENDERS)
def mark_received(_worker: User, meeting: Meeting) -> Iterator[str]:
    """Whoever sends papers out."""
    yield from _was_held(meeting)
