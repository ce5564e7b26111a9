"""What waits for somebody, grouped by family and ordered by danger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import NoReverseMatch, reverse

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.workforce.models import Team

MOST = 200  # of one list on a page
LONGEST_NUMBER = 7


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

    @property
    def first(self) -> int | None:
        """A child of the family, by whom all of it is opened; None where nobody is named yet."""
        return next((pk for line in self.lines for pk in line.task.about), None)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a long list that is asked for: how many come before it, and how long it is."""

    skipped: int = 0
    most: int = MOST
    # Only its first are shown, unless all of it is asked for; and whether that was asked.
    is_short: bool = False
    is_opened: bool = False


def part_of(key: str, asked: Mapping[str, str] | None, short: Mapping[str, int]) -> Part:
    """The part of a list that an address asks for; `short` has how many stand there unasked."""
    wanted = (asked or {}).get(key)
    if wanted is None and key in short:
        return Part(most=short[key], is_short=True)
    return Part(whole_number(wanted or ""), MOST, is_opened=key in short)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list on a page: which part of it is shown, and of how many."""

    key: str
    part: Part = Part()
    # How many there are, those on other pages among them; and how many of them are here.
    count: int = 0
    shown: int = 0

    @property
    def left_out(self) -> int:
        """How many come after these, because the list is too long for one page."""
        return self.count - self.next_from

    @property
    def next_from(self) -> int:
        """Where the next page of a long list begins."""
        return self.part.skipped + self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Listed):
    """A list of lines of one kind."""

    lines: Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Listed):
    """The tasks of one degree of urgency."""

    title: str
    empty: str
    families: list[Family]


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
        .select_related("done_by")
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


BANDS = {
    "overdue": ("Overdue", "Nothing is overdue."),
    "soon": ("Due today and tomorrow", "Nothing is due today or tomorrow."),
    "coming": ("Coming", "Nothing else is waiting."),
}


def bands(
    tasks: QuerySet[Task],
    *,
    today: date,
    skip: Mapping[str, str] | None = None,
    short: Mapping[str, int] | None = None,
    also: Iterable[Task] = (),
) -> tuple[list[Band], list[Line]]:
    """Tasks by urgency: overdue, due today or tomorrow, and coming; and others, as lines.

    Each band shows its own first tasks, so that a long backlog hides nothing that is due today. It
    counts them all, and `skip` turns its page: how many of a band to pass over, by its key. Until
    it does, no more of a band are shown than `short` has for it. Two queries, however many tasks.
    """
    parts = {key: part_of(key, skip, short or {}) for key in BANDS}
    found: list[Any] = list(_placed(tasks, today, parts))
    others = list(also)
    lines = lines_of([*found, *others])
    shown: dict[str, list[Line]] = {key: [] for key in BANDS}
    for task, line in zip(found, lines, strict=False):
        if task.place > parts[task.band].skipped:
            shown[task.band].append(line)
    count = {task.band: task.band_count for task in found}
    return [
        Band(
            key=key,
            title=title,
            empty=empty,
            families=by_family(shown[key]),
            part=parts[key],
            count=count.get(key, 0),
            shown=len(shown[key]),
        )
        for key, (title, empty) in BANDS.items()
    ], lines[len(found) :]


def _placed(tasks: QuerySet[Task], today: date, parts: Mapping[str, Part]) -> QuerySet[Task]:
    """As many of each band as a page shows, the soonest due first and those with no date last.

    The first of a band comes with them on any page of it, to say how many there are.
    """
    band = Case(
        When(due_on__lt=today, then=Value("overdue")),
        When(due_on__lte=today + timedelta(days=1), then=Value("soon")),
        default=Value("coming"),
    )
    soonest = (F("due_on").asc(nulls_last=True), F("due_at").asc(), F("pk").asc())
    wanted = Q(place=1)
    for key, part in parts.items():
        last = part.skipped + part.most
        wanted |= Q(band=key, place__gt=part.skipped, place__lte=last)
    return (
        tasks.annotate(
            band=band,
            place=Window(RowNumber(), partition_by=F("band"), order_by=soonest),
            band_count=Window(Count("pk"), partition_by=F("band")),
        )
        .filter(wanted)
        .select_related("worker", "team")
        .order_by("band", "place")
    )


def whole_number(text: str) -> int:
    """A number typed in an address; nought for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else 0
