"""Who may restrict a record, ask to be let through, and look over those who were."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import (
    FRONT_DOOR,
    INDEPENDENT,
    MANAGERS,
    PRACTITIONERS,
    RECORD_READERS,
    Role,
)
from hearth.people.models import DeclaredConnection, Person, Restriction, RestrictionAccess

RESTRICTERS = (*MANAGERS, Role.DIRECTOR, Role.CALDICOTT)
REVIEWERS = (Role.CALDICOTT, Role.SERVICE_MANAGER)


@policy("See why a record is restricted and who is named", subject=Person, roles=RECORD_READERS)
def see_restriction(_worker: User, _person: Person) -> Iterator[str]:
    """Whoever may know of the record may know who else may."""
    yield from ()


@policy("Restrict a record", subject=Person, roles=RESTRICTERS)
def restrict_people(_worker: User, _person: Person) -> Iterator[str]:
    """Managers, and the Caldicott guardian."""
    yield from ()


@policy("Name a worker on a restricted record", subject=Person, roles=RESTRICTERS)
def name_worker(_worker: User, _person: Person) -> Iterator[str]:
    """Managers who are themselves named: the database shows the record to no others."""
    yield from ()


@policy(
    "Name a worker on a restricted record one cannot open",
    subject=Restriction,
    roles=[Role.CALDICOTT],
)
def name_worker_unseen(_worker: User, restriction: Restriction) -> Iterator[str]:
    """So that a record is not lost when everybody named on it has left."""
    if restriction.lifted_at is not None:
        yield "This restriction has been lifted"


@policy(
    "Take a worker's name off a restricted record", subject=RestrictionAccess, roles=RESTRICTERS
)
def remove_worker(_worker: User, access: RestrictionAccess) -> Iterator[str]:
    """Managers who are themselves named."""
    if not Person.objects.filter(pk=access.person_id).exists():
        yield "You are not named on this record yourself"
    elif access.ended_at is not None:
        yield "This worker is no longer named"


@policy("Lift a restriction", subject=Restriction, roles=RESTRICTERS)
def lift_restriction(_worker: User, restriction: Restriction) -> Iterator[str]:
    """Managers who are themselves named, and the Caldicott guardian."""
    if restriction.lifted_at is not None:
        yield "This restriction has been lifted"


@policy("See every restriction in force", subject=None, roles=[Role.CALDICOTT])
def restrictions(_worker: User, _subject: None) -> Iterator[str]:
    """The Caldicott guardian sees that there are some, and that each has somebody named."""
    yield from ()


@policy(
    "Ask to open a record one cannot see, for a child's safety",
    subject=None,
    roles=[*FRONT_DOOR, *PRACTITIONERS, *MANAGERS, *INDEPENDENT],
)
def break_glass(_worker: User, _subject: None) -> Iterator[str]:
    """Those who may have to act for a child at once."""
    yield from ()


@policy("See who opened restricted records", subject=None, roles=REVIEWERS)
def openings(_worker: User, _subject: None) -> Iterator[str]:
    """The Caldicott guardian and service managers."""
    yield from ()


@policy("Review the opening of a restricted record", subject=RestrictionAccess, roles=REVIEWERS)
def review_opening(worker: User, access: RestrictionAccess) -> Iterator[str]:
    """Somebody other than whoever opened it."""
    if access.worker_id == worker.pk:
        yield "You opened this record, so someone else must review it"
    if access.reviewed_at is not None:
        yield "This has been reviewed"


@policy("Declare one's own connection to somebody on record", subject=Person, roles=RECORD_READERS)
def declare_connection(_worker: User, _person: Person) -> Iterator[str]:
    """Everybody who opens records must say so of their own."""
    yield from ()


@policy(
    "See declared connections",
    subject=None,
    roles=[*RECORD_READERS],
)
def connections(_worker: User, _subject: None) -> Iterator[str]:
    """One's own; for managers and the Caldicott guardian, everybody's."""
    yield from ()


@policy(
    "End a worker's declared connection",
    subject=DeclaredConnection,
    roles=[*MANAGERS, Role.CALDICOTT],
)
def end_connection(worker: User, connection: DeclaredConnection) -> Iterator[str]:
    """A manager, never the worker themselves."""
    if connection.worker_id == worker.pk:
        yield "You declared this connection, so a manager must end it"
    if connection.ended_at is not None:
        yield "This connection has been ended"


OVERSEERS = (*MANAGERS, Role.DIRECTOR, Role.CALDICOTT)


@policy("See who has looked at a record", subject=Person, roles=OVERSEERS)
def looks(_worker: User, _person: Person) -> Iterator[str]:
    """Managers, of records they may know of; and the Caldicott guardian."""
    yield from ()


@policy("See what a worker has looked at", subject=User, roles=[Role.CALDICOTT])
def looks_by(_worker: User, _other: User) -> Iterator[str]:
    """The Caldicott guardian. Records they may not open are shown by number."""
    yield from ()


@policy("See every look that was refused", subject=None, roles=[Role.CALDICOTT])
def refused_looks(_worker: User, _subject: None) -> Iterator[str]:
    """The Caldicott guardian. Records they may not open are shown by number."""
    yield from ()
