"""Facts about people: recorded, ended, corrected, and withdrawn, the same way whatever the kind."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.codes import code_set, inverse_relationship
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.actions.drawing import DRAWN_FROM, refresh_many
from hearth.people.checks import line, prepare
from hearth.people.kin import is_younger_side
from hearth.people.models import (
    Address,
    Birth,
    BirthKind,
    Characteristic,
    CharacteristicKind,
    ContactPoint,
    DatedFact,
    Disability,
    Hazard,
    HouseholdMember,
    Identifier,
    Language,
    Name,
    NetworkMember,
    Person,
    Relationship,
)
from hearth.people.rules import (
    NoRoom,
    days_in_words,
    earliest_day,
    make_room,
    why_not_born,
    why_not_days,
)

F = TypeVar("F", bound=DatedFact)
NO_DISABILITY = "NONE"
REASON = 500

ALL_KINDS: tuple[type[DatedFact], ...] = (
    Name,
    Birth,
    Characteristic,
    Disability,
    Language,
    Identifier,
    Address,
    ContactPoint,
    Hazard,
    Relationship,
    HouseholdMember,
    NetworkMember,
)


@transaction.atomic
def record_fact(*, fact: F, today: date, by: User) -> F:
    """Record one fact: `record_fact(fact=Address(person=amy, lines=...), today=today, by=worker)`.

    One that takes the place of another ends it on the day it starts; one recorded late ends where
    the next started.
    """
    people = lock(people_of(fact))
    turn(fact, people)
    prepare(fact, fact.started_on or today)
    why_not(fact, people, today)
    _place(fact, _others(fact), by)
    _draw(fact, people.values())
    trail.record(f"Recorded: {fact._meta.verbose_name}", fact, by=by)
    return fact


@transaction.atomic
def end_fact(*, fact: F, ended_on: date, by: User) -> F:
    """Record the first day a fact was no longer so; it may be a day to come."""
    people = lock(people_of(fact))
    fact = _standing(fact)
    if fact.ended_on is not None:
        raise CannotDo(f"This ended on {in_words(fact.ended_on)}. Correct it if that is wrong")
    if fact.started_on is not None and ended_on < fact.started_on:
        raise CannotDo(f"This started on {in_words(fact.started_on)}, so it cannot end before then")
    fact.ended_on = ended_on
    fact.save(update_fields=["ended_on"])
    _draw(fact, people.values())
    trail.record(f"Ended: {fact._meta.verbose_name}", fact, by=by)
    return fact


@transaction.atomic
def correct_fact(*, fact: F, changes: Mapping[str, Any], reason: str, today: date, by: User) -> F:
    """Put right a fact that was wrong when it was recorded: the old row is kept, and says why.

    `started_on` and `ended_on` may be among the changes. What ended where the old one started ends
    where the new one does.
    """
    people = lock(people_of(fact))
    old = _standing(fact)
    new = old.copy(changes)
    turn(new, people)
    prepare(new, None if _same_code(old, new) else new.started_on or today)
    if (new.says(), new.started_on, new.ended_on) == (old.says(), old.started_on, old.ended_on):
        raise CannotDo("Nothing was changed")
    why_not(new, people, today)
    _withdraw(old, line(reason, REASON, "The reason"), by)
    _move_the_one_before(old, new)
    new.corrects = old
    _place(new, _others(new), by)
    _check_nothing_before_birth(new, people)
    _draw(new, people.values())
    trail.record(f"Corrected: {new._meta.verbose_name}", new, by=by, reason=reason)
    return new


@transaction.atomic
def withdraw_fact(*, fact: F, reason: str, reopen: bool = False, by: User) -> F:
    """Withdraw a fact that was never so. With `reopen`, what it brought to an end goes on."""
    people = lock(people_of(fact))
    fact = _standing(fact)
    if isinstance(fact, Birth):
        raise CannotDo("Correct the date of birth instead")
    _withdraw(fact, line(reason, REASON, "The reason"), by)
    before = the_one_before(fact) if reopen else None
    if before is not None:
        before.ended_on = None
        before.save(update_fields=["ended_on"])
    _draw(fact, people.values())
    fact.refresh_from_db(fields=["withdrawn_at"])
    trail.record(f"Withdrew: {fact._meta.verbose_name}", fact, by=by, reason=reason)
    return fact


def the_one_before(fact: F) -> F | None:
    """The fact that this one brought to an end, if it did."""
    if fact.started_on is None:
        return None
    found: F | None = _others(fact).filter(ended_on=fact.started_on).first()
    return found


def lock(people: Collection[int]) -> dict[int, Person]:
    """Take people's records, so that two workers cannot write the same fact at once."""
    taken = Person.objects.select_for_update().filter(pk__in=people).order_by("pk")
    found = {person.pk: person for person in taken}
    for person in found.values():
        if person.is_merged:
            raise CannotDo(f"The record of {person} was merged into another. Record it there")
    if len(found) != len(set(people)):
        raise CannotDo("The person this is about was not found")
    return found


