"""A birth that was expected, a pregnancy that ended, a death."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.actions.drawing import refresh
from hearth.people.actions.facts import lock, record_fact
from hearth.people.models import (
    Birth,
    BirthKind,
    Characteristic,
    CharacteristicKind,
    HouseholdMember,
    Name,
    Person,
)
from hearth.people.rules import PREGNANCY, why_not_born


@transaction.atomic
def record_birth(
    *,
    person: Person,
    born_on: date,
    sex: str,
    given_names: str = "",
    family_name: str = "",
    today: date,
    by: User,
) -> Person:
    """Record the birth of a child who was expected. The expected date is kept beside it.

    The returns take one or the other: CIN census, date of birth and expected date of birth.
    """
    person = _unborn(person)
    if why := why_not_born(born_on, expected=False, today=today):
        raise CannotDo(why)
    expected = person.births.standing().get(kind=BirthKind.EXPECTED)
    if born_on < expected.date - PREGNANCY or born_on > expected.date + PREGNANCY:
        raise CannotDo(
            f"The birth was expected on {in_words(expected.date)}. Check the date, "
            "or correct the expected date first"
        )
    expected.ended_on = born_on
    expected.save(update_fields=["ended_on"])
    Birth.objects.create(
        person=person, kind=BirthKind.KNOWN, date=born_on, started_on=born_on, recorded_by=by
    )
    refresh(person)
    _name_and_sex(person, born_on, sex, given_names, family_name, today, by)
    trail.record("Recorded a birth", person, by=by)
    person.refresh_from_db()
    return person


@transaction.atomic
def end_pregnancy(*, person: Person, ended_on: date, today: date, by: User) -> Person:
    """Record that a pregnancy ended without a birth. The expected date stays on the record."""
    person = _unborn(person)
    record_fact(
        fact=Characteristic(
            person=person, kind=CharacteristicKind.PREGNANCY_ENDED, started_on=ended_on
        ),
        today=today,
        by=by,
    )
    person.refresh_from_db()
    return person


@transaction.atomic
def record_death(*, person: Person, died_on: date, today: date, by: User) -> Person:
    """Record a death, and with it the end of the person's time in their households."""
    person = lock([person.pk])[person.pk]
    if person.is_unborn:
        raise CannotDo("They are not yet born. Record the birth first, or the end of the pregnancy")
    if person.died_on is not None:
        raise CannotDo(f"Their death on {in_words(person.died_on)} is already recorded")
    record_fact(
        fact=Characteristic(person=person, kind=CharacteristicKind.DEATH, started_on=died_on),
        today=today,
        by=by,
    )
    for member in HouseholdMember.objects.standing().filter(person=person, ended_on=None):
        member.ended_on = max(died_on, member.started_on or died_on)
        member.save(update_fields=["ended_on"])
    person.refresh_from_db()
    return person


def _unborn(person: Person) -> Person:
    person = lock([person.pk])[person.pk]
    if not person.is_unborn:
        raise CannotDo(f"{person} was not expected: a date of birth is recorded already")
    if person.pregnancy_ended_on is not None:
        raise CannotDo(f"The pregnancy ended on {in_words(person.pregnancy_ended_on)}")
    return person


def _name_and_sex(
    person: Person,
    born_on: date,
    sex: str,
    given_names: str,
    family_name: str,
    today: date,
    by: User,
) -> None:
    if sex != "U":
        record_fact(
            fact=Characteristic(
                person=person, kind=CharacteristicKind.SEX, code=sex, started_on=born_on
            ),
            today=today,
            by=by,
        )
    names = (given_names or person.given_names, family_name or person.family_name)
    if names != (person.given_names, person.family_name):
        name = Name(person=person, given_names=names[0], family_name=names[1], started_on=born_on)
        record_fact(fact=name, today=today, by=by)
