"""Who may see and decide how work moves: tasks, cases, closings, and our own time limits."""

from collections.abc import Iterator

from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import (
    MANAGERS,
    PRACTITIONERS,
    QUALIFIED,
    RECORD_READERS,
    RECORD_WRITERS,
    SENIOR,
    STAFF,
    Role,
)
from hearth.casework.actions.sign_off import why_not_sign_off
from hearth.casework.actions.tasks import why_not_take_off
from hearth.casework.models import (
    Allocation,
    Closing,
    Consultation,
    Direction,
    Episode,
    LocalChange,
    Task,
)
from hearth.casework.models.allocations import works_with
from hearth.people.models import Person
from hearth.workforce.models import Staff, Team
from hearth.workforce.rules import manages, teams_managed_by

OVERSEERS = (*MANAGERS, Role.DIRECTOR)
NOT_YOUR_TEAM = "This belongs to a team you do not manage. Ask its manager or a service manager"


@policy("See a task, and why it is due", subject=Task, roles=RECORD_READERS)
def task(_worker: User, _task: Task) -> Iterator[str]:
    """Whoever may read the record may see what is to be done for the child."""
    yield from ()


def _managed(worker: User, task: Task) -> bool:
    """Whether a task is in the hands of somebody, or a team, that this worker manages."""
    if worker.has_role(Role.SERVICE_MANAGER) or task.worker_id == worker.pk:
        return True
    today = timezone.localdate()
    if task.team_id in [team.pk for team in teams_managed_by(worker, on=today)]:
        return True
    return task.worker is not None and manages(worker, task.worker, on=today)


@policy("Give a task to somebody else", subject=Task, roles=MANAGERS)
def reassign_task(worker: User, task: Task) -> Iterator[str]:
    """A manager of whoever has it, or of its team; a service manager for any."""
    if not _managed(worker, task):
        yield NOT_YOUR_TEAM


@policy("Take a task off the list", subject=Task, roles=MANAGERS)
def cancel_task(worker: User, task: Task) -> Iterator[str]:
    """As for giving it to somebody else; the reason is kept. Not what the law still asks for."""
    if not _managed(worker, task):
        yield NOT_YOUR_TEAM
    if why := why_not_take_off(task, worker):
        yield why


@policy("See an episode", subject=Episode, roles=RECORD_READERS)
def episode(_worker: User, _episode: Episode) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


@policy("See who has and had a child's case", subject=Person, roles=RECORD_READERS)
def case_history(_worker: User, _child: Person) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


@policy("See one allocation", subject=Allocation, roles=RECORD_READERS)
def allocation(_worker: User, _allocation: Allocation) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


@policy("Give a child's case to a worker", subject=Episode, roles=MANAGERS)
def allocate(_worker: User, episode: Episode) -> Iterator[str]:
    """A manager allocates, with a direction (Working Together 2023, chapter 3)."""
    if episode.ended_on is not None:
        yield "This episode is closed"


@policy("Allocate the children a task asks for", subject=Task, roles=MANAGERS)
def allocate_children(_worker: User, task: Task) -> Iterator[str]:
    """As for allocating: from the manager's list to where it is done."""
    if task.step_key != "casework.allocate":
        yield "This task does not ask for an allocation"
    elif task.done_at is not None or task.cancelled_at is not None:
        yield "This has been done already"


@policy("End a co-worker's or supervisor's part in a case", subject=Allocation, roles=MANAGERS)
def end_allocation(_worker: User, allocation: Allocation) -> Iterator[str]:
    """A lead's part ends when another lead takes the case, or when it closes."""
    if allocation.ended_on is not None:
        yield "This has ended"
    elif allocation.role == "lead":
        yield "Give the case to another lead, or close it"


@policy("Give all of one worker's cases and tasks to another", subject=Staff, roles=MANAGERS)
def hand_over(_worker: User, _staff: Staff) -> Iterator[str]:
    """When somebody leaves or is away for long."""
    yield from ()


@policy("See children nobody has been given", subject=None, roles=OVERSEERS)
def unallocated(_worker: User, _nothing: None) -> Iterator[str]:
    """Managers, who allocate, and the director, who answers for it."""
    yield from ()


@policy(
    "See what open records lack",
    subject=None,
    roles=(*PRACTITIONERS, *MANAGERS, Role.DIRECTOR, Role.PRINCIPAL_SOCIAL_WORKER),
)
def to_complete(_worker: User, _nothing: None) -> Iterator[str]:
    """Those who keep the records, and those who answer for them."""
    yield from ()