def people_of(fact: DatedFact) -> list[int]:
    """The ids of those a fact is about."""
    if isinstance(fact, Relationship):
        return [fact.person_id, fact.other_person_id]
    return [fact.person_id]  # type: ignore[attr-defined]


def turn(fact: DatedFact, people: Mapping[int, Person]) -> None:
    """Put a relationship the way round it is kept: the parent's, carer's or elder's side first."""
    if not isinstance(fact, Relationship) or fact.code not in code_set("relationship"):
        return
    if is_younger_side(fact.code) and fact.person_id != fact.other_person_id:
        person, other = people[fact.person_id], people[fact.other_person_id]
        fact.code = inverse_relationship(fact.code, other.sex)
        fact.person, fact.other_person = other, person


def why_not(fact: DatedFact, people: Mapping[int, Person], today: date) -> None:
    """Stop here if a fact cannot be so, given who it is about."""
    for person in people.values():
        _check(_why_not_then(fact, person, today))
        if person.died_on and fact.started_on and fact.started_on > person.died_on:
            raise CannotDo(f"{person} died on {in_words(person.died_on)}, before this started")
    if isinstance(fact, Birth):
        _check(why_not_born(fact.date, expected=fact.kind == BirthKind.EXPECTED, today=today))
    if isinstance(fact, Characteristic):
        is_sex = fact.kind == CharacteristicKind.SEX and fact.code != "U"
        if is_sex and people[fact.person_id].is_unborn:
            raise CannotDo("The sex of an unborn child is recorded as not known (CIN rule 8750)")


def _why_not_then(fact: DatedFact, person: Person, today: date) -> str | None:
    """Whether a fact came too early for somebody; what was known before birth may stand."""
    if isinstance(fact, Birth):  # not held against the birth it corrects
        return why_not_days(fact, earliest=None, today=today)
    expected = person.born_on if person.is_unborn else None
    why = why_not_days(fact, earliest=earliest_day(person.born_on, expected), today=today)
    if why is None or person.is_unborn:
        return why
    was_expected = person.births.standing().filter(kind=BirthKind.EXPECTED).first()
    earliest = earliest_day(person.born_on, was_expected.date if was_expected else None)
    return why_not_days(fact, earliest=earliest, today=today)


def _check(reason: str | None) -> None:
    if reason is not None:
        raise CannotDo(reason)


def _others(fact: F) -> QuerySet[F]:
    """The standing facts that this one may not share a day with, whichever way round."""
    kind = type(fact)
    standing: QuerySet[F] = kind.objects.standing().exclude(pk=fact.pk)
    if not isinstance(fact, Relationship):
        return standing.filter(person_id=people_of(fact)[0], **fact.slot())
    same, inverse = _same_and_inverse(fact.code)
    return standing.filter(
        Q(person=fact.person_id, other_person=fact.other_person_id, code__in=same)
        | Q(person=fact.other_person_id, other_person=fact.person_id, code__in=inverse)
    )


def _same_and_inverse(code: str) -> tuple[list[str], list[str]]:
    """The codes that say the same whatever the sex (mother, father, parent), and their inverses."""
    inverse = inverse_relationship(code, "U")
    neutral = inverse_relationship(inverse, "U")
    codes = [entry.code for entry in code_set("relationship")]
    return (
        [each for each in codes if inverse_relationship(each, "U") == inverse],
        [each for each in codes if inverse_relationship(each, "U") == neutral],
    )


