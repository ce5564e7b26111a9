"""How people are related, who lives with whom, and a whole household's move."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.actions.facts import record_fact, turn, why_not
from hearth.people.checks import prepare
from hearth.people.models import (
    Address,
    AddressKind,
    DatedFact,
    Household,
    HouseholdMember,
    Person,
    Relationship,
)

AT_ONCE = 1000


@transaction.atomic
def record_relationship(
    *,
    person: Person,
    other_person: Person,
    code: str,
    parental_responsibility: bool | None = None,
    started_on: date | None = None,
    ended_on: date | None = None,
    detail: str = "",
    today: date,
    by: User,
) -> Relationship:
    """Record that `person` is the `code` of `other_person`: the mother of Amy.

    Said the other way round (Amy, the daughter of her mother), it is turned and kept the same.
    Parental responsibility is the parent's or carer's for the other (Children Act 1989, section 3).
    """
    if person.pk == other_person.pk:
        raise CannotDo("Nobody is their own relative. Choose somebody else")
    fact = Relationship(
        person=person,
        other_person=other_person,
        code=code,
        parental_responsibility=parental_responsibility,
        started_on=started_on,
        ended_on=ended_on,
        detail=detail,
    )
    return record_fact(fact=fact, today=today, by=by)


@transaction.atomic
def create_household(
    *, members: Sequence[Person], started_on: date | None = None, today: date, by: User
) -> Household:
    """Record that some people live together."""
    if not members:
        raise CannotDo("Choose who lives in the household")
    household = Household.objects.create()
    for person in members:
        join_household(
            household=household, person=person, started_on=started_on, today=today, by=by
        )
    trail.record("Created a household", household, by=by, about=[p.pk for p in members])
    return household


@transaction.atomic
def join_household(
    *, household: Household, person: Person, started_on: date | None = None, today: date, by: User
) -> HouseholdMember:
    """Record that somebody lives in a household too. They may live in another besides."""
    fact = HouseholdMember(household=household, person=person, started_on=started_on)
    return record_fact(fact=fact, today=today, by=by)


@transaction.atomic
def move_household(
    *,
    household: Household,
    lines: str,
    postcode: str = "",
    moved_on: date,
    staying: Collection[int] = (),
    kind: str = AddressKind.HOME,
    confidential: bool = False,
    today: date,
    by: User,
) -> list[Address]:
    """Record a new address for everyone in a household at once.

    Those `staying` (their ids) keep the address they have, and are no longer in the household.
    """
    members = list(
        HouseholdMember.objects.on(moved_on).filter(household=household).select_related("person")
    )
    movers = [member.person for member in members if member.person_id not in staying]
    if not movers:
        raise CannotDo(f"Nobody in this household moved on {in_words(moved_on)}")
    for member in members:
        if member.person_id in staying:
            _leave(member, moved_on)
    moved = [
        Address(
            person=person,
            kind=kind,
            lines=lines,
            postcode=postcode,
            started_on=moved_on,
            confidential=confidential,
        )
        for person in movers
    ]
    for address in moved:
        record_fact(fact=address, today=today, by=by)
    trail.record("Moved a household", household, by=by, about=[m.person_id for m in members])
    return moved


def _leave(member: HouseholdMember, moved_on: date) -> None:
    if member.ended_on is None or member.ended_on > moved_on:
        member.ended_on = moved_on
        member.save(update_fields=["ended_on"])


@dataclass(kw_only=True)
class NewTie:
    """One relationship of many, as `record_relationship` takes it."""

    person: Person
    other_person: Person
    code: str
    parental_responsibility: bool | None = None
    started_on: date | None = None
    ended_on: date | None = None


@transaction.atomic
def relate_people(*, ties: Iterable[NewTie], today: date, by: User) -> list[Relationship]:
    """Record many relationships between people newly put on record, who have none yet."""
    rows = [Relationship(**vars(tie)) for tie in ties]
    seen: set[Any] = set()
    for row in rows:
        pair = {row.person_id: row.person, row.other_person_id: row.other_person}
        if len(pair) == 1:
            raise CannotDo("Nobody is their own relative")
        turn(row, pair)
        prepare(row, row.started_on or today)
        why_not(row, pair, today)
        row.recorded_by = by
        said = (row.person_id, row.other_person_id, row.code)
        if said in seen:
            raise CannotDo(f"{row.person} and {row.other_person}: {row} is recorded twice")
        seen.add(said)
    made = Relationship.objects.bulk_create(rows, batch_size=AT_ONCE)
    _record_many("Recorded relationships", made, by)
    return made


@transaction.atomic
def house_people(
    *, households: Iterable[Sequence[HouseholdMember]], today: date, by: User
) -> list[Household]:
    """Record many households of people newly put on record. Members are unsaved, without theirs."""
    groups = list(households)
    made = Household.objects.bulk_create([Household() for _ in groups], batch_size=AT_ONCE)
    rows = []
    for household, members in zip(made, groups, strict=True):
        for member in members:
            why_not(member, {member.person_id: member.person}, today)
            member.household, member.recorded_by = household, by
            rows.append(member)
    HouseholdMember.objects.bulk_create(rows, batch_size=AT_ONCE)
    _record_many("Recorded households", rows, by)
    return made


def _record_many(what: str, rows: Sequence[DatedFact], by: User) -> None:
    """One line of the trail for every thousand rows, naming everyone in them."""
    for start in range(0, len(rows), AT_ONCE):
        batch = rows[start : start + AT_ONCE]
        columns = ("person_id", "other_person_id")
        about = {pk for row in batch for name in columns if (pk := getattr(row, name, None))}
        trail.record(what, None, by=by, about=sorted(about))
