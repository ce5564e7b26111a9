"""Handing a family to a service whose own steps are not in Hearth yet."""

from datetime import datetime

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions import complete, take_task
from hearth.casework.models import Task
from hearth.front_door import policies, process
from hearth.front_door.actions import checks
from hearth.front_door.models import StepNote
from hearth.lib.errors import CannotDo

# The steps handed over by name: a strategy discussion is protection's own, on this room's floor.
HANDED_OVER = (process.EARLY_HELP.key,)


@transaction.atomic
def hand_over(
    *, task: Task, taken_up: str, late_reason: str = "", at: datetime, by: User
) -> StepNote:
    """Record who took a family up, when, and what they will do."""
    if task.step_key not in HANDED_OVER:
        raise CannotDo("This is not handed over here")
    task = take_task(task)
    checks.allowed(policies.hand_over, by, task)
    note = StepNote.objects.create(
        task=task,
        about=task.about,
        text=checks.words(
            taken_up, "Your answer", needed="Say who took this up, and what they will do"
        ),
        written_at=checks.past(at, "The time it was taken up"),
        written_by=by,
    )
    complete(task, outcome="taken_up", on=checks.day_of(at), by=by, late_reason=late_reason)
    trail.record(f"Handed over: {task.step.name}", note, by=by)
    return note
