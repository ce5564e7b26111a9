"""Who may put people on record, change what is recorded of them, and merge two records."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, RECORD_READERS, RECORD_WRITERS, Role
from hearth.people import policies_restriction  # noqa: F401 - declared there
from hearth.people.models import Household, Merge, Organisation, Person, Professional

CLERKS = (*RECORD_WRITERS, Role.BUSINESS_SUPPORT)


def _given_way(person: Person) -> Iterator[str]:
    if person.is_merged:
        yield "This record was merged into another: use that one"


@policy("Look at who somebody is", subject=Person, roles=RECORD_READERS)
def person(_worker: User, _person: Person) -> Iterator[str]:
    """Anybody whose work needs a child's record. The database leaves out restricted people."""
    yield from ()


@policy("Look at all that was ever said of a fact", subject=Person, roles=RECORD_READERS)
def history(_worker: User, _person: Person) -> Iterator[str]:
    """Whoever may see a fact may see what it was before, and who said so."""
    yield from ()


@policy("Draw a family tree", subject=Person, roles=RECORD_READERS)
def genogram(_worker: User, _person: Person) -> Iterator[str]:
    """Drawn from relationships the worker may know of."""
    yield from ()


@policy("Put a person on record", subject=None, roles=CLERKS)
def create_person(_worker: User, _subject: None) -> Iterator[str]:
    """Whoever takes a contact or works with a family."""
    yield from ()


@policy("Give somebody a child's record", subject=Person, roles=CLERKS)
def give_child_record(_worker: User, person: Person) -> Iterator[str]:
    """A young parent, or a child so far known only as somebody's sibling."""
    if person.is_child_record:
        yield f"{person} has a child's record already"
    yield from _given_way(person)


@policy("Record a fact about a person", subject=Person, roles=CLERKS)
def record_fact(_worker: User, person: Person) -> Iterator[str]:
    """Names, births, addresses, hazards and the rest."""
    yield from _given_way(person)


@policy("Correct a fact about a person", subject=Person, roles=CLERKS)
def correct_fact(_worker: User, person: Person) -> Iterator[str]:
    """Data protection: what is inaccurate is put right without delay (UK GDPR, article 5(1)(d))."""
    yield from _given_way(person)


@policy("End a fact about a person", subject=Person, roles=CLERKS)
def end_fact(_worker: User, person: Person) -> Iterator[str]:
    """What is no longer so is kept with the day it ended."""
    yield from _given_way(person)


@policy("Withdraw a fact about a person", subject=Person, roles=CLERKS)
def withdraw_fact(_worker: User, person: Person) -> Iterator[str]:
    """What was never so is withdrawn with a reason, and still there to be seen."""
    yield from _given_way(person)


@policy("Record a birth", subject=Person, roles=CLERKS)
def record_birth(_worker: User, person: Person) -> Iterator[str]:
    """Of a child who was expected."""
    yield from _expected(person)


@policy("Record the end of a pregnancy", subject=Person, roles=CLERKS)
def end_pregnancy(_worker: User, person: Person) -> Iterator[str]:
    """Without a birth."""
    yield from _expected(person)


def _expected(person: Person) -> Iterator[str]:
    if not person.is_unborn:
        yield f"{person} was not expected: a date of birth is recorded"
    elif person.pregnancy_ended_on is not None:
        yield "The end of the pregnancy is recorded already"
    yield from _given_way(person)


@policy("Record a death", subject=Person, roles=CLERKS)
def record_death(_worker: User, person: Person) -> Iterator[str]:
    """Once."""
    if person.is_unborn:
        yield "They are not yet born"
    if person.died_on is not None:
        yield "The death is recorded already"
    yield from _given_way(person)


@policy("Record a relationship", subject=Person, roles=CLERKS)
def record_relationship(_worker: User, person: Person) -> Iterator[str]:
    """Who is what to whom, and who has parental responsibility."""
    yield from _given_way(person)


@policy("Record a professional around a person", subject=Person, roles=CLERKS)
def record_network(_worker: User, person: Person) -> Iterator[str]:
    """Their school, surgery, and the people there who know them."""
    yield from _given_way(person)


