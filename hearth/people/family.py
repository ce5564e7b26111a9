"""Everyone in a child's family, from the relationships and households on record: a few queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from hearth.lib.codes import code_set, inverse_relationship, words
from hearth.people import kin
from hearth.people.models import Address, AddressKind, HouseholdMember, Person, Relationship


@dataclass(frozen=True, slots=True)
class Tie:
    """One relationship, read from one side: what `person` is to `other`."""

    person: Person
    other: Person
    code: str
    row: Relationship
    parental_responsibility: bool | None

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.row.ended_on is not None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a family: what they are to the child, and where they stand in it."""

    person: Person
    words: str
    steps: int
    code: str = ""
    is_over: bool = False
    parental_responsibility: bool | None = None
    lives_with: bool = False
    row: Relationship | None = None

    @property
    def may_be_responsible(self) -> bool:
        """Whether it is to be asked of them that they have parental responsibility."""
        return self.parental_responsibility is not None or kin.may_be_responsible(self.code)

    @property
    def is_sibling(self) -> bool:
        """Whether they are a brother or sister of any kind."""
        return bool(self.code) and kin.is_sibling(self.code)


@dataclass(frozen=True, slots=True)
class Home:
    """A household, with those of its members whom the worker may know of."""

    household_id: int
    people: tuple[Person, ...]

    @property
    def name(self) -> str:
        """What the household is called: after the family names in it."""
        return household_name(self.people)


@dataclass(frozen=True)
class Family:
    """A child and everyone found round them. `members` holds the nearest first, not the child."""

    child: Person
    members: Sequence[Member]
    homes: Sequence[Home]
    relationships: Sequence[Relationship]
    today: date

    @property
    def people(self) -> list[Person]:
        """The child, then everyone else."""
        return [self.child, *(member.person for member in self.members)]

    @property
    def household(self) -> list[Member]:
        """Those who live with the child now."""
        return [member for member in self.members if member.lives_with]

    @property
    def elsewhere(self) -> list[Member]:
        """Those who do not."""
        return [member for member in self.members if not member.lives_with]

    @property
    def siblings(self) -> list[Member]:
        """Brothers and sisters, recorded as such or found through a parent."""
        return [member for member in self.members if member.is_sibling]

    @property
    def responsible(self) -> list[Member]:
        """Those with parental responsibility for the child (Children Act 1989, section 3)."""
        return [m for m in self.members if m.parental_responsibility and not m.is_over]

    @cached_property
    def addresses(self) -> dict[int, Address]:
        """Where each of them lives now, asked for only where it is shown: one query more."""
        return _addresses([person.pk for person in self.people], self.today)

    @cached_property
    def children(self) -> list[Person]:
        """Everyone in the family with a child's record, this child first."""
        others = [m.person for m in self.members if m.person.is_child_record]
        return [self.child, *others] if self.child.is_child_record else others


def family_of(person: Person, *, today: date) -> Family:
    """Somebody's family as a worker may know it: relatives to two steps, and whole households.

    Those the worker may not know of are left out by the database, with all that ties them. Three
    queries, however large the family.
    """
    rows = list(Relationship.objects.raw(_RELATIONSHIPS, {"child": person.pk, "today": today}))
    around = {person.pk, *_ends(row for row in rows if _of(person.pk, row))}
    lodgings = _lodgings(around, today)
    at_home = _at_home(person.pk, lodgings)
    ids = {person.pk, *_ends(rows), *(pk for _, pk in lodgings)}
    people = Person.objects.filter(Q(merged_into=None) | Q(pk=person.pk)).in_bulk(ids)
    ties = _ties(rows, people)
    finder = _Finder(people[person.pk], ties, at_home, _homes(lodgings, people))
    return Family(
        child=people[person.pk],
        members=finder.members(people.values()),
        homes=finder.homes,
        relationships=[tie.row for tie in ties[:: len(WAYS)]],
        today=today,
    )


def household_name(people: Iterable[Person]) -> str:
    """What a household is called: after the family names of those in it, the commonest first."""
    counted = Counter(person.family_name for person in people if person.family_name)
    names = [name for name, _ in counted.most_common(NAMES_SAID)]
    return f"{' and '.join(names) or 'Unnamed'} household"


NAMES_SAID = 2
WAYS = (True, False)


