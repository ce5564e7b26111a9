"""What the desk's pages are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from hearth.accounts.models import Notice, User
from hearth.accounts.roles import MANAGERS
from hearth.casework.models import Task
from hearth.desk.policies import team_work
from hearth.desk.work import (
    Band,
    Line,
    bands,
    to_sign_off,
    waiting_for,
    waiting_for_team,
)
from hearth.lib.panels import Panel, desk_panels, team_panels, ways_of
from hearth.people import matching
from hearth.people.matching import Hit
from hearth.people.models import Person
from hearth.people.policies_restriction import break_glass
from hearth.records.drafts import Unfinished, drafts_of
from hearth.records.policies import record_oversight
from hearth.records.search import Found, search
from hearth.workforce.models import Team
from hearth.workforce.rules import teams_managed_by, teams_of

LONGEST = 300
SHOWN = 20
WRITTEN = 10  # notes, visits and documents, below the people


@dataclass(frozen=True, slots=True)
class Carrying:
    """One worker of a team, and how much waits for them."""

    worker: User
    waiting: int
    overdue: int


@dataclass(frozen=True, slots=True)
class TeamWork:
    """A worker's or a team's work: what waits, and for a team who carries it."""

    team: Team | None
    today: date
    title: str
    bands: list[Band]
    carrying: list[Carrying]
    panels: list[Panel]
    may_oversee: bool = False


@dataclass(frozen=True, slots=True)
class Begin:
    """A button on the desk: something this worker may begin."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A worker's desk."""

    worker: User
    today: date
    bands: list[Band]
    sign_offs: list[Line]
    teams: list[Team]
    manages: bool
    drafts: list[Unfinished]
    notices: list[Notice]
    begin: list[Begin]
    panels: list[Panel]


@dataclass(frozen=True, slots=True)
class Result:
    """One person found, with where to open them and what they are to the service."""

    hit: Hit
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was asked for, how it was read, and who was found."""

    asked: str
    today: date
    read_as: list[str]
    results: list[Result]
    more: bool
    may_break_glass: bool
    written: list[Found]


def search_for(asked: str, worker: User, *, today: date) -> SearchPage:
    """The people meant by a search, the likeliest first; nobody when nothing was asked."""
    found = matching.search(asked[:LONGEST], worker, today=today) if asked else None
    if found is None:
        return SearchPage("", today, [], [], more=False, may_break_glass=False, written=[])
    results = [Result(hit, page_of_person(hit.person)) for hit in found.hits]
    return SearchPage(
        asked,
        today,
        found.asked.read_as,
        results,
        found.more,
        may_break_glass=break_glass.allows(worker, None),
        written=search(asked, worker, most=WRITTEN),
    )


def page_of_person(person: Person) -> str:
    """Where somebody is opened: a child's front page, or the page of who they are."""
    if person.is_child_record:
        return reverse("desk:child", args=[person.pk])
    try:
        return reverse("people:person", args=[person.pk])
    except NoReverseMatch:
        return reverse("desk:family", args=[person.pk])


def desk_of(worker: User, *, today: date, skip: Mapping[str, str] | None = None) -> Desk:
    """A worker's desk; a manager's has their teams' unclaimed and unsigned work as well."""
    manages = worker.has_role(*MANAGERS)
    teams = teams_managed_by(worker, on=today) if manages else teams_of(worker, on=today)
    waiting = Task.objects.outstanding().filter(Q(worker=worker) | Q(worker=None, team__in=teams))
    signing = to_sign_off(worker, teams).order_by("done_at")[:50] if manages else ()
    found, sign_offs = bands(waiting, today=today, skip=skip, also=signing)
    return Desk(
        worker,
        today,
        found,
        sign_offs,
        [team for team in teams if team_work.allows(worker, team)],
        manages,
        drafts_of(worker)[:SHOWN],
        list(Notice.objects.visible_to(worker).unread()[:SHOWN]),
        [Begin(way.text, reverse(way.url_name)) for way in ways_of(worker, begins=True)],
        desk_panels(worker, today),
    )


def work_of(worker: User, *, today: date, skip: Mapping[str, str] | None = None) -> TeamWork:
    """All that waits for one worker."""
    found, _ = bands(waiting_for(worker), today=today, skip=skip)
    return TeamWork(None, today, "Your work", found, [], [])


def work_of_team(
    team: Team, worker: User, *, today: date, skip: Mapping[str, str] | None = None
) -> TeamWork:
    """All that waits for a team, and who carries what."""
    waiting = waiting_for_team(team)
    found, _ = bands(waiting, today=today, skip=skip)
    return TeamWork(
        team,
        today,
        f"Work of {team}",
        found,
        carried(waiting, today),
        team_panels(worker, team, today),
        worker.has_role(*record_oversight.roles),
    )


def carried(waiting: QuerySet[Task], today: date) -> list[Carrying]:
    """How much waits for each worker of a team, the most overdue first."""
    counted = (
        Task.objects.filter(pk__in=waiting.values("pk"))
        .exclude(worker=None)
        .values("worker")
        .annotate(waiting=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))
    )
    rows = list(counted)
    workers = User.objects.in_bulk([row["worker"] for row in rows])
    return sorted(
        (Carrying(workers[r["worker"]], r["waiting"], r["overdue"]) for r in rows),
        key=lambda c: (-c.overdue, -c.waiting),
    )
