"""Recording a contact: finding the children first, then saying which are meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.front_door.actions.matching import as_new_person, siblings_missing
from hearth.front_door.models import Contact, ReportedChild
from hearth.people import matching
from hearth.people.family import family_of
from hearth.people.matching import Hit
from hearth.people.models import Person

MOST_CHOSEN = 12


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed to find a child, and who may be meant."""

    asked: str
    read_as: Sequence[str]
    hits: Sequence[Hit]
    more: bool


def look_for(asked: str, worker: User, *, today: date) -> Sought:
    """Who may be meant by what was typed, adults too: a worker may know only the mother."""
    if not asked:
        return Sought("", (), (), more=False)
    found = matching.search(asked, worker, today=today)
    return Sought(asked, found.asked.read_as, found.hits, more=found.more)


def chosen_people(worker: User, ids: Iterable[str]) -> list[Person]:
    """The people ticked on the search page, those the worker may know of."""
    numbers = [int(pk) for pk in ids if pk.isascii() and pk.isdigit() and len(pk) < MOST_CHOSEN]
    return list(Person.objects.visible_to(worker).filter(pk__in=numbers[:MOST_CHOSEN]))


def children_round(chosen: Sequence[Person], *, today: date) -> list[Person]:
    """The children chosen, and every other child of their families, the chosen first."""
    found = {person.pk: person for person in chosen if person.is_child_record}
    read: set[int] = set()
    for person in chosen:
        if person.pk not in read:
            children = family_of(person, today=today).children
            read.update(child.pk for child in children)
            found |= {c.pk: c for c in children if c.pk not in found and c.merged_into_id is None}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Described:
    """A child as told, and the records it may be."""

    reported: ReportedChild
    hits: Sequence[Hit]
    sought: Sought

    @property
    def shown(self) -> str:
        """The ids of the records shown, to be turned down together."""
        return ",".join(str(hit.person.pk) for hit in (*self.hits, *self.sought.hits))


def described(
    contact: Contact, worker: User, *, asked: dict[str, str], today: date
) -> list[Described]:
    """Each child on a contact not yet matched, with the records they may be."""
    return [
        Described(
            reported,
            matching.likely_matches(as_new_person(reported).details()),
            look_for(asked.get(str(reported.pk), ""), worker, today=today),
        )
        for reported in contact.reported.filter(child=None)
    ]


def not_yet_siblings(contact: Contact) -> list[Person]:
    """The children on a contact, when some are not recorded as each other's siblings."""
    children = [part.child for part in contact.children.select_related("child").order_by("pk")]
    return children if siblings_missing(children) else []
