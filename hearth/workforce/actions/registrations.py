"""Registrations: who may do qualified work, and until when."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.lib.identifiers import BadIdentifier, check_swe_number
from hearth.workforce.models import Body, Registration, Staff
from hearth.workforce.rules import why_not_body


@transaction.atomic
def add_registration(
    *,
    staff: Staff,
    number: str,
    started_on: date,
    expires_on: date,
    body: str = Body.SWE,
    by: User,
) -> Registration:
    """Record a social worker's registration, first day and first day it no longer stands."""
    body = Body(body)
    if expires_on <= started_on:
        raise CannotDo("The registration must end after it starts")
    if why := why_not_body(body, started_on, expires_on):
        raise CannotDo(why)
    number = _checked(number, body)
    taken = Registration.objects.filter(body=body, number=number).exclude(staff=staff).first()
    if taken is not None:
        raise CannotDo(f"{number} is recorded as {taken.staff}'s. Check it on the register")
    within = staff.registrations.filter(started_on__lt=expires_on, expires_on__gt=started_on)
    if (clash := within.first()) is not None:
        raise CannotDo(
            f"{staff} already has a registration from {in_words(clash.started_on)} "
            f"to {in_words(clash.expires_on)}"
        )
    registration: Registration = Registration.objects.create(
        staff=staff, body=body, number=number, started_on=started_on, expires_on=expires_on
    )
    trail.record("Recorded a registration", staff, by=by)
    return registration


@transaction.atomic
def end_registration(*, registration: Registration, on: date, by: User) -> None:
    """Record that a registration stopped before its time: removed, suspended or given up."""
    if not registration.started_on < on < registration.expires_on:
        raise CannotDo(
            f"This registration runs from {in_words(registration.started_on)} "
            f"to {in_words(registration.expires_on)}"
        )
    registration.expires_on = on
    registration.save(update_fields=["expires_on"])
    trail.record("Ended a registration", registration.staff, by=by)


def _checked(number: str, body: Body) -> str:
    if body != Body.SWE:
        return "".join(number.split()).upper()
    try:
        return check_swe_number(number)
    except BadIdentifier as error:
        raise CannotDo(str(error)) from error
