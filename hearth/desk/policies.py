"""Who may sit at a desk, search, and open a record."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, RECORD_READERS, STAFF, Role
from hearth.people.models import Person
from hearth.workforce.models import Team


@policy("See one's own desk", subject=None, roles=STAFF)
def home(_worker: User, _subject: None) -> Iterator[str]:
    """Everybody who works here has a desk."""
    yield from ()


@policy("See one's own work list", subject=None, roles=STAFF)
def work(_worker: User, _subject: None) -> Iterator[str]:
    """Everybody who works here may have work waiting."""
    yield from ()


@policy(
    "See a team's work list",
    subject=Team,
    roles=[*MANAGERS, Role.DIRECTOR, Role.SCREENING_OFFICER, Role.SENIOR_SOCIAL_WORKER],
)
def team_work(_worker: User, _team: Team) -> Iterator[str]:
    """Managers see what their teams carry; what is restricted stays out of sight."""
    yield from ()


@policy("Search", subject=None, roles=RECORD_READERS)
def search(_worker: User, _subject: None) -> Iterator[str]:
    """Those whose work needs a child's record may look for one."""
    yield from ()


@policy("View a child's record", subject=Person, roles=RECORD_READERS)
def child(_worker: User, _child: Person) -> Iterator[str]:
    """Those whose work needs it may; restricted records are already out of sight."""
    yield from ()


@policy("View a family's page", subject=Person, roles=RECORD_READERS)
def family(_worker: User, _child: Person) -> Iterator[str]:
    """As for a child's record: the page leaves out anyone the worker may not know of."""
    yield from ()


@policy("See how a child's need and risk were judged", subject=Person, roles=RECORD_READERS)
def judgements(_worker: User, _child: Person) -> Iterator[str]:
    """As for a child's record."""
    yield from ()
