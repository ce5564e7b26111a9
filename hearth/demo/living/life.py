"""What is known of a family while its story is lived: where each record it made is found."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from hearth.accounts.models import User
from hearth.assessments.models import AgencyConsulted, Assessment
from hearth.casework.models import Episode, Task
from hearth.demo.acts import Act
from hearth.demo.families import Household as Invented
from hearth.demo.living.staff import Payroll
from hearth.demo.staff import Worker
from hearth.front_door.models import Contact
from hearth.people.models import Household, Person
from hearth.protection.models import Enquiry, SafetyAgreement

LATE = "The worker was called away to another child that day; done as soon as they were back."


@dataclass(slots=True)
class Life:
    """One family, living through its story."""

    family: Invented
    number: int
    payroll: Payroll
    everyone: list[Person] = field(default_factory=list)
    household: Household | None = None
    contacts: dict[int, Contact] = field(default_factory=dict)
    assessments: dict[int, Assessment] = field(default_factory=dict)
    agencies: dict[tuple[int, str], AgencyConsulted] = field(default_factory=dict)
    enquiries: dict[int, Enquiry] = field(default_factory=dict)
    papers: dict[int, SafetyAgreement] = field(default_factory=dict)
    # Each agency's link to its report, as it was sent to them; kept nowhere else.
    links: dict[int, str] = field(default_factory=dict)

    def user(self, act: Act | Worker) -> User:
        """The account of whoever does something."""
        return self.payroll.user(act.by if isinstance(act, Act) else act)

    @property
    def children(self) -> list[Person]:
        """The children's records."""
        return self.everyone[: len(self.family.children)]

    def some(self, places: Iterable[int]) -> list[Person]:
        """The records of some of the children."""
        return [self.everyone[place] for place in places]

    def adult(self, place: int) -> Person:
        """An adult's record, by their place among the adults."""
        return self.everyone[len(self.family.children) + place]

    def ids(self) -> list[int]:
        """The ids of the children."""
        return [child.pk for child in self.children]

    def open_episodes(self) -> list[Episode]:
        """The children's open episodes."""
        return list(Episode.objects.open().filter(child__in=self.ids()))

    def task(self, step: str, record_id: int | None = None) -> Task:
        """The task of a step that waits for this family, or for one of its records."""
        waiting = Task.objects.outstanding().filter(step_key=step)
        if record_id is not None:
            return waiting.filter(record_id=record_id).get()
        return waiting.filter(children__child__in=self.ids()).distinct().order_by("-pk")[0]


def why_late(task: Task | None, on: date) -> str:
    """Why something is done after the day it was due; nothing when it is not."""
    return LATE if task is not None and task.due_on is not None and on > task.due_on else ""


def day_of(act: Act) -> date:
    """The day of an act, in England."""
    return timezone.localdate(act.at)


def just_before(moment: datetime) -> datetime:
    """The moment itself: what is recorded is never later than when it is recorded."""
    return moment
