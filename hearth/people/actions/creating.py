"""New records: one person, or a quarter of a million, by the same road."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.errors import CannotDo
from hearth.lib.identifiers import new_la_child_id
from hearth.lib.names import PersonDetails, PersonName
from hearth.people import matching
from hearth.people.actions.drawing import refresh
from hearth.people.actions.facts import NO_DISABILITY, lock
from hearth.people.checks import prepare
from hearth.people.models import (
    Address,
    Birth,
    BirthKind,
    Characteristic,
    CharacteristicKind,
    ContactPoint,
    DatedFact,
    Disability,
    Identifier,
    Language,
    Name,
    NameKind,
    Person,
)
from hearth.people.rules import (
    NoRoom,
    earliest_day,
    make_room,
    why_not_born,
    why_not_days,
)
from hearth.people.summary import Known, summary

AT_ONCE = 1000
_COMPARED: tuple[type[Any], ...] = (Address, ContactPoint, Identifier)


@dataclass(kw_only=True)
class NewPerson:
    """Somebody to be put on record, with as much as is known of them.

    `facts` are unsaved and name no person: `Address(lines=..., postcode=...)`. For a child not yet
    born, `birth_kind` is "expected" and `born_on` the day the birth is expected.
    """

    given_names: str = ""
    family_name: str = ""
    known_as: str = ""
    birth_kind: str = BirthKind.UNKNOWN
    born_on: date | None = None
    sex: str = "U"
    ethnicity: str = ""
    is_child: bool = False
    # A child's number brought from another system, kept so that every return goes on using it.
    la_child_id: str = ""
    facts: Sequence[DatedFact] = field(default_factory=tuple)

    def all_facts(self) -> list[DatedFact]:
        """Every fact, those stated by the columns first."""
        facts: list[DatedFact] = []
        if self.given_names or self.family_name:
            facts.append(Name(given_names=self.given_names, family_name=self.family_name))
        if self.known_as and self.known_as != self.given_names:
            facts.append(Name(kind=NameKind.KNOWN_AS, given_names=self.known_as))
        if self.born_on is not None:
            facts.append(Birth(kind=self.birth_kind, date=self.born_on))
        if self.sex != "U":
            facts.append(Characteristic(kind=CharacteristicKind.SEX, code=self.sex))
        if self.ethnicity:
            facts.append(Characteristic(kind=CharacteristicKind.ETHNICITY, code=self.ethnicity))
        return [*facts, *self.facts]

    def details(self) -> PersonDetails:
        """What is looked for among those already on record."""
        names = [PersonName(self.given_names, self.family_name)]
        names += [PersonName(self.known_as, self.family_name)] if self.known_as else []
        of = {kind: [f for f in self.facts if isinstance(f, kind)] for kind in _COMPARED}
        return PersonDetails(
            names=tuple(name for name in names if name.given or name.family),
            born_on=self.born_on,
            sex=self.sex,
            postcodes=tuple(address.postcode for address in of[Address]),
            phones=tuple(point.value for point in of[ContactPoint] if "@" not in point.value),
            identifiers=tuple(identifier.value for identifier in of[Identifier]),
        )


@transaction.atomic
def create_person(
    *, new: NewPerson, none_of: Collection[int] = (), today: date, by: User
) -> Person:
    """Put somebody on record: a parent, a carer, a relative, or with `is_child` a child.

    `none_of` are the ids of the likely matches the worker looked at and said were not them. Anybody
    very like this who is not among them stops it, so that nobody is recorded twice.
    """
    likely = matching.likely_matches(new.details())
    missed = [hit for hit in likely if hit.is_strong and hit.person.pk not in none_of]
    if missed:
        names = "; ".join(str(hit.person) for hit in missed)
        raise CannotDo(
            f"Somebody very like this is already on record: {names}. "
            "Look at the likely matches, and say whether this is one of them"
        )
    (person,) = _write([new], today, by)
    turned_down = ", ".join(str(pk) for pk in sorted(none_of))
    trail.record("Created a record", person, by=by, reason=f"Not {turned_down}" * bool(none_of))
    return person


@transaction.atomic
def create_child(*, new: NewPerson, none_of: Collection[int] = (), today: date, by: User) -> Person:
    """Put a child on record, born or expected, with a number of ours. See `create_person`."""
    return create_person(new=replace(new, is_child=True), none_of=none_of, today=today, by=by)


@transaction.atomic
def give_child_record(*, person: Person, today: date, by: User) -> Person:
    """Give somebody on record a child's record and a number: a young parent, say."""
    person = lock([person.pk])[person.pk]
    if person.is_child_record:
        raise CannotDo(f"{person} has a child's record already, {person.la_child_id}")
    age = person.age_on(today)
    if age is not None and age > OLDEST_CHILD:
        raise CannotDo(f"{person} is {age}. A child's record is for those up to {OLDEST_CHILD}")
    person.la_child_id = _numbers(1)[0]
    person.save(update_fields=["la_child_id"])
    refresh(person)
    trail.record("Gave a child's record", person, by=by)
    return person


