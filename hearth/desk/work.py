"""What waits for somebody, grouped by family and ordered by danger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.workforce.models import Team

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One task as a list shows it: whose, what, how late, why, and where it is done."""

    task: Task
    names: str
    href: str
    child_href: str


@dataclass(slots=True)
class Family:
    """The tasks that share a child, under the name the list gives the family."""

    name: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Band:
    """The tasks of one degree of urgency."""

    key: str
    title: str
    empty: str
    families: list[Family]

    @property
    def count(self) -> int:
        """How many tasks there are in it."""
        return sum(len(family.lines) for family in self.families)


def waiting_for(worker: User) -> QuerySet[Task]:
    """The tasks that wait for this worker by name."""
    return Task.objects.outstanding().filter(worker=worker)


def waiting_for_team(team: Team) -> QuerySet[Task]:
    """The tasks that wait for a team: nobody's yet, or one of its workers'."""
    return Task.objects.outstanding().filter(team=team)


def to_sign_off(worker: User, teams: Sequence[Team]) -> QuerySet[Task]:
    """Finished work of these teams that waits for this worker to sign it off."""
    return (
        Task.objects.awaiting_sign_off()
        .filter(team__in=teams)
        .exclude(done_by=worker)
        .exclude(worked_by__contains=[worker.pk])
    )


def lines_of(tasks: Iterable[Task], *, page: str | None = None) -> list[Line]:
    """Tasks as lines, with the names of those they are about. One query, however many tasks."""
    tasks = list(tasks)
    ids = {pk for task in tasks for pk in task.about}
    names = {person.pk: person.name for person in Person.objects.filter(pk__in=ids)}
    return [line_of(task, names, page=page) for task in tasks]


def line_of(task: Task, names: Mapping[int, str] | None = None, *, page: str | None = None) -> Line:
    """One task as a line, with the names of those it is about where they are not already said."""
    return Line(
        task,
        ", ".join(names[pk] for pk in task.about if pk in names) if names else "",
        page_of(task, page),
        reverse("desk:child", args=[task.about[0]]) if task.about else "",
    )


def page_of(task: Task, page: str | None = None) -> str:
    """Where a task is done: its step's page for its record, or the task's own page."""
    own = (page, task.record_id) if page else task.page
    for name, pk in filter(None, (own, ("casework:task", task.pk))):
        if pk is not None:
            try:
                return reverse(name, args=[pk])
            except NoReverseMatch:
                continue
    return reverse("desk:child", args=[task.about[0]]) if task.about else ""


def by_family(lines: Iterable[Line]) -> list[Family]:
    """Lines gathered into families: tasks that share a child stand together, in order of danger."""
    families: list[Family] = []
    member: dict[int, Family] = {}
    for line in lines:
        known = next((member[pk] for pk in line.task.about if pk in member), None)
        if known is None:
            known = Family(line.task.family or line.names or "No family named")
            families.append(known)
        known.lines.append(line)
        member.update(dict.fromkeys(line.task.about, known))
    return families


def bands(tasks: QuerySet[Task], *, today: date) -> list[Band]:
    """Tasks by urgency: overdue, due today or tomorrow, and coming."""
    ordered = tasks.order_by("due_on", "due_at", "pk").select_related("worker", "team")[:MOST]
    lines = lines_of(ordered)
    tomorrow = today + timedelta(days=1)
    overdue = [x for x in lines if x.task.due_on and x.task.due_on < today]
    soon = [x for x in lines if x.task.due_on and today <= x.task.due_on <= tomorrow]
    coming = [x for x in lines if x.task.due_on is None or x.task.due_on > tomorrow]
    return [
        Band("overdue", "Overdue", "Nothing is overdue.", by_family(overdue)),
        Band(
            "soon", "Due today and tomorrow", "Nothing is due today or tomorrow.", by_family(soon)
        ),
        Band("coming", "Coming", "Nothing else is waiting.", by_family(coming)),
    ]
