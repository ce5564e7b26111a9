"""Which children belong together: brothers and sisters, and those who live in one household."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import CharField, Q, Value

from hearth.casework.models import Episode
from hearth.lib.arrays import any_of
from hearth.lib.codes import code_set, inverse_relationship
from hearth.people import kin
from hearth.people.models import HouseholdMember, Person, Relationship

_CODES = [entry.code for entry in code_set("relationship")]
SIBLINGS = frozenset(code for code in _CODES if kin.is_sibling(code))
PARENTS = frozenset(code for code in _CODES if kin.is_parent(code))
CHILDREN = frozenset(code for code in _CODES if kin.is_parent(inverse_relationship(code, "U")))


def siblings_of(child: Person, *, on: date) -> list[Person]:
    """The other children on record who are this one's siblings, or share their home, on a day."""
    others = Person.objects.filter(_with(child, "pk", on)).exclude(pk=child.pk)
    standing = others.exclude(la_child_id=None).filter(merged_into=None)
    return list(standing.order_by("born_on", "pk"))


def open_episodes_with(episode: Episode, *, on: date) -> list[Episode]:
    """A child's episode and the open ones of their brothers and sisters, eldest first."""
    theirs = Episode.objects.open().filter(_with(episode.child, "child", on))
    others = theirs.exclude(child=episode.child_id).filter(child__merged_into=None)
    found = others.select_related("child").order_by("child__born_on", "child")
    return [episode, *found]


def _with(child: Person, column: str, on: date) -> Q:
    """Tied as a sibling, by a parent in common, or by a home in common, all in one query."""
    tied = Relationship.objects.on(on)
    own_parents = (
        tied.filter(other_person=child, code__in=PARENTS).values("person_id"),
        tied.filter(person=child, code__in=CHILDREN).values("other_person_id"),
    )
    ways = [
        HouseholdMember.objects.on(on).with_any_of([child]).values("person_id"),
        tied.filter(person=child, code__in=SIBLINGS).values("other_person_id"),
        tied.filter(other_person=child, code__in=SIBLINGS).values("person_id"),
    ]
    for parents in own_parents:
        ways += [
            tied.filter(person__in=parents, code__in=PARENTS).values("other_person_id"),
            tied.filter(other_person__in=parents, code__in=CHILDREN).values("person_id"),
        ]
    found = Q()
    for way in ways:
        found |= Q(**{f"{column}__in": way})
    return found


def families_of(children: Collection[int], *, on: date) -> dict[int, int]:
    """Each child's family on a day: a number the children of one family share. One query.

    Those tied as siblings, those with a parent in common, and those who share a home.
    """
    families = Families(children)
    met: dict[tuple[str, int], int] = {}  # who was first found in each home, and of each parent
    for one, other, code in _ties(children, on) if children else ():
        if code == HOME:
            families.join(one, met.setdefault((HOME, other), one))
        elif code in SIBLINGS:
            families.join(one, other)
        else:
            parent, child = (one, other) if code in PARENTS else (other, one)
            families.join(child, met.setdefault(("parent", parent), child))
    return {child: families.of(child) for child in children}


HOME = "home"


def _ties(children: Collection[int], on: date) -> Iterable[tuple[int, int, str]]:
    homes = (
        HouseholdMember.objects.on(on)
        .filter(any_of("person", children))
        .annotate(tie=Value(HOME, output_field=CharField()))
        .values_list("person_id", "household_id", "tie")
    )
    ours, theirs = any_of("person", children), any_of("other_person", children)
    tied = (
        Relationship.objects.on(on)
        .filter(
            (Q(code__in=SIBLINGS) & ours & theirs)
            | (Q(code__in=PARENTS) & theirs)
            | (Q(code__in=CHILDREN) & ours)
        )
        .values_list("person_id", "other_person_id", "code")
    )
    both: Iterable[tuple[int, int, str]] = homes.union(tied, all=True)
    return both


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
