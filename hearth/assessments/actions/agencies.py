"""Asking other agencies, chasing them, and keeping what they said."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.assessments.actions.sections import note_saves
from hearth.assessments.actions.taking import take_being_written
from hearth.assessments.models import AgencyConsulted, Assessment
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo

SECTION = "agencies"


@transaction.atomic
def ask_agency(
    *,
    assessment: Assessment,
    agency: str,
    contact: str = "",
    child: int | None = None,
    asked_on: date,
    on: date,
    by: User,
) -> AgencyConsulted:
    """Record that an agency was asked, about all the children or about one."""
    assessment = take_being_written(assessment)
    if why := code_set("agency_type").why_not_valid(agency, on=on):
        raise CannotDo(why)
    if child is not None and child not in assessment.about:
        raise CannotDo("That child is not part of this assessment")
    _not_in_future(asked_on, on)
    asked = AgencyConsulted.objects.create(
        assessment=assessment,
        about=assessment.about,
        child_id=child,
        agency=agency,
        contact=contact,
        asked_on=asked_on,
        recorded_by=by,
    )
    note_saves(assessment, SECTION, [asked], by)
    return asked


@transaction.atomic
def chase_agency(*, agency: AgencyConsulted, chased_on: date, on: date, by: User) -> None:
    """Record that an agency was asked again."""
    asked = _take(agency)
    _not_in_future(chased_on, on)
    if chased_on < asked.asked_on:
        raise CannotDo(f"They were first asked on {in_words(asked.asked_on)}")
    if not asked.is_waiting:
        raise CannotDo("Their answer is already on the record")
    if chased_on not in asked.chased_on:
        asked.chased_on = sorted([*asked.chased_on, chased_on])
        asked.save(update_fields=["chased_on"])
    trail.record(f"Chased {asked.agency_name}", asked, by=by)


@transaction.atomic
def record_agency_answer(
    *,
    agency: AgencyConsulted,
    answered_on: date | None = None,
    said: str = "",
    no_answer: str = "",
    on: date,
    by: User,
) -> None:
    """Record what an agency said, or why there is no answer. Putting it right is the same act."""
    asked = _take(agency)
    if bool(said) == bool(no_answer):
        raise CannotDo("Record what they said, or why there is no answer, but not both")
    if said and answered_on is None:
        raise CannotDo("Say when they answered")
    if answered_on is not None:
        _not_in_future(answered_on, on)
        if answered_on < asked.asked_on:
            raise CannotDo("They cannot have answered before they were asked")
    asked.answered_on = answered_on if said else None
    asked.said, asked.no_answer = said, no_answer
    asked.save(update_fields=["answered_on", "said", "no_answer"])
    note_saves(asked.assessment, SECTION, [asked], by)


def _take(agency: AgencyConsulted) -> AgencyConsulted:
    asked = AgencyConsulted.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    asked.assessment = take_being_written(asked.assessment)
    return asked


def _not_in_future(day: date, on: date) -> None:
    if day > on:
        raise CannotDo(f"That day is in the future: {in_words(day)}")
