"""What workers and teams carry, against their limits, and how it has gone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hearth.casework.caseload import (
    ASYE,
    PART_WEIGHTS,
    SIBLING,
    STATUS_WEIGHTS,
    Case,
    Caseload,
    Weight,
    carried,
    limit_of,
    months_back,
    weight_of,
)
from hearth.people.models import Person
from hearth.workforce.models import Staff, Team
from hearth.workforce.rules import teams_of

MONTHS = 12
NOTHING = Caseload()
ALL_WEIGHTS = (*STATUS_WEIGHTS.values(), *PART_WEIGHTS.values(), SIBLING, ASYE)


@dataclass(frozen=True, slots=True)
class Carried:
    """One worker's load beside their limit."""

    staff: Staff
    load: Caseload
    limit: Decimal
    is_asye: bool

    @property
    def is_over(self) -> bool:
        """Whether it is more than the limit."""
        return self.load.over(self.limit)

    @property
    def states(self) -> list[tuple[str, str]]:
        """What to say of it, each with its colour."""
        said = []
        if self.is_over:
            said.append(("Over the limit", "red"))
        if self.is_asye:
            said.append(("First year", "blue"))
        return said


@dataclass(frozen=True, slots=True)
class TeamCarrying:
    """What each of a team carries, and how the whole has gone."""

    team: Team
    today: date
    rows: list[Carried]
    trend: list[tuple[date, Caseload]]

    @property
    def children(self) -> int:
        """How many children, counted once for each worker who has them."""
        return sum(row.load.children for row in self.rows)

    @property
    def over(self) -> int:
        """How many workers carry more than their limit."""
        return sum(row.is_over for row in self.rows)


def team_carrying(team: Team, *, today: date) -> TeamCarrying:
    """What each of a team carries, the fullest first. As many queries for forty as for one."""
    staff = list(Staff.objects.in_team_on(team, today).select_related("user"))
    days = months_back(today, MONTHS)
    year = carried([member.user_id for member in staff], since=days[0], until=today)
    loads = year.loads(today)
    rows = [
        Carried(
            member,
            loads.get(member.user_id, NOTHING),
            limit_of(
                team.caseload_limit, asye=member.is_asye_on(today), share=member.working_share
            ),
            member.is_asye_on(today),
        )
        for member in staff
    ]
    rows = [row for row in rows if row.load.children or row.staff.user.has_role(*CARRYING)]
    rows.sort(key=lambda row: (row.limit - row.load.weighted, str(row.staff)))
    return TeamCarrying(team, today, rows, year.trend(days) if rows else [])


CARRYING = ("social_worker", "senior_social_worker", "family_support_worker")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One child a worker has, and what they count for."""

    child: Person
    case: Case
    weight: Weight
    part: str
    family: int


@dataclass(frozen=True, slots=True)
class StaffCarrying:
    """All that one worker carries."""

    staff: Staff
    today: date
    carried: Carried
    lines: list[CaseLine]
    trend: list[tuple[date, Caseload]]


def staff_carrying(staff: Staff, *, today: date) -> StaffCarrying:
    """Every child a worker has, by family, with what each counts for and why."""
    worker, days = staff.user_id, months_back(today, MONTHS)
    year = carried([worker], since=days[0], until=today)
    cases = year.cases(today).get(worker, [])
    people = Person.objects.in_bulk([case.child for case in cases])
    lines = [
        CaseLine(
            people[case.child],
            case,
            weight_of(case),
            PART_WEIGHTS[case.part].name,
            year.families[case.child],
        )
        for case in cases
        if case.child in people
    ]
    lines.sort(key=lambda line: (line.family, -line.weight.weight, line.child.pk))
    load = year.loads(today).get(worker, NOTHING)
    row = Carried(staff, load, limit_for(staff, today), staff.is_asye_on(today))
    return StaffCarrying(staff, today, row, lines, year.trend(days))


def limit_for(staff: Staff, day: date) -> Decimal:
    """The most somebody should carry: by the most generous of their teams."""
    most = max((team.caseload_limit for team in teams_of(staff.user, on=day)), default=0)
    return limit_of(most, asye=staff.is_asye_on(day), share=staff.working_share)


def sibling_note() -> str:
    """How brothers and sisters are counted, for a page to say."""
    return f"{SIBLING.name} counts {SIBLING.weight:f} of its weight: {SIBLING.why.lower()}."
