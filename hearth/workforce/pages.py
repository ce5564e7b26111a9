"""What the pages of staff and teams are made of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from hearth.accounts.models import User
from hearth.accounts.roles import RECORD_READERS, Role
from hearth.lib.panels import Panel, StaffLink, staff_links, team_panels
from hearth.workforce import policies
from hearth.workforce.leaving import Holding, held_by
from hearth.workforce.models import (
    Employment,
    Registration,
    Staff,
    Team,
    TeamMembership,
    TeamName,
)

SOON = timedelta(days=90)
QUALIFIED_ROLES = (Role.SOCIAL_WORKER, Role.SENIOR_SOCIAL_WORKER, Role.TEAM_MANAGER)


def staff_found(chosen: dict[str, Any], *, today: date) -> QuerySet[Staff]:
    """The staff asked for, by name."""
    found = Staff.objects.select_related("user").order_by(
        "user__first_name", "user__last_name", "pk"
    )
    if chosen.get("left"):
        found = found.filter(ended_on__lte=today)
    else:
        found = found.filter(Q(ended_on=None) | Q(ended_on__gt=today))
    for word in (chosen.get("name") or "").split():
        found = found.filter(
            Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
        )
    if role := chosen.get("role"):
        found = found.filter(user__roles__contains=[role])
    if team := chosen.get("team"):
        held = TeamMembership.objects.filter(staff=OuterRef("pk"), team=team)
        found = found.filter(Exists(held if chosen.get("left") else held.on(today)))
    return found


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One member of staff in a list."""

    staff: Staff
    teams: list[str]
    tag: tuple[str, str] | None
    manages: bool = False


def as_lines(staff: Sequence[Staff], *, today: date, team: Team | None = None) -> list[StaffLine]:
    """Those members of staff with their teams and whether they are registered. Two queries.

    With a team, each says whether they manage that one.
    """
    teams: dict[int, list[str]] = {}
    managing: set[int] = set()
    for member in TeamMembership.objects.on(today).filter(staff__in=staff).select_related("team"):
        words = f"{member.team} (manager)" if member.manages else str(member.team)
        teams.setdefault(member.staff_id, []).append(words)
        if member.manages and team is not None and member.team_id == team.pk:
            managing.add(member.staff_id)
    ends = dict(
        Registration.objects.filter(staff__in=staff, started_on__lte=today)
        .values("staff_id")
        .annotate(last=Max("expires_on"))
        .values_list("staff_id", "last")
    )
    return [
        StaffLine(
            s,
            teams.get(s.pk, []),
            registration_tag(s, ends.get(s.pk), today=today),
            s.pk in managing,
        )
        for s in staff
    ]


def registration_tag(
    staff: Staff, expires_on: date | None, *, today: date
) -> tuple[str, str] | None:
    """How somebody's registration stands, in words and colour; None where none is asked for."""
    if staff.ended_on is not None and staff.ended_on <= today:
        return ("Left", "grey")
    if expires_on is None:
        asked = staff.user.has_role(*QUALIFIED_ROLES)
        return ("Not registered", "red") if asked else None
    days = (expires_on - today).days
    if days <= 0:
        return ("Registration has run out", "red")
    if days <= SOON.days:
        return (f"{days} day{'' if days == 1 else 's'} of registration left", "yellow")
    return ("Registered", "green")


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Who somebody is at work."""

    staff: Staff
    today: date
    memberships: list[TeamMembership]
    registrations: list[Registration]
    tag: tuple[str, str] | None
    roles_before: list[tuple[date, str]]
    may: dict[str, bool]
    links: list[StaffLink]
    is_self: bool


def staff_page(staff: Staff, worker: User, *, today: date) -> StaffPage:
    """Somebody's work: teams, registrations and roles, now and before."""
    registrations = list(staff.registrations.order_by("-expires_on"))
    begun = [r.expires_on for r in registrations if r.started_on <= today]
    return StaffPage(
        staff=staff,
        today=today,
        memberships=list(staff.memberships.select_related("team").order_by("-started_on", "-pk")),
        registrations=registrations,
        tag=registration_tag(staff, max(begun, default=None), today=today),
        roles_before=roles_before(staff.user),
        may={
            "change": policies.change_staff.allows(worker, staff),
            "move": policies.move_team.allows(worker, staff),
            "register": policies.add_registration.allows(worker, staff),
            "leave": policies.leave.allows(worker, staff),
            "roles": worker.has_role(Role.ADMINISTRATOR),
        },
        links=staff_links(worker, staff),
        is_self=staff.user_id == worker.pk,
    )


def roles_before(user: User) -> list[tuple[date, str]]:
    """The roles somebody held before, with the day each ended, from the account's own history."""
    found: list[tuple[date, str]] = []
    now = user.role_names
    for version in user.events.order_by("-pgh_id"):  # type: ignore[attr-defined]
        held = ", ".join(Role(role).label for role in version.roles)
        if held != now:
            found.append((version.pgh_created_at.date(), held))
            now = held
    return found


