"""Who could be given a case: what each would carry then, and what stands in the way, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, PRACTITIONERS
from hearth.casework.caseload import Caseload, Loads, limit_of, loads_with
from hearth.casework.models import Allocation, AllocationRole, Episode, InvolvementKind
from hearth.workforce.models import Registration, Staff, StaffQuerySet, Team
from hearth.workforce.rules import unregistered_in_words

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
    def key(self) -> str:
        """This worker as the form's answer."""
        return str(self.worker.pk)

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


@dataclass(frozen=True, slots=True)
class Choice:
    """Those who could be given some cases, and what those cases are now."""

    candidates: list[Candidate]
    loads: Loads


def choose_among(
    *, team: Team, episodes: Sequence[Episode], part: str, on: date, today: date
) -> Choice:
    """Everybody in a team who carries cases, the lightest load first, and who cannot last."""
    staff = list(
        _with_registrations(on)
        .in_team_on(team, on)
        .filter(user__roles__overlap=[role.value for role in CARRIERS])
    )
    loads = loads_with([m.user_id for m in staff], episodes, part, on=today)
    dates = Dates(team, part, on, today)
    lonely = _needs_experienced(episodes, loads, staff, dates)
    found = [_weighed(m, loads, dates, lonely=lonely, in_team=True) for m in staff]
    found.sort(key=lambda c: (bool(c.refusals), c.after.weighted - c.limit, str(c.worker)))
    return Choice(found, loads)


def candidate(
    worker: User, *, team: Team, episodes: Sequence[Episode], part: str, on: date, today: date
) -> Candidate | None:
    """One worker, weighed up; None for a user who is nobody's member of staff."""
    member = _with_registrations(on).filter(user=worker).first()
    if member is None:
        return None
    loads = loads_with([worker.pk], episodes, part, on=today)
    dates = Dates(team, part, on, today)
    lonely = _needs_experienced(episodes, loads, [member], dates)
    in_team = Staff.objects.in_team_on(team, on).filter(pk=member.pk).exists()
    return _weighed(member, loads, dates, lonely=lonely, in_team=in_team)


@dataclass(frozen=True, slots=True)
class Dates:
    """Where, in what part and when a case would be given."""

    team: Team
    part: str
    on: date
    today: date


def _with_registrations(on: date) -> StaffQuerySet:
    """Staff with the end of the last registration begun by a day, and the start of the first."""
    begun = Registration.objects.filter(staff=OuterRef("pk"), started_on__lte=on)
    standing = begun.filter(expires_on__gt=on)
    coming = Registration.objects.filter(staff=OuterRef("pk"), started_on__gt=on)
    found: StaffQuerySet = Staff.objects.select_related("user").annotate(
        is_registered=Exists(standing),
        last_ended=Subquery(begun.order_by("-expires_on").values("expires_on")[:1]),
        first_starts=Subquery(coming.order_by("started_on").values("started_on")[:1]),
    )
    return found


def _weighed(member: Any, loads: Loads, dates: Dates, *, lonely: bool, in_team: bool) -> Candidate:
    now, after = loads.by[member.user_id]
    is_asye, is_lead = member.is_asye_on(dates.on), dates.part == AllocationRole.LEAD
    here = _is_here(member, dates.on) and _is_here(member, dates.today) and member.user.is_active
    share = member.working_share
    return Candidate(
        worker=member.user,
        staff=member,
        team=dates.team,
        part=dates.part,
        in_team=in_team,
        is_here=here,
        not_registered=_why_not_registered(member),
        is_asye=is_asye,
        needs_co_worker=is_lead and lonely and is_asye,
        now=now,
        after=after,
        limit=limit_of(dates.team.caseload_limit, asye=is_asye, share=share),
    )


def _why_not_registered(member: Any) -> str | None:
    if member.is_registered:
        return None
    ended, starts = member.last_ended, member.first_starts
    return unregistered_in_words(str(member.user), ended_on=ended, starts_on=starts)


def _is_here(member: Staff, day: date) -> bool:
    return member.started_on <= day and (member.ended_on is None or member.ended_on > day)


def _needs_experienced(
    episodes: Sequence[Episode], loads: Loads, staff: Sequence[Staff], dates: Dates
) -> bool:
    """Whether a child with a protection plan would have nobody experienced beside a new lead."""
    children = {episode.child_id for episode in episodes}
    planned = {c for c in children if InvolvementKind.PROTECTION in loads.statuses.get(c, ())}
    if not planned or not any(member.is_asye_on(dates.on) for member in staff):
        return False
    accompanied = Allocation.objects.current().filter(
        Q(worker__staff__asye_until=None) | Q(worker__staff__asye_until__lte=dates.on),
        child__in=planned,
        role=AllocationRole.CO_WORKER,
    )
    return bool(planned - set(accompanied.values_list("child_id", flat=True)))
