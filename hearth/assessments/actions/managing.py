"""A manager's review while an assessment is being made, ending one early, and adding to one."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.assessments.actions.after import end_being_assessed, end_review
from hearth.assessments.actions.taking import (
    children_of,
    take,
    take_being_written,
    task_of,
)
from hearth.assessments.actions.telling import tell_cancelled, tell_copied
from hearth.assessments.models import Addendum, Assessment, ReviewPoint, State
from hearth.assessments.process import REVIEW_POINT
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.records.actions import record_oversight
from hearth.records.rules import moment_on


@transaction.atomic
def record_review_point(
    *,
    assessment: Assessment,
    held_on: date,
    note: str,
    direction: str,
    late_reason: str = "",
    on: date,
    by: User,
) -> ReviewPoint:
    """Record a manager's look at how an assessment is going, and their direction to the worker."""
    assessment = take_being_written(assessment)
    if not note or not direction:
        raise CannotDo("Say what you found, and what is to happen now")
    if held_on > on:
        raise CannotDo("The review cannot be in the future")
    if held_on < assessment.started_on:
        raise CannotDo(f"The assessment started on {in_words(assessment.started_on)}")
    review = ReviewPoint.objects.create(
        assessment=assessment,
        about=assessment.about,
        held_on=held_on,
        note=record_oversight(
            children=children_of(assessment),
            text=f"{note}\n\nWhat happens now: {direction}",
            oversight_point="review_point",
            happened_at=moment_on(held_on, now=timezone.now()),
            by=by,
        ),
        recorded_by=by,
    )
    waiting = Task.objects.outstanding().of_step(REVIEW_POINT).filter(record_id=assessment.pk)
    for task in waiting:
        casework.complete(task, outcome="reviewed", on=held_on, late_reason=late_reason, by=by)
    assessment.internal_review_on = held_on
    assessment.save(update_fields=["internal_review_on"])
    trail.record(f"Reviewed: {assessment}", review, by=by)
    return review


@transaction.atomic
def cancel_assessment(*, assessment: Assessment, reason: str, on: date, by: User) -> None:
    """End an assessment that should not go on, with the reason. What was written is kept."""
    assessment = take_being_written(assessment)
    if not reason:
        raise CannotDo("Say why this assessment is not to go on")
    casework.cancel(task_of(assessment), reason=reason, by=by)
    end_review(assessment, "The assessment was cancelled", by)
    for part in assessment.children.select_related("child"):
        end_being_assessed(part.child, on, by)
    assessment.cancelled_on, assessment.cancelled_by = on, by
    assessment.cancelled_reason = reason
    assessment.save(update_fields=["cancelled_on", "cancelled_by", "cancelled_reason"])
    tell_cancelled(assessment, by)
    trail.record(f"Cancelled: {assessment}", assessment, by=by, reason=reason)


@transaction.atomic
def make_family_copy(*, assessment: Assessment, reader_name: str, on: date, by: User) -> None:
    """Note that somebody in the family was made a copy of an authorised assessment."""
    if assessment.state != State.AUTHORISED:
        raise CannotDo("This has not been authorised yet")
    tell_copied(assessment, reader_name, on, by)
    trail.record(f"Made a copy for the family: {assessment}", assessment, by=by)


@transaction.atomic
def add_to_assessment(*, assessment: Assessment, text: str, by: User) -> Addendum:
    """Add a dated correction or new fact to an authorised assessment, which does not change."""
    assessment = take(assessment)
    if assessment.state != State.AUTHORISED:
        raise CannotDo("This has not been authorised, so change it instead")
    if not text:
        raise CannotDo("Write what is to be added")
    added = Addendum.objects.create(
        assessment=assessment, about=assessment.about, text=text, recorded_by=by
    )
    trail.record(f"Added to: {assessment}", added, by=by)
    return added
