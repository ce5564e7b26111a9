"""To whom a contact goes: which team screens it, and which manager decides it."""

from datetime import date

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS
from hearth.lib.errors import CannotDo
from hearth.workforce.models import Registration, Staff, Team, TeamKind, TeamMembership


def front_door_team(worker: User, *, on: date) -> Team:
    """The front-door team a worker is in, or else the first that has anybody in it."""
    teams = list(Team.objects.open_on(on).filter(kind=TeamKind.FRONT_DOOR).order_by("pk"))
    staffed = [team for team in teams if Staff.objects.in_team_on(team, on).exists()]
    own = [team for team in staffed if _is_in(worker, team, on)]
    if not staffed:
        raise CannotDo("No front-door team has anybody in it today, so nobody would screen this")
    return (own or staffed)[0]


def decision_makers(team: Team, *, on: date, but_not: set[int | None]) -> list[User]:
    """Registered managers who could decide a team's contacts: its own first, then the others'."""
    registered = Registration.objects.filter(started_on__lte=on, expires_on__gt=on)
    memberships = (
        TeamMembership.objects.on(on)
        .filter(manages=True, team__kind=TeamKind.FRONT_DOOR)
        .filter(staff__in=Staff.objects.employed_on(on), staff__user__is_active=True)
        .filter(staff__in=registered.values("staff"))
        .select_related("staff__user")
    )
    found = sorted(memberships, key=lambda m: (m.team_id != team.pk, m.pk))
    users = dict.fromkeys(membership.staff.user for membership in found)
    return [user for user in users if user.pk not in but_not and user.has_role(*MANAGERS)]


def _is_in(worker: User, team: Team, on: date) -> bool:
    return TeamMembership.objects.on(on).filter(staff__user=worker, team=team).exists()