# The ties of the child, then of those tied to the child or living with them, then of any two people
# found so far, and the parents of those who share a parent with the child. One query for four.
# Each is looked up by its own index: made once beforehand (MATERIALIZED, as PostgreSQL does with
# what is named twice), or joined by IN, every tie in the authority would be read.
_RELATIONSHIPS = """
WITH standing AS NOT MATERIALIZED (
    SELECT * FROM people_relationship WHERE withdrawn_at IS NULL
), home AS NOT MATERIALIZED (
    SELECT household_id, person_id FROM people_householdmember
    WHERE withdrawn_at IS NULL AND (started_on IS NULL OR started_on <= %(today)s)
      AND (ended_on IS NULL OR ended_on > %(today)s)
), near AS (
    SELECT %(child)s::bigint AS id
    UNION SELECT person_id FROM standing WHERE other_person_id = %(child)s
    UNION SELECT other_person_id FROM standing WHERE person_id = %(child)s
    UNION SELECT other.person_id FROM home own JOIN home other USING (household_id)
        WHERE own.person_id = %(child)s
), further AS (
    SELECT id FROM near
    UNION SELECT person_id FROM standing WHERE other_person_id = ANY (ARRAY(SELECT id FROM near))
    UNION SELECT other_person_id FROM standing WHERE person_id = ANY (ARRAY(SELECT id FROM near))
)
SELECT standing.* FROM standing
WHERE person_id = ANY (ARRAY(SELECT id FROM further))
  AND other_person_id IN (SELECT id FROM further)
UNION
SELECT standing.* FROM standing
WHERE code IN (PARENTS) AND other_person_id = ANY (ARRAY(
    SELECT theirs.other_person_id FROM standing theirs
    JOIN standing ours ON ours.person_id = theirs.person_id
    WHERE ours.other_person_id = %(child)s
      AND ours.code IN (PARENTS) AND theirs.code IN (PARENTS)
))
ORDER BY id
""".replace(
    "PARENTS",
    ", ".join(f"'{code.code}'" for code in code_set("relationship") if kin.is_parent(code.code)),
)


def _of(child: int, row: Relationship) -> bool:
    return child in (row.person_id, row.other_person_id)


def _ends(rows: Iterable[Relationship]) -> Iterator[int]:
    for row in rows:
        yield from (row.person_id, row.other_person_id)


def _lodgings(people: set[int], today: date) -> list[tuple[int, int]]:
    """Each household that any of these is in, with each of those who live there."""
    return list(
        HouseholdMember.objects.on(today)
        .with_any_of(people)
        .order_by("household", "person")
        .values_list("household_id", "person_id")
    )


def _at_home(child: int, lodgings: Iterable[tuple[int, int]]) -> set[int]:
    lodgings = list(lodgings)
    own = {household for household, person in lodgings if person == child}
    return {person for household, person in lodgings if household in own}


def _homes(lodgings: Iterable[tuple[int, int]], people: Mapping[int, Person]) -> list[Home]:
    by_household: defaultdict[int, list[Person]] = defaultdict(list)
    for household, person in lodgings:
        if person in people:
            by_household[household].append(people[person])
    return [Home(pk, tuple(members)) for pk, members in by_household.items()]


def _ties(rows: Iterable[Relationship], people: Mapping[int, Person]) -> list[Tie]:
    """Every relationship read from both its sides, as it was said and then turned."""
    ties = []
    for row in rows:
        if row.person_id in people and row.other_person_id in people:
            person, other = people[row.person_id], people[row.other_person_id]
            ties.append(Tie(person, other, row.code, row, row.parental_responsibility))
            ties.append(Tie(other, person, inverse_relationship(row.code, other.sex), row, None))
    return ties


def _addresses(people: Iterable[int], today: date) -> dict[int, Address]:
    """Where each of them lives now: somewhere temporary before home."""
    now = Address.objects.on(today).filter(person__in=list(people)).exclude(kind=AddressKind.OTHER)
    return {address.person_id: address for address in now.order_by("kind")}


