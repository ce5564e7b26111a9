"""Who may call, hold and read a strategy discussion.

A registered manager holds it, or the out-of-hours team when the offices are closed (Working
Together to Safeguard Children 2023, chapter 3).
"""

from collections.abc import Iterator

from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, RECORD_READERS, Role
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.plans.models import MeetingState
from hearth.protection.household import is_child
from hearth.protection.models import StrategyDiscussion
from hearth.protection.process import SENDERS, STRATEGY
from hearth.workforce.rules import why_not_registered

HOLDS = (*MANAGERS, Role.OUT_OF_HOURS)
NOT_HELD = "This has not been held yet"


def not_registered(worker: User) -> Iterator[str]:
    """Why this worker may not do what only a registered social worker does."""
    if why := why_not_registered(worker, on=timezone.localdate()):
        yield why


@policy("Call a strategy discussion about a child", subject=Person, roles=HOLDS)
def start_strategy(worker: User, person: Person) -> Iterator[str]:
    """A registered manager, or the out-of-hours team, who hears of significant harm."""
    if person.is_merged:
        yield "This record was merged into another: use that one"
    elif not is_child(person, timezone.localdate()):
        yield "A strategy discussion is about a child"
    yield from not_registered(worker)


@policy("Call the strategy discussion a task asks for", subject=Task, roles=HOLDS)
def strategy_from_task(worker: User, task: Task) -> Iterator[str]:
    """A registered manager, or the out-of-hours team."""
    if task.step_key != STRATEGY.key:
        yield "This task does not ask for a strategy discussion"
    if task.cancelled_at:
        yield "This task is no longer waiting to be done"
    yield from not_registered(worker)


@policy("Read a strategy discussion", subject=StrategyDiscussion, roles=RECORD_READERS)
def strategy(_worker: User, _discussion: StrategyDiscussion) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()


@policy("Record what a strategy discussion decided", subject=StrategyDiscussion, roles=HOLDS)
def hold_strategy(worker: User, discussion: StrategyDiscussion) -> Iterator[str]:
    """A registered manager, or the out-of-hours team; once."""
    if discussion.decided_at is not None:
        yield "What this decided has been recorded"
    if discussion.meeting.state == MeetingState.CANCELLED:
        yield "This was called off"
    yield from not_registered(worker)


@policy("Call off a strategy discussion", subject=StrategyDiscussion, roles=HOLDS)
def call_off_strategy(worker: User, discussion: StrategyDiscussion) -> Iterator[str]:
    """Before it is held, with the reason."""
    if discussion.decided_at is not None:
        yield "This has been held, so it cannot be called off"
    if discussion.meeting.state == MeetingState.CANCELLED:
        yield "This was called off"
    yield from not_registered(worker)


def _not_held(discussion: StrategyDiscussion) -> Iterator[str]:
    if discussion.decided_at is None:
        yield NOT_HELD


@policy("Send the record of a strategy discussion", subject=StrategyDiscussion, roles=SENDERS)
def send_strategy(_worker: User, discussion: StrategyDiscussion) -> Iterator[str]:
    """Whoever works with the family, or business support for them."""
    yield from _not_held(discussion)


@policy("Take its record out on paper", subject=StrategyDiscussion, roles=SENDERS)
def strategy_copies(_worker: User, discussion: StrategyDiscussion) -> Iterator[str]:
    """Whoever sends it."""
    yield from _not_held(discussion)


@policy("Record that somebody received it", subject=StrategyDiscussion, roles=SENDERS)
def receive_strategy(_worker: User, discussion: StrategyDiscussion) -> Iterator[str]:
    """Whoever sends it."""
    yield from _not_held(discussion)


@policy("Keep its record from somebody", subject=StrategyDiscussion, roles=MANAGERS)
def keep_back_strategy(_worker: User, discussion: StrategyDiscussion) -> Iterator[str]:
    """A manager, with the reason."""
    yield from _not_held(discussion)


@policy("Ask an agency that missed the discussion", subject=StrategyDiscussion, roles=HOLDS)
def consulted_strategy(_worker: User, discussion: StrategyDiscussion) -> Iterator[str]:
    """Where the police or health did not take part."""
    yield from _not_held(discussion)
    if not discussion.missing_reason:
        yield "Everybody who had to take part did"


@policy("See a child's discussions and enquiries", subject=Person, roles=RECORD_READERS)
def child_protection(_worker: User, _person: Person) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()