@dataclass(frozen=True, slots=True)
class LeavingPage:
    """What somebody still has, before they may leave."""

    staff: Staff
    held: Holding
    shows_children: bool


def leaving_page(staff: Staff, worker: User) -> LeavingPage:
    """Somebody's open work; an administrator is told how much, not of which child."""
    return LeavingPage(staff, held_by(staff.user, worker=worker), worker.has_role(*RECORD_READERS))


def running_out(*, today: date) -> list[tuple[Staff, date | None, tuple[str, str]]]:
    """Everybody who needs a registration and has none, or one that ends within 90 days."""
    staff = (
        Staff.objects.employed_on(today)
        .filter(
            Q(user__roles__overlap=[role.value for role in QUALIFIED_ROLES])
            | Exists(Registration.objects.filter(staff=OuterRef("pk")))
        )
        .select_related("user")
    )
    held = Registration.objects.filter(staff__in=staff).values("staff_id")
    ends = dict(held.annotate(last=Max("expires_on")).values_list("staff_id", "last"))
    lines = [(s, ends.get(s.pk), registration_tag(s, ends.get(s.pk), today=today)) for s in staff]
    wanting = [(s, last, tag) for s, last, tag in lines if tag and tag[1] in {"red", "yellow"}]
    return sorted(wanting, key=lambda line: (line[1] or date.min, str(line[0])))


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in a list."""

    team: Team
    managers: list[str]
    members: int


def team_lines(*, today: date, closed: bool = False) -> list[TeamLine]:
    """The teams with who manages them and how many work in each. Two queries."""
    teams = Team.objects.filter(closed_on__lte=today) if closed else Team.objects.open_on(today)
    members: dict[int, list[TeamMembership]] = {}
    for member in TeamMembership.objects.on(today).select_related("staff__user"):
        members.setdefault(member.team_id, []).append(member)
    return [
        TeamLine(
            team,
            [str(m.staff) for m in members.get(team.pk, []) if m.manages],
            len(members.get(team.pk, [])),
        )
        for team in teams
    ]


@dataclass(frozen=True, slots=True)
class Staffing:
    """A team's posts: filled by whom, and vacant."""

    posts: Decimal
    permanent: Decimal
    agency: Decimal
    vacant: Decimal


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team, who is in it, who was, and what it was called."""

    team: Team
    today: date
    members: list[StaffLine]
    former: list[TeamMembership]
    names: list[TeamName]
    staffing: Staffing | None
    by_employment: list[tuple[str, int]]
    may_change: bool
    may_see_caseload: bool
    panels: list[Panel]


def team_page(team: Team, worker: User, *, today: date) -> TeamPage:
    """A team as it is and as it was."""
    now = list(
        TeamMembership.objects.on(today)
        .filter(team=team)
        .select_related("staff__user")
        .order_by("-manages", "staff__user__first_name")
    )
    staff = [member.staff for member in now]
    counted = Counter(member.employment for member in staff)
    return TeamPage(
        team=team,
        today=today,
        members=as_lines(staff, today=today, team=team),
        former=list(
            TeamMembership.objects.filter(team=team, ended_on__lte=today)
            .select_related("staff__user")
            .order_by("-ended_on", "-pk")[:30]
        ),
        names=list(team.names.order_by("-started_on")),
        staffing=staffing_of(team, staff, today=today),
        by_employment=[(Employment(kind).label, n) for kind, n in counted.most_common()],
        may_change=policies.change_team.allows(worker, team),
        may_see_caseload=worker.has_role(
            Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.DIRECTOR, Role.SENIOR_SOCIAL_WORKER
        ),
        panels=team_panels(worker, team, today),
    )


def staffing_of(team: Team, staff: Sequence[Staff], *, today: date) -> Staffing | None:
    """Permanent, agency and vacant posts; None where nobody said how many there should be."""
    row = team.posts.filter(started_on__lte=today).order_by("-started_on").first()
    if row is None:
        return None
    shares: dict[bool, Decimal] = {True: Decimal(0), False: Decimal(0)}
    for member in staff:
        if member.employment != Employment.STUDENT:
            shares[member.employment == Employment.AGENCY] += member.working_share
    vacant = max(row.posts - shares[True] - shares[False], Decimal(0))
    return Staffing(row.posts, shares[False], shares[True], vacant)


def known_of(team: Team) -> dict[str, Any]:
    """What the form of a team starts with."""
    posts = team.posts.order_by("-started_on").first()
    said = {name: getattr(team, name) for name in ("kind", "service", "caseload_limit")}
    return {**said, "posts": posts.posts if posts else None}
