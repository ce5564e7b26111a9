"""Who sees what checks find, and who may set it aside."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, PRACTITIONERS, RECORD_READERS, STAFF, Role
from hearth.casework.models.allocations import works_with
from hearth.people.models import Person
from hearth.quality.models import Alert

SEERS = (
    *PRACTITIONERS,
    *MANAGERS,
    Role.CONFERENCE_CHAIR,
    Role.REVIEWING_OFFICER,
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.DIRECTOR,
)
PUT_RIGHT = "This has been put right"


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
