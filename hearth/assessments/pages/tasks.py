"""A task that asks for an assessment, or for what follows one, as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.assessments import policies
from hearth.assessments.models import Assessment
from hearth.casework.models import Allocation, Task
from hearth.people.models import Person
from hearth.workforce.rules import why_not_registered


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task, whom it is about, and whether this worker may begin it."""

    task: Task
    today: date
    children: Sequence[Person]
    assessment: Assessment | None
    refusals: Sequence[str]
    directions: Sequence[str]

    @property
    def may_start(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.refusals


def task_page(task: Task, worker: User, *, today: date) -> TaskPage:
    """The page of one task, for one worker."""
    refusals = policies.start_assessment.refusals(worker, task)
    if not refusals and (why := why_not_registered(worker, on=today)):
        refusals = [why]
    return TaskPage(
        task=task,
        today=today,
        children=list(Person.objects.filter(pk__in=task.about).order_by("born_on", "pk")),
        assessment=Assessment.objects.filter(task=task).first(),
        refusals=refusals,
        directions=_directions(task, today),
    )


def _directions(task: Task, today: date) -> list[str]:
    """What the manager who allocated the children asked of their worker."""
    leading = Allocation.objects.on(today).leading().filter(child__in=task.about)
    said = leading.exclude(direction="").order_by("-started_on", "-pk")
    return list(dict.fromkeys(said.values_list("direction", flat=True)))