def _place(fact: F, others: QuerySet[F], by: User) -> None:
    """Write a fact where there is room for it, ending the one whose place it takes."""
    _exclusive(fact, by)
    standing = list(others)
    for other in standing:
        if (other.says(), other.started_on) == (fact.says(), fact.started_on):
            raise CannotDo(f"{other} is already recorded{days_in_words(other)}")
    if isinstance(fact, Birth) and any(o.ended_on is None for o in standing):
        raise CannotDo("A date of birth is recorded already. Correct that one")
    try:
        room = make_room(fact, standing)
    except NoRoom as clash:
        raise CannotDo(str(clash)) from None
    if room.brings_to_an_end is not None:
        room.brings_to_an_end.ended_on = fact.started_on
        room.brings_to_an_end.save(update_fields=["ended_on"])
    fact.ended_on, fact.recorded_by = room.ended_on, by
    fact.save(force_insert=True)


def _exclusive(fact: DatedFact, by: User) -> None:
    """What must give way to a fact of another slot: no disability; another first language."""
    if isinstance(fact, Disability) and fact.ended_on is None:
        open_ones = Disability.objects.standing().filter(person=fact.person_id, ended_on=None)
        if fact.code == NO_DISABILITY and open_ones.exclude(code=NO_DISABILITY).exists():
            raise CannotDo("A disability is recorded. End or withdraw it first")
        if fact.code != NO_DISABILITY:
            _give_way(open_ones.filter(code=NO_DISABILITY), fact, by)
    if isinstance(fact, Language) and fact.is_first and fact.ended_on is None:
        firsts = Language.objects.standing().filter(
            person=fact.person_id, ended_on=None, is_first=True
        )
        if firsts.exclude(code=fact.code).exists():
            raise CannotDo("Another first language is recorded. Correct or end it first")


def _give_way(facts: QuerySet[Any], fact: DatedFact, by: User) -> None:
    """End what is no longer so; where no day is known, it is withdrawn as never quite known."""
    for other in facts:
        if fact.started_on is not None and fact.started_on > (other.started_on or date.min):
            other.ended_on = fact.started_on
            other.save(update_fields=["ended_on"])
        else:
            _withdraw(other, f"Recorded since: {fact}", by)


def _standing(fact: F) -> F:
    fresh: F = type(fact).objects.select_for_update(of=("self",)).get(pk=fact.pk)
    if fresh.is_withdrawn:
        raise CannotDo("This was corrected or withdrawn by somebody else. Look at it again")
    return fresh


def _withdraw(fact: DatedFact, reason: str, by: User) -> None:
    if not reason:
        raise CannotDo("Say why it was wrong")
    fact.withdrawn_by, fact.withdrawn_reason = by, reason
    fact.withdrawn_at = Now()
    fact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


def _move_the_one_before(old: F, new: F) -> None:
    """What the old fact brought to an end ends where the new one starts."""
    before = the_one_before(old)
    if before is None or new.started_on in (None, old.started_on) or new.slot() != old.slot():
        return
    if before.started_on is None or before.started_on < new.started_on:
        before.ended_on = new.started_on
        before.save(update_fields=["ended_on"])


def _same_code(old: DatedFact, new: DatedFact) -> bool:
    return getattr(old, "code", None) == getattr(new, "code", None)


def _check_nothing_before_birth(fact: DatedFact, people: Mapping[int, Person]) -> None:
    """A date of birth is not moved past what is already recorded of the person."""
    if not isinstance(fact, Birth):
        return
    person = people[fact.person_id]
    expected = fact.date if fact.kind == BirthKind.EXPECTED else None
    past = person.births.standing().filter(kind=BirthKind.EXPECTED).first()
    earliest = earliest_day(fact.date, expected or (past.date if past else None))
    early = [
        str(row)
        for kind in ALL_KINDS
        if kind is not Birth
        for row in kind.objects.standing().filter(person=person, started_on__lt=earliest)
    ]
    if early:
        raise CannotDo(f"These are recorded from before that date: {'; '.join(early)}")


def _draw(fact: DatedFact, people: Iterable[Person]) -> None:
    """Draw people's columns again, where they are drawn from facts of this kind."""
    if isinstance(fact, DRAWN_FROM):
        refresh_many(people)
