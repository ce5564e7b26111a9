"""Who may search for people, put them on record, and change what is recorded of them."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import RECORD_READERS, RECORD_WRITERS, Role
from hearth.people import policies_restriction  # noqa: F401 - declared there
from hearth.people.models import Person

CLERKS = (*RECORD_WRITERS, Role.BUSINESS_SUPPORT)


@policy("Look at what is recorded of a person", subject=Person, roles=RECORD_READERS)
def view_person(user: User, person: Person) -> Iterator[str]:  # noqa: ARG001
    """Anybody whose work needs a child's record. The database leaves out restricted people."""
    yield from ()


@policy("Put a person on record", subject=None, roles=CLERKS)
def create_person(user: User, _subject: None) -> Iterator[str]:  # noqa: ARG001
    """Whoever takes a contact or works with a family."""
    yield from ()


@policy("Record a fact about a person", subject=Person, roles=CLERKS)
def record_fact(user: User, person: Person) -> Iterator[str]:  # noqa: ARG001
    """Names, births, addresses, relationships and the rest: recorded, ended and corrected."""
    yield from ()
