"""What every action here begins with: the assessment, locked, and still in the right state."""

from datetime import date

from django.utils import timezone

from hearth.accounts.models import User
from hearth.assessments.models import Assessment, State
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.workforce.models import Staff, Team
from hearth.workforce.rules import teams_of


def take(assessment: Assessment) -> Assessment:
    """This assessment, locked until the end of the transaction."""
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("task")
        .get(pk=assessment.pk)
    )


def take_being_written(assessment: Assessment) -> Assessment:
    """This assessment, locked, and refused unless it may still be changed."""
    taken = take(assessment)
    if taken.state == State.SUBMITTED:
        raise CannotDo("This is with a manager. It can be changed if they return it")
    if taken.state == State.AUTHORISED:
        raise CannotDo("This has been authorised, so it no longer changes. Add to it instead")
    if taken.state == State.CANCELLED:
        raise CannotDo("This was cancelled")
    return taken


def task_of(assessment: Assessment) -> Task:
    """The task an assessment completes. One brought in from a return has none, and is finished."""
    if assessment.task is None:
        raise CannotDo("This assessment was brought in from a return, so it cannot be changed here")
    return assessment.task


def children_of(assessment: Assessment) -> list[Person]:
    """The children an assessment is about, in the order of the family."""
    return [part.child for part in assessment.children.select_related("child")]


def team_of(task: Task, by: User, *, on: date) -> Team:
    """The team whose work this is: the task's, the worker's, or else the team of whoever decides.

    A team with nobody left in it takes no new work.
    """
    teams = [*filter(None, [task.team]), *teams_of(task.worker or by, on=on), *teams_of(by, on=on)]
    for team in teams:
        if Staff.objects.in_team_on(team, timezone.localdate()).exists():
            return team
    raise CannotDo(f"{task.worker or by} is in no team. Ask for the task to be given to one")
