"""What the desk's pages are made of."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS
from hearth.casework.models import Task
from hearth.desk.work import (
    Band,
    Line,
    bands,
    lines_of,
    to_sign_off,
    waiting_for,
    waiting_for_team,
)
from hearth.workforce.models import Team
from hearth.workforce.rules import teams_managed_by, teams_of


@dataclass(frozen=True, slots=True)
class Carrying:
    """One worker of a team, and how much waits for them."""

    worker: User
    waiting: int
    overdue: int


@dataclass(frozen=True, slots=True)
class TeamWork:
    """A team's work: what waits, and who carries it."""

    team: Team
    today: date
    title: str
    bands: list[Band]
    carrying: list[Carrying]


@dataclass(frozen=True, slots=True)
class Desk:
    """A worker's desk."""

    worker: User
    today: date
    bands: list[Band]
    sign_offs: list[Line]
    teams: list[Team]
    manages: bool


def desk_of(worker: User, *, today: date) -> Desk:
    """A worker's desk; a manager's has their teams' unclaimed and unsigned work as well."""
    manages = worker.has_role(*MANAGERS)
    teams = teams_managed_by(worker, on=today) if manages else teams_of(worker, on=today)
    waiting = Task.objects.outstanding().filter(Q(worker=worker) | Q(worker=None, team__in=teams))
    sign_offs = lines_of(to_sign_off(worker, teams).order_by("done_at")[:50]) if manages else []
    return Desk(worker, today, bands(waiting, today=today), sign_offs, teams, manages)


def work_of(worker: User, *, today: date) -> TeamWork | dict[str, object]:
    """All that waits for one worker."""
    return {
        "today": today,
        "title": "Your work",
        "bands": bands(waiting_for(worker), today=today),
        "carrying": [],
    }


def work_of_team(team: Team, *, today: date) -> TeamWork:
    """All that waits for a team, and who carries what."""
    waiting = waiting_for_team(team)
    return TeamWork(
        team, today, f"Work of {team}", bands(waiting, today=today), carried(waiting, today)
    )


def carried(waiting: object, today: date) -> list[Carrying]:
    """How much waits for each worker of a team, the most overdue first."""
    counted = (
        Task.objects.filter(pk__in=waiting.values("pk"))  # type: ignore[attr-defined]
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