@policy("See what a team carries", subject=Team, roles=(*OVERSEERS, Role.SENIOR_SOCIAL_WORKER))
def team_caseload(_worker: User, _team: Team) -> Iterator[str]:
    """Managers, and those who stand in for them."""
    yield from ()


@policy("See what a worker carries", subject=Staff, roles=(*RECORD_WRITERS, Role.DIRECTOR))
def staff_caseload(worker: User, staff: Staff) -> Iterator[str]:
    """One's own; a manager, anybody's."""
    if staff.user_id != worker.pk and not worker.has_role(*OVERSEERS):
        yield "You may see what you carry yourself. A manager may see what others carry"


@policy("Ask for an episode to be closed", subject=Episode, roles=(*QUALIFIED, *MANAGERS))
def ask_to_close(worker: User, episode: Episode) -> Iterator[str]:
    """The worker who has the case writes the closing; a manager may too, and another agrees it."""
    if episode.ended_on is not None:
        yield "This episode is closed"
    if not worker.has_role(*MANAGERS) and not works_with(worker, episode.child):
        yield "Only a worker who has this case, or a manager, asks for it to be closed"


@policy("See a closing", subject=Closing, roles=RECORD_READERS)
def closing(_worker: User, _closing: Closing) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


@policy("Agree or return a closing", subject=Closing, roles=MANAGERS)
def decide_closing(worker: User, closing: Closing) -> Iterator[str]:
    """Never whoever asked for it, nor anybody who had a hand in it."""
    if closing.task.signed_off_at is not None or closing.task.done_at is None:
        yield "This is not waiting for a decision"
    elif why := why_not_sign_off(closing.task, worker):
        yield why


@policy("See what a manager directed", subject=Direction, roles=RECORD_READERS)
def direction(_worker: User, _direction: Direction) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()


@policy("Say what was done about a direction", subject=Direction, roles=RECORD_WRITERS)
def do_direction(worker: User, direction: Direction) -> Iterator[str]:
    """Whoever it was given to, or now has it; or a manager."""
    has_it = worker.pk in (direction.owner_id, direction.task.worker_id if direction.task else 0)
    if not has_it and not worker.has_role(*MANAGERS):
        yield f"This was given to {direction.owner}"
    if direction.task is None or direction.task.done_at or direction.task.cancelled_at:
        yield "This is no longer waiting to be done"


@policy("Ask a manager for advice about a child", subject=Person, roles=RECORD_WRITERS)
def ask_manager(_worker: User, child: Person) -> Iterator[str]:
    """Whoever works with children, at any hour and of any grade."""
    if child.merged_into_id is not None:
        yield "This record was merged into another: use that one"


@policy("See what a manager was asked and advised", subject=Consultation, roles=RECORD_READERS)
def consultation(_worker: User, _consultation: Consultation) -> Iterator[str]:
    """It is part of the child's record: whoever may read that."""
    yield from ()


@policy("Give a worker advice", subject=Consultation, roles=MANAGERS)
def answer_consultation(worker: User, consultation: Consultation) -> Iterator[str]:
    """Whoever was asked, or any manager who stands in for them; never who asked."""
    if consultation.answered_at is not None:
        yield "This has been answered"
    if consultation.asked_by_id == worker.pk:
        yield "You asked this, so somebody else answers it"


@policy("See how work flows here", subject=None, roles=STAFF)
def how_work_flows(_worker: User, _nothing: None) -> Iterator[str]:
    """Everybody may know the steps, their limits and their authority."""
    yield from ()


@policy("See this authority's own time limits", subject=None, roles=STAFF)
def local_limits(_worker: User, _nothing: None) -> Iterator[str]:
    """Everybody may know how the service works."""
    yield from ()


@policy("Propose a time limit of our own", subject=None, roles=[Role.ADMINISTRATOR])
def propose_change(_worker: User, _nothing: None) -> Iterator[str]:
    """Rule versions are released by two people: an administrator proposes."""
    yield from ()


@policy(
    "Agree or refuse a proposed time limit",
    subject=LocalChange,
    roles=(*SENIOR, Role.ADMINISTRATOR),
)
def decide_change(worker: User, change: LocalChange) -> Iterator[str]:
    """A service manager or the director agrees; whoever proposed it may only take it back."""
    if change.agreed_at is not None or change.refused_at is not None:
        yield "This has been decided"
    elif not worker.has_role(*SENIOR) and change.recorded_by_id != worker.pk:
        yield "A service manager or the director decides this"