@policy("Record who lives together", subject=Person, roles=CLERKS)
def create_household(_worker: User, person: Person) -> Iterator[str]:
    """A household is begun from one of its members."""
    yield from _given_way(person)


@policy("Look at a household", subject=Household, roles=RECORD_READERS)
def household(_worker: User, _household: Household) -> Iterator[str]:
    """Those of its members whom the worker may know of."""
    yield from ()


@policy("Add somebody to a household", subject=Household, roles=CLERKS)
def join_household(_worker: User, _household: Household) -> Iterator[str]:
    """They may live in another besides."""
    yield from ()


@policy("Record that a household moved", subject=Household, roles=CLERKS)
def move_household(_worker: User, _household: Household) -> Iterator[str]:
    """Everybody at once, but for those who stay."""
    yield from ()


@policy("Look for professionals and organisations", subject=None, roles=RECORD_READERS)
def professionals(_worker: User, _subject: None) -> Iterator[str]:
    """The list that networks and contacts choose from."""
    yield from ()


@policy("Put an organisation on the list", subject=None, roles=CLERKS)
def create_organisation(_worker: User, _subject: None) -> Iterator[str]:
    """Schools, surgeries, police teams and other bodies."""
    yield from ()


@policy("Put a professional on the list", subject=None, roles=CLERKS)
def create_professional(_worker: User, _subject: None) -> Iterator[str]:
    """Somebody who works with children elsewhere."""
    yield from ()


@policy("Change an organisation", subject=Organisation, roles=CLERKS)
def change_organisation(_worker: User, _organisation: Organisation) -> Iterator[str]:
    """Its name, address, telephone and email."""
    yield from ()


@policy("Record that an organisation closed", subject=Organisation, roles=CLERKS)
def close_organisation(_worker: User, organisation: Organisation) -> Iterator[str]:
    """Once."""
    if organisation.closed_on is not None:
        yield "It closed already"


@policy("Change a professional", subject=Professional, roles=CLERKS)
def change_professional(_worker: User, _professional: Professional) -> Iterator[str]:
    """Their name, job, organisation, telephone and email."""
    yield from ()


@policy("Record that a professional left", subject=Professional, roles=CLERKS)
def close_professional(_worker: User, professional: Professional) -> Iterator[str]:
    """Once."""
    if professional.left_on is not None:
        yield "They left already"


@policy("See the hazards to be looked at again", subject=None, roles=RECORD_READERS)
def hazards(_worker: User, _subject: None) -> Iterator[str]:
    """So that no warning outlives its reason, and none is forgotten."""
    yield from ()


@policy("See the merges waiting for a manager", subject=None, roles=MANAGERS)
def merges(_worker: User, _subject: None) -> Iterator[str]:
    """Those who decide them. Whoever proposed one finds it from the record."""
    yield from ()


@policy("Propose that two records are of one person", subject=Person, roles=CLERKS)
def propose_merge(_worker: User, person: Person) -> Iterator[str]:
    """Nothing moves until somebody else agrees."""
    yield from _given_way(person)


@policy("Look at a merge", subject=Merge, roles=CLERKS)
def merge(_worker: User, _merge: Merge) -> Iterator[str]:
    """Both records side by side."""
    yield from ()


@policy("Agree a merge", subject=Merge, roles=MANAGERS)
def agree_merge(worker: User, merge: Merge) -> Iterator[str]:
    """Two people decide that two records are of one child."""
    if merge.proposed_by_id == worker.pk:
        yield "You proposed it, so somebody else must agree it"
    if not merge.is_waiting:
        yield f"It is no longer waiting: {merge.state.lower()}"


@policy("Refuse a merge", subject=Merge, roles=MANAGERS)
def refuse_merge(_worker: User, merge: Merge) -> Iterator[str]:
    """With a reason, so that it is not proposed again unknowingly."""
    if not merge.is_waiting:
        yield f"It is no longer waiting: {merge.state.lower()}"


@policy("Undo a merge", subject=Merge, roles=MANAGERS)
def undo_merge(_worker: User, merge: Merge) -> Iterator[str]:
    """Whenever it is found that the records were of two people."""
    if not merge.is_standing:
        yield f"It cannot be undone: {merge.state.lower()}"
