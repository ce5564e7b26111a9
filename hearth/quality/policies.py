"""Who sees what checks find, and who may set it aside."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, PRACTITIONERS, RECORD_READERS, STAFF, Role
from hearth.casework.models.allocations import works_with
from hearth.people.models import Person
from hearth.quality.models import Alert, ChartNote, Investigation, OwnComparator, Signal

SEERS = (
    *PRACTITIONERS,
    *MANAGERS,
    Role.CONFERENCE_CHAIR,
    Role.REVIEWING_OFFICER,
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.DIRECTOR,
)
FIGURES = (
    *MANAGERS,
    Role.CONFERENCE_CHAIR,
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.DIRECTOR,
    Role.AUDITOR,
    Role.ANALYST,
)
DECIDE = (Role.SERVICE_MANAGER, Role.PRINCIPAL_SOCIAL_WORKER, Role.DIRECTOR)
PUT_RIGHT = "This has been put right"
CLOSED = "This signal is closed"


@policy("Read what the checks look for", subject=None, roles=STAFF)
def checks(_worker: User, _nothing: None) -> Iterator[str]:
    """Everybody: a check that nobody can read is not trusted."""
    yield from ()


@policy("See what the checks have found", subject=None, roles=SEERS)
def alerts(_worker: User, _nothing: None) -> Iterator[str]:
    """A worker for their own children, a manager for their teams', those above for all."""
    yield from ()


@policy("See what the checks say of a child", subject=Person, roles=RECORD_READERS)
def child(_worker: User, child: Person) -> Iterator[str]:
    """Whoever may read the record."""
    if not child.is_child_record:
        yield "The checks look at children's records"


@policy("Have the checks look at a child now", subject=Person, roles=SEERS)
def look_again(_worker: User, child: Person) -> Iterator[str]:
    """Whoever is shown what they find."""
    if not child.is_child_record:
        yield "The checks look at children's records"


@policy("Say why an alert is not relevant", subject=Alert, roles=(*PRACTITIONERS, *MANAGERS))
def ask_to_set_aside(worker: User, alert: Alert) -> Iterator[str]:
    """A worker who has the child's case, or a manager; another manager then decides."""
    if alert.cleared_at is not None:
        yield PUT_RIGHT
    if not worker.has_role(*MANAGERS) and not works_with(worker, alert.child):
        yield "You do not have this child's case"


@policy("Decide whether an alert is set aside", subject=Alert, roles=MANAGERS)
def decide_to_set_aside(worker: User, alert: Alert) -> Iterator[str]:
    """A manager, never on their own reason."""
    asked = alert.set_aside.filter(decided_at=None).first()
    if alert.cleared_at is not None:
        yield PUT_RIGHT
    elif asked is None:
        yield "Nobody has asked for this to be set aside"
    elif asked.asked_by_id == worker.pk:
        yield "You asked for this, so someone else must decide"


@policy(
    "See the figures of enquiries, conferences and plans, and whom they are of",
    subject=None,
    roles=FIGURES,
)
def months(_worker: User, _nothing: None) -> Iterator[str]:
    """Those who answer for how well children are protected. An analyst is given no names.

    The database leaves out, and so counts nowhere, children kept from whoever reads them.
    """
    yield from ()


@policy("Read why the figures signal, and what came of it", subject=Signal, roles=FIGURES)
def signal(_worker: User, _signal: Signal) -> Iterator[str]:
    """Whoever sees the figures. A signal holds no numbers, and names no child."""
    yield from ()


@policy("Ask why the figures signal", subject=Signal, roles=(*DECIDE, Role.ANALYST))
def open_investigation(_worker: User, signal: Signal) -> Iterator[str]:
    """An analyst or a senior manager, once."""
    if signal.closed_at is not None:
        yield CLOSED
    elif Investigation.objects.filter(signal=signal).exists():
        yield "Somebody is asking why already"


@policy("Decide what comes of a signal of the figures", subject=Signal, roles=DECIDE)
def conclude_investigation(_worker: User, signal: Signal) -> Iterator[str]:
    """A senior manager: an analyst finds, and does not decide on practice."""
    if signal.closed_at is not None:
        yield CLOSED
    elif not Investigation.objects.filter(signal=signal).exists():
        yield "Nobody has asked why yet"


@policy("Note what changed in a month", subject=None, roles=(*DECIDE, Role.ANALYST))
def note_month(_worker: User, _nothing: None) -> Iterator[str]:
    """Those who know how things are recorded, and those who decide on practice."""
    yield from ()


@policy("Take back a note on a month", subject=ChartNote, roles=(*DECIDE, Role.ANALYST))
def withdraw_note(_worker: User, note: ChartNote) -> Iterator[str]:
    """As whoever notes it. It stays in the history."""
    if note.withdrawn_at is not None:
        yield "This note was taken back already"


@policy("Enter what the figures are compared with", subject=None, roles=(*DECIDE, Role.ANALYST))
def record_comparator(_worker: User, _nothing: None) -> Iterator[str]:
    """As whoever notes what changed in a month: those who know what the figures mean."""
    yield from ()


@policy(
    "Put right or withdraw what the figures are compared with",
    subject=OwnComparator,
    roles=(*DECIDE, Role.ANALYST),
)
def correct_comparator(_worker: User, comparator: OwnComparator) -> Iterator[str]:
    """As whoever enters it. What it said stays in the history."""
    if comparator.withdrawn_at is not None:
        yield "This was put right or withdrawn already"


@policy("Begin a chart's limits afresh", subject=None, roles=(Role.ANALYST,))
def begin_afresh(_worker: User, _nothing: None) -> Iterator[str]:
    """An analyst alone, with the reason: nobody whom the figures speak of moves what is usual."""
    yield from ()
