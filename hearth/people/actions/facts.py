"""Facts about people: recorded, ended, corrected, and withdrawn, the same way whatever the kind."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
from hearth.people.living import check_may_live_there, sent_nowhere_else
from hearth.people.loading import ALL_KINDS
from hearth.people.models import (
    Birth,
    BirthKind,
    Characteristic,
    CharacteristicKind,
    DatedFact,
    Disability,
    Language,
    Person,
    Relationship,
)
from hearth.people.rules import (
    NoRoom,
    Room,
    days_in_words,
    earliest_day,
    make_room,
    why_not_born,
    why_not_days,
)

F = TypeVar("F", bound=DatedFact)
NO_DISABILITY = "NONE"
REASON = 500
GONE = "This was corrected or withdrawn by somebody else. Look at it again"


@transaction.atomic
def record_fact(*, fact: F, today: date, by: User) -> F:
    """Record one fact: `record_fact(fact=Address(person=amy, lines=...), today=today, by=worker)`.

    One that takes the place of another ends it on the day it starts; one recorded late ends where
    the next started.
    """
    people = lock(people_of(fact))
    with sent_nowhere_else(fact, today):
        _place(fact, _room(fact, people, today), by)
    _draw(fact, people.values())
    trail.record(f"Recorded: {fact._meta.verbose_name}", fact, by=by)
    return fact


@transaction.atomic
def end_fact(*, fact: F, ended_on: date, today: date, by: User) -> F:
    """Record the first day a fact was no longer so; it may be a day to come."""
    people = lock(people_of(fact))
    fact = _standing(fact)
    if fact.ended_on is not None:
        raise CannotDo(f"This ended on {in_words(fact.ended_on)}. Correct it if that is wrong")
    if fact.started_on is not None and ended_on < fact.started_on:
        raise CannotDo(f"This started on {in_words(fact.started_on)}, so it cannot end before then")
    with sent_nowhere_else(fact, today):
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
    room = _room(new, people, today, correcting=old)
    with sent_nowhere_else(new, today):
        _withdraw(old, line(reason, REASON, "The reason"), by)
        if before := _moved_with(old, new):
            before.save(update_fields=["ended_on"])
        new.corrects = old
        _place(new, room, by)
    _draw(new, people.values())
    trail.record(f"Corrected: {new._meta.verbose_name}", new, by=by, reason=reason)
    return new


@transaction.atomic
def withdraw_fact(*, fact: F, reason: str, reopen: bool = False, today: date, by: User) -> F:
    """Withdraw a fact that was never so. With `reopen`, what it brought to an end goes on."""
    people = lock(people_of(fact))
    fact = _standing(fact)
    if isinstance(fact, Birth):
        raise CannotDo("Correct the date of birth instead")
    with sent_nowhere_else(fact, today):
        _withdraw(fact, line(reason, REASON, "The reason"), by)
        before = the_one_before(fact) if reopen else None
        if before is not None:
            before.ended_on = None
            before.save(update_fields=["ended_on"])
    _draw(fact, people.values())
    fact.refresh_from_db(fields=["withdrawn_at"])
    trail.record(f"Withdrew: {fact._meta.verbose_name}", fact, by=by, reason=reason)
    return fact


def why_not_record(fact: F, *, today: date, correcting: F | None = None) -> str | None:
    """Why a fact cannot be recorded, or put in the place of one; None when it can."""
    people = {person.pk: person for person in Person.objects.filter(pk__in=people_of(fact))}
    try:
        _room(fact, people, today, correcting=correcting)
    except CannotDo as refusal:
        return str(refusal)
    return None


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


def _room(
    fact: F, people: Mapping[int, Person], today: date, *, correcting: F | None = None
) -> Room[F]:
    """Where a fact fits, once all that could be wrong with it has been looked at."""
    turn(fact, people)
    same_code = correcting is not None and _code_of(correcting) == _code_of(fact)
    prepare(fact, None if same_code else fact.started_on or today)
    why_not(fact, people, today)
    check_may_live_there(fact, today)
    others = list(_others(fact))
    if correcting is not None:
        if correcting.is_withdrawn:
            raise CannotDo(GONE)
        if _stated(fact) == _stated(correcting):
            raise CannotDo("Nothing was changed")
        _check_nothing_before_birth(fact, people)
        moved = _moved_with(correcting, fact)
        others = [moved if o == moved and moved else o for o in others if o.pk != correcting.pk]
    _why_not_beside(fact, others, correcting)
    try:
        return make_room(fact, others)
    except NoRoom as clash:
        raise CannotDo(str(clash)) from None


def _why_not_beside(fact: F, others: Sequence[F], correcting: F | None) -> None:
    """Whether another fact that stands keeps this one out, whatever its days."""
    for other in others:
        if _stated(other)[:2] == _stated(fact)[:2]:
            raise CannotDo(f"{other} is already recorded{days_in_words(other)}")
    if isinstance(fact, Birth) and any(other.ended_on is None for other in others):
        raise CannotDo("A date of birth is recorded already. Correct that one")
    if fact.ended_on is None:
        _why_not_exclusive(fact, correcting)


def _why_not_exclusive(fact: DatedFact, correcting: DatedFact | None) -> None:
    """No disability with a disability; one first language."""
    rows = type(fact).objects.standing().filter(person_id=people_of(fact)[0], ended_on=None)
    if correcting is not None:
        rows = rows.exclude(pk=correcting.pk)
    says_none = isinstance(fact, Disability) and fact.code == NO_DISABILITY
    if says_none and rows.exclude(code=NO_DISABILITY).exists():
        raise CannotDo("A disability is recorded. End or withdraw it first")
    says_first = isinstance(fact, Language) and fact.is_first
    if says_first and rows.filter(is_first=True).exclude(code=_code_of(fact)).exists():
        raise CannotDo("Another first language is recorded. Correct or end it first")


def _place(fact: F, room: Room[F], by: User) -> None:
    """Write a fact where there is room for it, ending the one whose place it takes."""
    if isinstance(fact, Disability) and fact.code != NO_DISABILITY and room.ended_on is None:
        none = Disability.objects.standing().filter(person=fact.person_id, code=NO_DISABILITY)
        _give_way(none.filter(ended_on=None), fact, by)
    if room.brings_to_an_end is not None:
        room.brings_to_an_end.ended_on = fact.started_on
        room.brings_to_an_end.save(update_fields=["ended_on"])
    fact.ended_on, fact.recorded_by = room.ended_on, by
    fact.save(force_insert=True)


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
        raise CannotDo(GONE)
    return fresh


def _withdraw(fact: DatedFact, reason: str, by: User) -> None:
    if not reason:
        raise CannotDo("Say why it was wrong")
    fact.withdrawn_by, fact.withdrawn_reason = by, reason
    fact.withdrawn_at = Now()
    fact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


def _moved_with(old: F, new: F) -> F | None:
    """What the old fact brought to an end, ended where the new one starts; None when it stays."""
    before = the_one_before(old)
    if before is None or new.started_on in (None, old.started_on) or new.slot() != old.slot():
        return None
    if before.started_on is not None and before.started_on >= new.started_on:
        return None
    before.ended_on = new.started_on
    return before


def _code_of(fact: DatedFact) -> str | None:
    return getattr(fact, "code", None)


def _stated(fact: DatedFact) -> tuple[dict[str, Any], date | None, date | None]:
    return fact.says(), fact.started_on, fact.ended_on


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
