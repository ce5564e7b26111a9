"""To whom a referral can be given: teams that take cases, and the registered workers in them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from hearth.accounts.models import User
from hearth.accounts.roles import QUALIFIED
from hearth.casework.allocating import Candidate, candidate
from hearth.casework.models import Allocation, AllocationRole, Episode
from hearth.people.models import Person
from hearth.workforce.models import Registration, Staff, Team, TeamKind, TeamMembership

# A choice of who is given a case: the team, and perhaps a worker in it.
Given = tuple[Team, User | None]

TAKES_REFERRALS = (
    TeamKind.ASSESSMENT,
    TeamKind.FAMILY_SUPPORT,
    TeamKind.DISABILITY,
    TeamKind.LOOKED_AFTER,
    TeamKind.LEAVING_CARE,
)


def givable(day: date) -> dict[str, tuple[str, Given]]:
    """Each team that could have it, then each of its registered workers, with what they carry.

    One query. A team nobody works in is not among them, so nothing is sent where nobody looks.
    """
    found: dict[str, tuple[str, Given]] = {}
    for membership in _memberships(day):
        team, user = membership.team, membership.staff.user
        found.setdefault(f"team-{team.pk}", (f"{team}: its manager to allocate", (team, None)))
        if user.has_role(*QUALIFIED) and getattr(membership, "is_registered", False):
            carries = getattr(membership, "carries", 0)
            said = f"{user}, {team} ({carries} {'child' if carries == 1 else 'children'})"
            found[f"worker-{user.pk}-{team.pk}"] = (said, (team, user))
    return found


def _memberships(day: date) -> Sequence[TeamMembership]:
    teams = Team.objects.open_on(day).filter(kind__in=TAKES_REFERRALS)
    registered = Registration.objects.filter(
        staff=OuterRef("staff"), started_on__lte=day, expires_on__gt=day
    )
    carried = (
        Allocation.objects.current()
        .filter(worker=OuterRef("staff__user"), role=AllocationRole.LEAD)
        .order_by()
        .values("worker")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return list(
        TeamMembership.objects.on(day)
        .filter(team__in=teams, staff__in=Staff.objects.employed_on(day))
        .filter(staff__user__is_active=True)
        .select_related("team", "staff__user")
        .annotate(
            is_registered=Exists(registered),
            carries=Coalesce(Subquery(carried, output_field=IntegerField()), 0),
        )
        .order_by("team__name", F("carries"), "staff__user__first_name", "pk")
    )


def weighed(given: Given | None, children: Sequence[Person], *, today: date) -> Candidate | None:
    """The chosen worker, weighed up as if they had these children; None when none is chosen."""
    team, worker = given or (None, None)
    if team is None or worker is None:
        return None
    episodes = [Episode(child=child, started_on=today) for child in children]
    return candidate(
        worker, team=team, episodes=episodes, part=AllocationRole.LEAD, on=today, today=today
    )
