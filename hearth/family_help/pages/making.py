"""From the task of making a plan to the plan itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.family_help import policies
from hearth.people.models import Person
from hearth.plans.models import Plan


@dataclass(frozen=True, slots=True)
class AboutTask:
    """A task that asks for a plan, and the plan if one is being written."""

    task: Task
    children: Sequence[Person]
    plan: Plan | None
    refusals: Sequence[str]
    today: date


def about_task(task: Task, worker: User, *, today: date) -> AboutTask:
    """What a plan is asked for, and for whom."""
    plan = Plan.objects.filter(task=task).first()
    children = list(Person.objects.filter(pk__in=task.about).order_by("born_on", "pk"))
    refusals = policies.begin_plan.refusals(worker, task)
    return AboutTask(task, children, plan, refusals, today)
