"""Who is qualified, and whose team is whose: asked of the day of the act, so that history stays."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.workforce.models import Registration, Team, TeamMembership


def is_registered(worker: User, *, on: date) -> bool:
    """Whether this worker's registration as a social worker stood on a day.

    Social workers must be registered to practise: Children and Social Work Act 2017, part 2.
    """
    return Registration.objects.filter(
        staff__user=worker, started_on__lte=on, expires_on__gt=on
    ).exists()


def why_not_registered(worker: User, *, on: date) -> str | None:
    """Why this worker may not do qualified work on a day, in words; None if they may."""
    held = Registration.objects.filter(staff__user=worker).values_list("started_on", "expires_on")
    return why_not_registered_by(str(worker), list(held), on=on)


def why_not_registered_by(name: str, held: Sequence[tuple[date, date]], *, on: date) -> str | None:
    """Why these registrations, as first and last days, do not let somebody do qualified work."""
    if any(start <= on < end for start, end in held):
        return None
    before = [end for start, end in held if start <= on]
    if before:
        return f"{name}'s social work registration ran out on {in_words(max(before))}"
    if held:
        first = min(start for start, _ in held)
        return f"{name}'s social work registration only starts on {in_words(first)}"
    return f"{name} has no social work registration on record"


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
    return list(Team.objects.filter(pk__in=_memberships(worker, on).values("team_id")))


def teams_managed_by(worker: User, *, on: date) -> list[Team]:
    """The teams this worker manages on a day."""
    managed = _memberships(worker, on).filter(manages=True)
    return list(Team.objects.filter(pk__in=managed.values("team_id")))


def manages(manager: User, worker: User, *, on: date) -> bool:
    """Whether one manages a team the other is in, on a day."""
    managed = _memberships(manager, on).filter(manages=True).values("team_id")
    return _memberships(worker, on).filter(team_id__in=managed).exists()


def _memberships(worker: User, on: date) -> QuerySet[TeamMembership]:
    return TeamMembership.objects.on(on).filter(staff__user=worker)
