"""Who is qualified, and whose team is whose: asked of the day of the act, so that history stays."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.workforce.models import Body, Registration, Team, TeamMembership


def is_registered(worker: User, *, on: date) -> bool:
    """Whether this worker's registration as a social worker stood on a day.

    Social workers must be registered to practise: Children and Social Work Act 2017, part 2.
    """
    return Registration.objects.filter(
        staff__user=worker, started_on__lte=on, expires_on__gt=on
    ).exists()


def registrations_of(workers: Iterable[int]) -> dict[int, list[tuple[date, date]]]:
    """The spells for which each of these workers was registered, by their users' ids. One query."""
    held: dict[int, list[tuple[date, date]]] = {}
    rows = Registration.objects.filter(staff__user__in=list(workers))
    for user, start, end in rows.values_list("staff__user", "started_on", "expires_on"):
        held.setdefault(user, []).append((start, end))
    return held


def why_not_registered(worker: User, *, on: date) -> str | None:
    """Why this worker may not do qualified work on a day, in words; None if they may."""
    if is_registered(worker, on=on):
        return None
    held = Registration.objects.filter(staff__user=worker)
    last = held.filter(started_on__lte=on).order_by("-expires_on").first()
    coming = held.filter(started_on__gt=on).order_by("started_on").first()
    return unregistered_in_words(
        str(worker),
        ended_on=last.expires_on if last else None,
        starts_on=coming.started_on if coming else None,
    )


def unregistered_in_words(name: str, *, ended_on: date | None, starts_on: date | None) -> str:
    """Why somebody whose last registration ended, or whose next is to come, has none."""
    if ended_on is not None:
        return f"{name}'s social work registration ran out on {in_words(ended_on)}"
    if starts_on is not None:
        return f"{name}'s social work registration only starts on {in_words(starts_on)}"
    return f"{name} has no social work registration on record"


# When each body registered social workers: first day, and first day it no longer did.
BODIES: Mapping[str, tuple[date, date | None]] = {
    Body.GSCC: (date(2001, 10, 1), date(2012, 8, 1)),
    Body.HCPC: (date(2012, 8, 1), date(2019, 12, 2)),
    Body.SWE: (date(2019, 12, 2), None),
}


def why_not_body(body: str, started_on: date, expires_on: date) -> str | None:
    """Why a body cannot have registered somebody on these days, in words; None if it can."""
    since, until = BODIES[body]
    if started_on >= since and (until is None or expires_on <= until):
        return None
    runs = f"from {in_words(since)}" + (f" to {in_words(until)}" if until else "")
    return f"{Body(body).label.split(' (')[0]} registered social workers {runs}"


def is_employed(worker: User, *, on: date) -> bool:
    """Whether this worker had started and not left on a day."""
    staff = getattr(worker, "staff", None)
    return (
        staff is not None
        and staff.started_on <= on
        and (staff.ended_on is None or staff.ended_on > on)
    )


def teams_of(worker: User, *, on: date) -> list[Team]:
    """The teams this worker is in on a day."""
    return list(Team.objects.filter(pk__in=memberships_of(worker, on).values("team_id")))


def teams_managed_by(worker: User, *, on: date) -> list[Team]:
    """The teams this worker manages on a day."""
    managed = memberships_of(worker, on).filter(manages=True)
    return list(Team.objects.filter(pk__in=managed.values("team_id")))


def manages(manager: User, worker: User, *, on: date) -> bool:
    """Whether one manages a team the other is in, on a day."""
    managed = memberships_of(manager, on).filter(manages=True).values("team_id")
    return memberships_of(worker, on).filter(team_id__in=managed).exists()


def memberships_of(worker: User, on: date) -> QuerySet[TeamMembership]:
    """The worker's places in teams that they hold on a day."""
    return TeamMembership.objects.on(on).filter(staff__user=worker)
