"""Starting an assessment from the task that asks for it."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.assessments.actions.taking import team_of
from hearth.assessments.actions.telling import tell_started
from hearth.assessments.models import Assessment, AssessmentChild, AssessmentKind
from hearth.assessments.process import ASSESSMENTS, REVIEW_POINT
from hearth.casework.actions import open_step, start_involvement, take_task, worked_on
from hearth.casework.models import InvolvementKind, Task
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import TIMESCALES, limit_on
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.workforce.rules import why_not_registered


@transaction.atomic
def start_assessment(
    *,
    task: Task,
    started_on: date,
    people_to_see: str = "",
    agencies_to_ask: str = "",
    questions: str = "",
    on: date,
    by: User,
) -> Assessment:
    """Begin an assessment of all the task's children, with its plan, and open what goes with it.

    Only a social worker registered on the day may own one. A manager's review opens beside it.
    """
    task = take_task(task)
    _check(task, started_on, on, by)
    assessment = Assessment.objects.create(
        about=task.about,
        kind=ASSESSMENTS[task.step_key].key.split(".")[1],
        framework=_framework(task),
        trigger_on=task.trigger_on,
        task=task,
        started_on=started_on,
        people_to_see=people_to_see,
        agencies_to_ask=agencies_to_ask,
        questions=questions,
        recorded_by=by,
    )
    _open_parts(assessment, task, by)
    task.record_id = assessment.pk
    task.save(update_fields=["record_id"])
    if assessment.kind == AssessmentKind.SINGLE:
        _open_review(assessment, task, by)
    worked_on(task, by=by)
    tell_started(assessment, by)
    trail.record(f"Started: {assessment}", assessment, by=by)
    return assessment


def _check(task: Task, started_on: date, on: date, by: User) -> None:
    if task.step_key not in ASSESSMENTS:
        raise CannotDo("This task is not an assessment")
    if Assessment.objects.filter(task=task).exists():
        raise CannotDo("This assessment has already been started")
    if why := why_not_registered(by, on=on):
        raise CannotDo(why)
    if started_on > on:
        raise CannotDo("The assessment cannot start in the future")
    if started_on < task.trigger_on:
        raise CannotDo(f"The assessment cannot start before {in_words(task.trigger_on)}")


def _framework(task: Task) -> str:
    """The edition of the guidance in force here on the day of the trigger."""
    limit = limit_on(TIMESCALES[task.step_key], task.trigger_on, local_rules())
    return (limit.framework or "") if limit else ""


def _open_parts(assessment: Assessment, task: Task, by: User) -> None:
    episodes = dict(task.children.values_list("child_id", "episode_id"))
    # Eldest first, as a family would say them; one not yet born comes last.
    children = Person.objects.filter(pk__in=task.about).order_by("born_on", "pk")
    for child in children:
        part = AssessmentChild.objects.create(
            assessment=assessment, child=child, episode_id=episodes.get(child.pk)
        )
        start_involvement(
            child=child,
            kind=InvolvementKind.ASSESSMENT,
            started_on=assessment.started_on,
            episode=part.episode,
            by=by,
        )


def _open_review(assessment: Assessment, task: Task, by: User) -> None:
    review = open_step(
        REVIEW_POINT,
        children=list(Person.objects.filter(pk__in=task.about)),
        trigger=assessment.started_on,
        record_id=assessment.pk,
        team=team_of(task, by, on=assessment.started_on),
        family=task.family,
        by=by,
    )
    assessment.internal_review_on = review.due_on
    assessment.save(update_fields=["internal_review_on"])
