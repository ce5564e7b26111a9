"""One page of whose supervision is overdue or unrecorded; and one of cases not discussed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.casework.models.local import local_rules
from hearth.supervision.pages.cases import Case, cases_of
from hearth.supervision.pages.standing import (
    SEE_ALL,
    Standing,
    members_of,
    seen_by,
    standings,
    with_teams,
)
from hearth.workforce.models import Team
from hearth.workforce.rules import teams_managed_by

SHOWS = {
    "overdue": "Overdue",
    "unrecorded": "Held, not recorded",
    "unsigned": "Not signed by the worker",
    "all": "Everybody",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One worker's supervision as the list shows it."""

    standing: Standing
    states: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Overview:
    """How supervision stands for all whom a manager answers for."""

    today: date
    show: str
    title: str
    lines: list[Line]
    counts: list[tuple[str, str, int]]
    everybody: int
    in_time: int
    team: Team | None


def overview(worker: User, chosen: dict[str, Any], *, today: date) -> Overview:
    """How supervision stands, narrowed as asked; what needs a manager first."""
    staff, team = seen_by(worker, today=today), chosen.get("team")
    if team is not None:
        staff = staff.filter(pk__in=members_of(team, today=today).values("pk"))
    found = with_teams(standings(staff), today=today)
    needs = [(one, one.needs(today)) for one in found]
    counts = [(key, name, sum(key in n for _, n in needs)) for key, name in SHOWS.items()]
    show = chosen.get("show") or next((key for key, _, n in counts if n), "all")
    return Overview(
        today=today,
        show=show,
        title=SHOWS[show],
        lines=[Line(one, one.states(today)) for one, n in needs if show in n],
        counts=counts,
        everybody=len(found),
        in_time=sum("overdue" not in n for _, n in needs),
        team=team,
    )


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of a team, and which of them have waited too long."""

    today: date
    team: Team
    weeks: int | None
    shown: list[Case]
    total: int
    late: int
    unseen: int


def teams_seen(worker: User, *, today: date) -> list[Team]:
    """The teams whose cases this worker may ask after."""
    if worker.has_role(*SEE_ALL):
        return list(Team.objects.open_on(today))
    return teams_managed_by(worker, on=today)


def undiscussed(team: Team, *, weeks: int | None, unseen: bool, today: date) -> Cases:
    """A team's cases not discussed in time, or for so many weeks; or with no oversight since."""
    workers = members_of(team, today=today).values_list("user_id", flat=True)
    found = cases_of(list(workers), today=today)
    late = [case for case in found if case.is_late(today)]
    lacking = [case for case in found if case.lacks_oversight(today)]
    shown = late if weeks is None else [case for case in found if case.weeks(today) >= weeks]
    return Cases(
        today, team, weeks, lacking if unseen else shown, len(found), len(late), len(lacking)
    )


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """How a team's supervision and oversight stand: each a number with its list."""

    team: Team
    people: int
    in_time: int
    unrecorded: int
    cases: int
    late: int
    unseen: int


def figures_of(team: Team, worker: User, *, today: date) -> TeamFigures:
    """A team in six numbers; whoever looks is not counted, since they are not on their own list."""
    local = local_rules()
    everybody = standings(members_of(team, today=today), local=local)
    found = [one for one in everybody if one.staff.user_id != worker.pk]
    cases = cases_of([one.staff.user_id for one in everybody], today=today, local=local)
    return TeamFigures(
        team,
        len(found),
        sum(not one.is_overdue(today) for one in found),
        sum(bool(one.unrecorded) for one in found),
        len(cases),
        sum(case.is_late(today) for case in cases),
        sum(case.lacks_oversight(today) for case in cases),
    )