# Care leavers are helped until they are 25 (Children and Social Work Act 2017, section 3).
OLDEST_CHILD = 25


@transaction.atomic
def create_people(*, people: Iterable[NewPerson], today: date, by: User) -> list[Person]:
    """Put many people on record at once, each as `create_person` would, with no look for matches.

    For imports and the invented borough. Nobody is recorded if any of them cannot be.
    """
    made: list[Person] = []
    waiting = iter(people)
    while batch := list(islice(waiting, AT_ONCE)):
        written = _write(batch, today, by)
        trail.record("Created records", None, by=by, about=[person.pk for person in written])
        made += written
    return made


def why_not_create(new: NewPerson, today: date) -> str | None:
    """Why somebody cannot be put on record as they are described; None when they can."""
    try:
        _facts_in_place(new, today)
    except CannotDo as refusal:
        return str(refusal)
    return None


def _write(batch: Sequence[NewPerson], today: date, by: User) -> list[Person]:
    """Write people and their facts, a table at a time."""
    placed = [_facts_in_place(new, today) for new in batch]
    numbers = iter(_numbers(sum(new.is_child and not new.la_child_id for new in batch)))
    people = []
    for new, facts in zip(batch, placed, strict=True):
        la_child_id = (new.la_child_id or next(numbers)) if new.is_child else None
        columns = _columns(facts, la_child_id)
        people.append(Person(la_child_id=la_child_id, **columns))
    Person.objects.bulk_create(people, batch_size=AT_ONCE)
    by_kind: defaultdict[type[DatedFact], list[Any]] = defaultdict(list)
    for person, facts in zip(people, placed, strict=True):
        for fact in facts:
            fact.person = person  # type: ignore[attr-defined]
            fact.recorded_by = by
            by_kind[type(fact)].append(fact)
    for kind, rows in by_kind.items():
        kind.objects.bulk_create(rows, batch_size=AT_ONCE)
    return people


def _columns(facts: Iterable[DatedFact], la_child_id: str | None) -> dict[str, Any]:
    known = Known(la_child_ids=[la_child_id] if la_child_id else [])
    for fact in facts:
        known.add(fact)
    return summary(known)


def _facts_in_place(new: NewPerson, today: date) -> list[DatedFact]:
    """Somebody's facts, each checked, and in the order that none overlaps another of its slot."""
    if why := _why_not_this_birth(new, today):
        raise CannotDo(why)
    expected = new.born_on if new.birth_kind == BirthKind.EXPECTED else None
    earliest = earliest_day(new.born_on, expected)
    slots: defaultdict[Any, list[DatedFact]] = defaultdict(list)
    facts = new.all_facts()
    for fact in sorted(facts, key=lambda fact: fact.started_on or date.min):
        prepare(fact, fact.started_on or today)
        within = None if isinstance(fact, Birth) else earliest
        if why := why_not_days(fact, earliest=within, today=today):
            raise CannotDo(why)
        slot = slots[type(fact), *sorted(fact.slot().items())]
        _squeeze_in(fact, slot)
        slot.append(fact)
    _check_together(facts)
    return facts


def _check_together(facts: Iterable[DatedFact]) -> None:
    """What cannot be so of one person at once, though each fits in its own slot."""
    open_now = [fact for fact in facts if fact.ended_on is None]
    disabilities = {fact.code for fact in open_now if isinstance(fact, Disability)}
    if NO_DISABILITY in disabilities and len(disabilities) > 1:
        raise CannotDo("No disability is recorded together with a disability")
    if sum(isinstance(fact, Language) and fact.is_first for fact in open_now) > 1:
        raise CannotDo("More than one first language is recorded")


def _why_not_this_birth(new: NewPerson, today: date) -> str | None:
    if (new.born_on is None) != (new.birth_kind == BirthKind.UNKNOWN):
        return "Say how well the date of birth is known, and enter it"
    if new.born_on is None:
        return None
    is_expected = new.birth_kind == BirthKind.EXPECTED
    if is_expected and new.sex != "U":
        return "The sex of an unborn child is recorded as not known (CIN census rule 8750)"
    return why_not_born(new.born_on, expected=is_expected, today=today)


def _squeeze_in(fact: DatedFact, slot: Sequence[DatedFact]) -> None:
    try:
        room = make_room(fact, slot)
    except NoRoom as clash:
        raise CannotDo(str(clash)) from None
    if room.brings_to_an_end is not None:
        room.brings_to_an_end.ended_on = fact.started_on
    fact.ended_on = room.ended_on


def _numbers(how_many: int) -> list[str]:
    """Numbers for children, never given before and never to be given again."""
    if not how_many:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('people_la_child_number') FROM generate_series(1, %s)", [how_many]
        )
        given = [new_la_child_id(number) for (number,) in cursor.fetchall()]
    # A number brought from another system may be one of ours: it is passed over.
    taken = set(Person.objects.filter(la_child_id__in=given).values_list("la_child_id", flat=True))
    return [number for number in given if number not in taken] + _numbers(len(taken))
