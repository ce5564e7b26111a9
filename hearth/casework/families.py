"""Which children belong together: brothers and sisters, and those who live in one household."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from hearth.casework.models import Episode
from hearth.lib.codes import code_set, inverse_relationship
from hearth.people import kin
from hearth.people.family import family_of
from hearth.people.models import HouseholdMember, Person, Relationship

_CODES = [entry.code for entry in code_set("relationship")]
SIBLINGS = frozenset(code for code in _CODES if kin.is_sibling(code))
PARENTS = frozenset(code for code in _CODES if kin.is_parent(code))
CHILDREN = frozenset(code for code in _CODES if kin.is_parent(inverse_relationship(code, "U")))


def siblings_of(child: Person, *, on: date) -> list[Person]:
    """The other children on record who are this one's siblings, or share their home, on a day."""
    found = [
        member.person
        for member in family_of(child, today=on).members
        if (member.lives_with or member.is_sibling) and not member.is_over
    ]
    others = (p for p in found if p.is_child_record and p.merged_into_id is None)
    return sorted(others, key=lambda p: (p.born_on or date.max, p.pk))


def open_episodes_with(episode: Episode, *, on: date) -> list[Episode]:
    """A child's episode and the open ones of their brothers and sisters, eldest first."""
    siblings = siblings_of(episode.child, on=on)
    theirs = Episode.objects.open().filter(child__in=siblings).select_related("child")
    return [episode, *sorted(theirs, key=lambda e: (e.child.born_on or date.max, e.child_id))]


def families_of(children: Collection[int], *, on: date) -> dict[int, int]:
    """Each child's family on a day: a number the children of one family share. Two queries.

    Those tied as siblings, those with a parent in common, and those who share a home.
    """
    families = Families(children)
    met: dict[tuple[str, int], int] = {}  # who was first found in each home, and of each parent
    members = HouseholdMember.objects.on(on).filter(person__in=children)
    for person, household in members.values_list("person_id", "household_id"):
        families.join(person, met.setdefault(("home", household), person))
    tied = Relationship.objects.on(on).filter(
        Q(code__in=SIBLINGS, person__in=children, other_person__in=children)
        | Q(code__in=PARENTS, other_person__in=children)
        | Q(code__in=CHILDREN, person__in=children)
    )
    for one, other, code in tied.values_list("person_id", "other_person_id", "code"):
        if code in SIBLINGS:
            families.join(one, other)
        else:
            parent, child = (one, other) if code in PARENTS else (other, one)
            families.join(child, met.setdefault(("parent", parent), child))
    return {child: families.of(child) for child in children}


class Families:
    """Children gathered into families as ties between two of them become known."""

    def __init__(self, children: Iterable[int]) -> None:
        self.head = {child: child for child in children}

    def of(self, child: int) -> int:
        """The child whose number the family goes by."""
        while self.head[child] != child:
            self.head[child] = self.head[self.head[child]]
            child = self.head[child]
        return child

    def join(self, one: int, other: int) -> None:
        """Say that two children are of one family."""
        low, high = sorted((self.of(one), self.of(other)))
        self.head[high] = low
