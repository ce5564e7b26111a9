"""What an authorised assessment leads to: each child's next step, closing, and keeping it fresh."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.assessments.actions.taking import team_of
from hearth.assessments.models import (
    CLOSES,
    Assessment,
    AssessmentChild,
    HandOver,
    Outcome,
)
from hearth.assessments.process import HAND_OVERS, REVIEW_POINT, STRATEGY, UPDATE
from hearth.casework import actions as casework
from hearth.casework.models import Involvement, InvolvementKind, Task
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import TIMESCALES, limit_on
from hearth.lib.errors import CannotDo
from hearth.people.models import Person


def follow(assessment: Assessment, task: Task, *, on: date, by: User) -> None:
    """Do what each child's outcome asks, so that no child is left without a next step."""
    end_review(assessment, "The assessment was authorised", by)
    parts = list(assessment.children.select_related("child", "episode"))
    for part in parts:
        end_being_assessed(part.child, on, by)
        if part.outcome in CLOSES and part.episode and part.episode.ended_on is None:
            _close(part, on, by)
    for outcome in Outcome:
        children = [part.child for part in parts if part.outcome == outcome]
        for key in task.step.leads_to.get(outcome, ()) if children else ():
            _open(key, children, task, on, by)
    _keep_fresh(parts, task, on, by)


def end_review(assessment: Assessment, reason: str, by: User) -> None:
    """Take the manager's review off the list where it no longer has anything to look at."""
    waiting = Task.objects.outstanding().of_step(REVIEW_POINT).filter(record_id=assessment.pk)
    for task in waiting:
        casework.cancel(task, reason=reason, by=by)


def end_being_assessed(child: Person, on: date, by: User) -> None:
    """The child is no longer being assessed."""
    standing = Involvement.objects.filter(child=child, ended_on=None)
    for involvement in standing.filter(kind=InvolvementKind.ASSESSMENT):
        casework.end_involvement(involvement=involvement, ended_on=on, by=by)


def _close(part: AssessmentChild, on: date, by: User) -> None:
    assert part.episode is not None  # noqa: S101 - the caller has looked
    casework.close_episode(
        episode=part.episode,
        ended_on=on,
        closure_reason=part.closure_reason,
        closure_summary=part.analysis,
        by=by,
    )


def _open(key: str, children: Sequence[Person], task: Task, on: date, by: User) -> None:
    """The next step: a manager's where it is handed over, the same worker's where it goes on."""
    worker = None if key in (*HAND_OVERS, STRATEGY) else casework.still_here(task.worker)
    casework.open_step(
        key,
        children=children,
        trigger=on,
        record_id=None,
        worker=worker,
        team=team_of(task, by, on=on),
        family=task.family,
        by=by,
    )


def _keep_fresh(parts: Sequence[AssessmentChild], task: Task, on: date, by: User) -> None:
    """An update in 12 months, for the children whose cases stay open."""
    ended = (*CLOSES, Outcome.CORE_ASSESSMENT)
    children = [part.child for part in parts if part.outcome not in ended]
    if children and limit_on(TIMESCALES[UPDATE.key], on, local_rules()):
        _open(UPDATE.key, children, task, on, by)


@transaction.atomic
def decide_update(*, task: Task, needed: bool, reason: str, on: date, by: User) -> None:
    """Decide whether a child whose case has stayed open is assessed again, and why."""
    if task.step_key != UPDATE.key:
        raise CannotDo("This task does not ask that")
    if not reason:
        raise CannotDo("Say why")
    outcome = "needed" if needed else "not_needed"
    casework.complete(task, outcome=outcome, on=on, late_reason=reason, by=by)
    trail.record(f"Decided an update: {outcome}", task, by=by)


@transaction.atomic
def hand_over(
    *,
    task: Task,
    handed_to: str,
    handed_on: date,
    note: str = "",
    late_reason: str = "",
    on: date,
    by: User,
) -> HandOver:
    """Record who has taken on what an assessment decided."""
    if task.step_key not in HAND_OVERS:
        raise CannotDo("This task is not a hand-over")
    if not handed_to:
        raise CannotDo("Say who has taken this on")
    if not task.trigger_on <= handed_on <= on:
        raise CannotDo("Say on what day since the assessment this was handed over")
    casework.complete(task, outcome="handed_over", on=handed_on, late_reason=late_reason, by=by)
    handed = HandOver.objects.create(
        task=task,
        about=task.about,
        handed_on=handed_on,
        handed_to=handed_to,
        note=note,
        recorded_by=by,
    )
    trail.record(f"Handed over: {task.step.name}", handed, by=by)
    return handed
