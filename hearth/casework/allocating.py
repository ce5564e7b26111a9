"""Who could be given a case: what each would carry then, and what stands in the way, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, PRACTITIONERS
from hearth.casework.caseload import Caseload, caseloads_with, limit_of
from hearth.casework.models import Allocation, AllocationRole, Episode, Involvement, InvolvementKind
from hearth.workforce.models import Registration, Staff, Team
from hearth.workforce.rules import why_not_registered_by

NOTHING = Caseload()
CARRIERS = (*PRACTITIONERS, *MANAGERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody a case might be given to."""

    worker: User
    staff: Staff
    team: Team
    part: str
    in_team: bool = True
    is_here: bool = True
    not_registered: str | None = None
    is_asye: bool = False
    needs_co_worker: bool = False
    now: Caseload = NOTHING
    after: Caseload = NOTHING
    limit: Decimal = Decimal(0)

    @property
    def is_over(self) -> bool:
        """Whether this would take them over their limit."""
        return self.part == AllocationRole.LEAD and self.after.over(self.limit)

    @property
    def refusals(self) -> list[str]:
        """Why they cannot be given it, in words. Empty when they can."""
        return list(_refusals(self))

    @property
    def warning(self) -> str | None:
        """What the manager should weigh before giving it to them."""
        if not self.is_over:
            return None
        year = ", less a tenth in their assessed and supported year" if self.is_asye else ""
        return (
            f"This takes {self.worker} to {self.after.weighted}, "
            f"over the limit of {self.limit}{year}"
        )


def _refusals(candidate: Candidate) -> Iterable[str]:
    name = candidate.worker
    if not candidate.is_here:
        yield f"{name} does not work here on that day"
        return
    if not candidate.in_team:
        yield f"{name} is not in {candidate.team} on that day"
    if not name.has_role(*CARRIERS):
        yield f"{name} does not hold cases: they are {_a(name.role_names.lower() or 'of no role')}"
    if candidate.part == AllocationRole.LEAD and candidate.not_registered:
        yield candidate.not_registered
    if candidate.needs_co_worker:
        yield (
            f"{name} is in their assessed and supported year, so cannot be the only worker of "
            "a child with a protection plan. Give the case an experienced co-worker first"
        )


def _a(words: str) -> str:
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def candidates(
    *, team: Team, episodes: Sequence[Episode], part: str, on: date, today: date
) -> list[Candidate]:
    """Everybody in a team who carries cases, the lightest load first, and who cannot last."""
    staff = (
        Staff.objects.in_team_on(team, on)
        .filter(user__roles__overlap=[role.value for role in CARRIERS])
        .select_related("user")
    )
    found = weigh_up(list(staff), team=team, episodes=episodes, part=part, on=on, today=today)
    return sorted(
        found, key=lambda c: (bool(c.refusals), c.after.weighted - c.limit, str(c.worker))
    )


def candidate(
    worker: User, *, team: Team, episodes: Sequence[Episode], part: str, on: date, today: date
) -> Candidate | None:
    """One worker, weighed up; None for a user who is nobody's member of staff."""
    staff = list(Staff.objects.filter(user=worker).select_related("user"))
    found = weigh_up(staff, team=team, episodes=episodes, part=part, on=on, today=today)
    return found[0] if found else None


def weigh_up(
    staff: Sequence[Staff],
    *,
    team: Team,
    episodes: Sequence[Episode],
    part: str,
    on: date,
    today: date,
) -> list[Candidate]:
    """What each would carry, and what stands in the way. As many queries for forty as for one."""
    ids = [member.user_id for member in staff]
    loads = caseloads_with(ids, episodes, part, on=today)
    held = _registrations(staff)
    here = set(Staff.objects.in_team_on(team, on).filter(user__in=ids).values_list("pk", flat=True))
    alone = _needs_experienced(episodes, on)
    return [
        Candidate(
            worker=member.user,
            staff=member,
            team=team,
            part=part,
            in_team=member.pk in here,
            is_here=_is_here(member, on) and _is_here(member, today) and member.user.is_active,
            not_registered=why_not_registered_by(str(member.user), held.get(member.pk, []), on=on),
            is_asye=member.is_asye_on(on),
            needs_co_worker=part == AllocationRole.LEAD and alone and member.is_asye_on(on),
            now=loads[member.user_id][0],
            after=loads[member.user_id][1],
            limit=limit_of(
                team.caseload_limit, asye=member.is_asye_on(on), share=member.working_share
            ),
        )
        for member in staff
    ]


def _is_here(member: Staff, day: date) -> bool:
    return member.started_on <= day and (member.ended_on is None or member.ended_on > day)


def _registrations(staff: Sequence[Staff]) -> dict[int, list[tuple[date, date]]]:
    held: dict[int, list[tuple[date, date]]] = {}
    rows = Registration.objects.filter(staff__in=staff)
    for member, start, end in rows.values_list("staff_id", "started_on", "expires_on"):
        held.setdefault(member, []).append((start, end))
    return held


def _needs_experienced(episodes: Sequence[Episode], on: date) -> bool:
    """Whether a child with a protection plan would have nobody experienced beside the lead."""
    children = {episode.child_id for episode in episodes}
    planned = Involvement.objects.on(on).filter(child__in=children, kind=InvolvementKind.PROTECTION)
    accompanied = Allocation.objects.current().filter(
        Q(worker__staff__asye_until=None) | Q(worker__staff__asye_until__lte=on),
        child__in=children,
        role=AllocationRole.CO_WORKER,
    )
    with_plan = set(planned.values_list("child_id", flat=True))
    return bool(with_plan - set(accompanied.values_list("child_id", flat=True)))
