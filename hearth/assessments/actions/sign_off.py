"""Sending an assessment to a manager, agreeing it, and returning it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.assessments.actions.after import follow
from hearth.assessments.actions.taking import take, take_being_written, task_of
from hearth.assessments.actions.telling import tell_authorised
from hearth.assessments.models import Assessment, AssessmentChild, State
from hearth.assessments.reading import Reading, read
from hearth.assessments.rules import Caution, cautions, gaps
from hearth.assessments.snapshot import contents
from hearth.casework import actions as casework
from hearth.casework.models import Submission
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.records.actions import record_oversight
from hearth.records.rules import moment_on
from hearth.workforce.rules import why_not_registered

# The children's outcomes may differ, so the task keeps that and each part keeps its own.
BY_CHILD = "by_child"


@transaction.atomic
def submit_assessment(
    *,
    assessment: Assessment,
    on: date,
    late_reason: str = "",
    cautions_answer: str = "",
    by: User,
) -> Submission:
    """Send a whole assessment to a manager, kept as it was sent.

    Refused while any child lacks what is required, by anybody but a social worker registered on
    the day, and when late without a reason (Working Together 2023, chapter 3).
    """
    assessment = take_being_written(assessment)
    reading = read(assessment, writer=by)
    if lacking := gaps(reading.facts):
        raise CannotDo(f"{lacking[0].words}. {_and_more(len(lacking) - 1)}")
    noticed = cautions(reading.facts)
    if noticed and not cautions_answer:
        raise CannotDo("Say what you make of the points listed, or change the assessment")
    submission = casework.submit(
        task_of(assessment),
        outcome=BY_CHILD,
        on=on,
        content=_content(reading, noticed, cautions_answer),
        late_reason=late_reason,
        by=by,
    )
    assessment.submitted_on, assessment.submitted_by = on, by
    assessment.save(update_fields=["submitted_on", "submitted_by"])
    trail.record(f"Sent to a manager: {assessment}", assessment, by=by)
    return submission


@transaction.atomic
def authorise_assessment(
    *,
    assessment: Assessment,
    rationale: str,
    not_seen: Mapping[int, str] | None = None,
    on: date,
    by: User,
) -> None:
    """Agree an assessment, with the reason, and do what each child's outcome asks.

    By a registered manager who had no part in it. A child nobody has seen stands in the way until
    the manager gives a coded reason (Wandsworth 2011: children are always seen).
    """
    assessment = _take_submitted(assessment)
    if why := why_not_registered(by, on=on):
        raise CannotDo(why)
    if assessment.submitted_on and on < assessment.submitted_on:
        raise CannotDo(f"This was sent to you on {in_words(assessment.submitted_on)}")
    if not rationale:
        raise CannotDo("Say why you agree this assessment")
    reading = read(assessment)
    assessment = reading.assessment
    _accept_unseen(reading, not_seen or {}, by)
    task = task_of(assessment)
    casework.sign_off(task, comments=rationale, by=by)
    assessment.authorised_on, assessment.authorised_by = on, by
    assessment.save(update_fields=["authorised_on", "authorised_by"])
    record_oversight(
        children=reading.children,
        text=rationale,
        oversight_point="sign_off",
        happened_at=moment_on(on, now=timezone.now()),
        decision=True,
        by=by,
    )
    follow(assessment, task, on=on, by=by)
    tell_authorised(reading, by)
    trail.record(f"Authorised: {assessment}", assessment, by=by)


@transaction.atomic
def return_assessment(*, assessment: Assessment, comments: str, by: User) -> None:
    """Send an assessment back to whoever wrote it, saying what must change. Both are kept."""
    assessment = _take_submitted(assessment)
    casework.return_work(task_of(assessment), comments=comments, by=by)
    assessment.submitted_on = assessment.submitted_by = None
    assessment.save(update_fields=["submitted_on", "submitted_by"])
    trail.record(f"Returned: {assessment}", assessment, by=by)


def _take_submitted(assessment: Assessment) -> Assessment:
    taken = take(assessment)
    if taken.state != State.SUBMITTED:
        raise CannotDo("This is not waiting to be authorised: someone may have decided already")
    return taken


def _accept_unseen(reading: Reading, reasons: Mapping[int, str], by: User) -> None:
    for child in reading.facts.children:
        if child.was_seen or child.is_unborn:
            continue
        code = reasons.get(child.pk, "")
        if not code:
            raise CannotDo(f"{child.name} has not been seen. Give your reason for accepting that")
        if why := code_set("child_not_seen_reason").why_not_valid(code):
            raise CannotDo(why)
        _accept(reading.part_of(child.pk), code, by)


def _accept(part: AssessmentChild, code: str, by: User) -> None:
    part.not_seen_reason = code
    part.not_seen_agreed_at, part.not_seen_agreed_by = timezone.now(), by
    part.save(update_fields=["not_seen_reason", "not_seen_agreed_at", "not_seen_agreed_by"])


def _content(reading: Reading, noticed: list[Caution], answer: str) -> dict[str, object]:
    return {
        "sections": contents(reading),
        "cautions": [{"words": caution.words, "why": caution.why} for caution in noticed],
        "cautions_answer": answer,
    }


def _and_more(others: int) -> str:
    if not others:
        return "Nothing else is missing"
    return f"{others} more {'thing is' if others == 1 else 'things are'} missing"
