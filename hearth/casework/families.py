"""Which children belong together: brothers and sisters, and those who live in one household."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from hearth.casework.models import Episode
from hearth.people.models import HouseholdMember, Person, Relationship

SIBLINGS = frozenset(
    {
        "brother",
        "sister",
        "sibling",
        "half_brother",
        "half_sister",
        "half_sibling",
        "stepbrother",
        "stepsister",
        "step_sibling",
        "adoptive_brother",
        "adoptive_sister",
        "adoptive_sibling",
        "twin",
    }
)


def siblings_of(child: Person, *, on: date) -> list[Person]:
    """The other children on record who are this one's siblings, or share their home, on a day."""
    homes = HouseholdMember.objects.on(on).filter(person=child).values("household_id")
    together = HouseholdMember.objects.on(on).filter(household__in=homes).values("person_id")
    tied = Relationship.objects.on(on).filter(code__in=SIBLINGS)
    found = Person.objects.filter(
        Q(pk__in=together)
        | Q(pk__in=tied.filter(person=child).values("other_person_id"))
        | Q(pk__in=tied.filter(other_person=child).values("person_id"))
    )
    others = found.exclude(pk=child.pk).exclude(la_child_id=None).filter(merged_into=None)
    return list(others.order_by("born_on", "pk"))


def open_episodes_with(episode: Episode, *, on: date) -> list[Episode]:
    """A child's episode and the open ones of their brothers and sisters, eldest first."""
    siblings = siblings_of(episode.child, on=on)
    theirs = Episode.objects.open().filter(child__in=siblings).select_related("child")
    return [episode, *sorted(theirs, key=lambda e: (e.child.born_on or date.max, e.child_id))]


def families_of(children: Collection[int], *, on: date) -> dict[int, int]:
    """Each child's family on a day: a number the children of one family share. Two queries."""
    homes: dict[int, int] = {}
    families = Families(children)
    members = HouseholdMember.objects.on(on).filter(person__in=children)
    for person, household in members.values_list("person_id", "household_id"):
        families.join(person, homes.setdefault(household, person))
    tied = Relationship.objects.on(on).filter(
        code__in=SIBLINGS, person__in=children, other_person__in=children
    )
    for one, other in tied.values_list("person_id", "other_person_id"):
        families.join(one, other)
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