class _Finder:
    """Works out what each person found is to the child."""

    def __init__(
        self, child: Person, ties: Sequence[Tie], at_home: set[int], homes: Sequence[Home]
    ) -> None:
        self.child, self.at_home, self.homes = child, at_home, homes
        self.to: defaultdict[int, list[Tie]] = defaultdict(list)
        self.parents: defaultdict[int, dict[int, Person]] = defaultdict(dict)
        for tie in ties:
            self.to[tie.other.pk].append(tie)
            if kin.is_parent(tie.code):
                self.parents[tie.other.pk][tie.person.pk] = tie.person
        self.direct: defaultdict[int, list[Tie]] = defaultdict(list)
        for tie in sorted(self.to[child.pk], key=lambda tie: tie.is_over):
            self.direct[tie.person.pk].append(tie)
        self.near = {pk: (ties[0].code, ties[0].is_over) for pk, ties in self.direct.items()}

    def members(self, people: Iterable[Person]) -> list[Member]:
        """Everyone but the child, the nearest first."""
        others = [person for person in people if person.pk != self.child.pk]
        for person in others:
            sibling = None if person.pk in self.near else self.sibling(person)
            if sibling is not None:
                self.near[person.pk] = (sibling.code, False)
        found = [self.member(person) for person in others]
        return sorted(filter(None, found), key=_order)

    def member(self, person: Person) -> Member | None:
        """What somebody is to the child, by the shortest way."""
        return (
            self.tied(person) or self.sibling(person) or self.two_steps(person) or self.home(person)
        )

    def tied(self, person: Person) -> Member | None:
        """Somebody whose relationship to the child is on record."""
        ties = self.direct[person.pk]
        if not ties:
            return None
        said = dict.fromkeys(words("relationship", tie.code) for tie in ties)
        return self._member(
            person,
            " and ".join(said),
            code=ties[0].code,
            is_over=all(tie.is_over for tie in ties),
            responsible=_responsible(ties),
            row=ties[0].row,
        )

    def sibling(self, person: Person) -> Member | None:
        """Somebody with a parent of the child's: a brother or sister, whole or half."""
        ours, theirs = self.parents[self.child.pk], self.parents[person.pk]
        shared = [ours[pk] for pk in ours.keys() & theirs.keys()]
        if not shared:
            return None
        whole, half = (words("relationship", _SIBLING[is_whole][person.sex]) for is_whole in WAYS)
        unsure = len(shared) == 1 and min(len(ours), len(theirs)) == 1
        said = half if len(shared) == 1 else whole
        if unsure:
            said = f"{whole} or {half.lower()}"
        through = " and ".join(sorted(parent.name for parent in shared))
        code = _SIBLING[len(shared) > 1][person.sex]
        return self._member(person, f"{said}, through {through}", code=code, steps=2)

    def two_steps(self, person: Person) -> Member | None:
        """A relative of a relative."""
        for near, (code, is_over) in self.near.items():
            for tie in self.to[near]:
                if tie.person.pk == person.pk and _both_kin(tie.code, code):
                    said = kin.by_two_steps(tie.code, code, person.sex)
                    return self._member(person, said, steps=2, is_over=tie.is_over or is_over)
        return None

    def home(self, person: Person) -> Member | None:
        """Somebody who shares a household with the child or with a relative."""
        for home in self.homes:
            if person in home.people:
                if person.pk in self.at_home:
                    return self._member(person, "Lives in the household")
                others = [p for p in home.people if self.direct.get(p.pk)]
                if others:
                    return self._member(person, f"Lives with {others[0].name}", steps=2)
        return None

    def _member(
        self,
        person: Person,
        said: str,
        *,
        code: str = "",
        steps: int = 1,
        is_over: bool = False,
        responsible: bool | None = None,
        row: Relationship | None = None,
    ) -> Member:
        return Member(
            person,
            said,
            steps,
            code,
            is_over,
            responsible,
            person.pk in self.at_home,
            row,
        )


_SIBLING = {
    True: {"M": "brother", "F": "sister", "U": "sibling"},
    False: {"M": "half_brother", "F": "half_sister", "U": "half_sibling"},
}


def _responsible(ties: Iterable[Tie]) -> bool | None:
    """Whether any of these gives parental responsibility now; None when none of them says."""
    said = [tie.parental_responsibility for tie in ties if not tie.is_over]
    known = [answer for answer in said if answer is not None]
    return any(known) if known else None


def _both_kin(*codes: str) -> bool:
    return None not in [kin.generations_up(code) for code in codes]


def _order(member: Member) -> tuple[object, ...]:
    """Parents, then brothers and sisters, then the rest; those nearer, and older, first."""
    up = kin.generations_up(member.code) if member.code else None
    is_parent = up == 1 and member.steps == 1 and kin.may_be_responsible(member.code)
    rank = 0 if is_parent else 1 if member.is_sibling else 2
    born = member.person.born_on or date.max
    return member.steps > 1 and rank > 1, member.is_over, rank, born, member.person.pk
