"""What the desk's pages are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.urls import NoReverseMatch, reverse

from hearth.accounts.models import Notice, User
from hearth.accounts.roles import MANAGERS
from hearth.casework.models import Task
from hearth.desk.policies import team_work
from hearth.desk.work import (
    Band,
    Lines,
    bands,
    part_of,
    to_sign_off,
    waiting_for,
    waiting_for_team,
)
from hearth.lib.panels import Panel, desk_panels, team_panels, ways_of
from hearth.people import matching
from hearth.people.matching import Hit
from hearth.people.models import Person
from hearth.people.policies_restriction import break_glass
from hearth.records.drafts import drafts_of
from hearth.records.policies import record_oversight
from hearth.records.search import Found, search
from hearth.workforce.models import Team
from hearth.workforce.rules import teams_managed_by, teams_of

LONGEST = 300
# So many of each list stand on a desk, until the rest is asked for: it is read on a telephone too.
SHORT = {"overdue": 10, "soon": 10, "coming": 5, "sign_off": 5, "drafts": 5}
TO_READ = 5
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
    sign_offs: Lines
    teams: list[Team]
    manages: bool
    drafts: Lines
    # The newest that are unread, and how many are.
    notices: list[Notice]
    unread: int
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
    signing = _signing(worker, teams, skip) if manages else []
    found, lines = bands(waiting, today=today, skip=skip, short=SHORT, also=signing)
    unread = Notice.objects.visible_to(worker).unread().annotate(many=Window(Count("pk")))
    notices: list[Any] = list(unread[:TO_READ])
    return Desk(
        worker,
        today,
        found,
        _listed("sign_off", lines, signing[0].many if signing else 0, skip),
        [team for team in teams if team_work.allows(worker, team)],
        manages,
        _begun(worker, skip),
        notices,
        notices[0].many if notices else 0,
        [Begin(way.text, reverse(way.url_name)) for way in ways_of(worker, begins=True)],
        desk_panels(worker, today),
    )


def _signing(worker: User, teams: Sequence[Team], skip: Mapping[str, str] | None) -> list[Any]:
    """The finished work shown, the longest done first; each knows how many there are in all."""
    part = part_of("sign_off", skip, SHORT)
    found = to_sign_off(worker, teams).annotate(many=Window(Count("pk"))).order_by("done_at", "pk")
    return list(found[part.skipped : part.skipped + part.most])


def _begun(worker: User, skip: Mapping[str, str] | None) -> Lines:
    part, found = part_of("drafts", skip, SHORT), drafts_of(worker)
    shown = found[part.skipped : part.skipped + part.most]
    return _listed("drafts", shown, len(found), skip)


def _listed(key: str, lines: Sequence[Any], count: int, skip: Mapping[str, str] | None) -> Lines:
    part = part_of(key, skip, SHORT)
    return Lines(key=key, lines=lines, part=part, count=count, shown=len(lines))


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
