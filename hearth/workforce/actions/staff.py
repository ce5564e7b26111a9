"""Taking somebody on, changing what they do and where, and their leaving."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions import create_worker, deactivate_worker
from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.workforce.leaving import ENDINGS, held_by
from hearth.workforce.models import Employment, Staff, Team, TeamMembership

FORESEEN = timedelta(days=366)


@transaction.atomic
def add_staff(
    *,
    user: User,
    job_title: str,
    started_on: date,
    team: Team,
    manages: bool = False,
    phone: str = "",
    employment: str = Employment.PERMANENT,
    working_share: Decimal = Decimal(1),
    asye_until: date | None = None,
    by: User,
) -> Staff:
    """Record the employment of somebody who has an account, and the team they join."""
    if Staff.objects.filter(user=user).exists():
        raise CannotDo(f"{user} is already on the staff list")
    if started_on > timezone.localdate() + FORESEEN:
        raise CannotDo("The first day at work is too far ahead")
    if asye_until is not None and asye_until <= started_on:
        raise CannotDo("The assessed and supported year ends after the first day at work")
    staff: Staff = Staff.objects.create(
        user=user,
        job_title=job_title,
        phone=phone,
        employment=Employment(employment),
        working_share=working_share,
        asye_until=asye_until,
        started_on=started_on,
    )
    join_team(staff=staff, team=team, on=started_on, manages=manages, by=by)
    trail.record("Put somebody on the staff list", staff, by=by)
    return staff


@transaction.atomic
def take_on(
    *,
    email: str,
    first_name: str,
    last_name: str,
    roles: Sequence[str],
    job_title: str,
    started_on: date,
    team: Team,
    by: User,
    password: str | None = None,
    **employment: Any,
) -> Staff:
    """Take on somebody new: their account and roles, their employment, and the team they join."""
    user = create_worker(
        email=email,
        first_name=first_name,
        last_name=last_name,
        roles=roles,
        password=password,
        by=by,
    )
    return add_staff(
        user=user, job_title=job_title, started_on=started_on, team=team, by=by, **employment
    )


@transaction.atomic
def change_staff(
    *,
    staff: Staff,
    job_title: str,
    phone: str,
    employment: str,
    working_share: Decimal,
    asye_until: date | None,
    by: User,
) -> None:
    """Change what is on record about somebody's work. What it said before is kept."""
    if asye_until is not None and asye_until <= staff.started_on:
        raise CannotDo("The assessed and supported year ends after the first day at work")
    staff.job_title, staff.phone, staff.employment = job_title, phone, Employment(employment)
    staff.working_share, staff.asye_until = working_share, asye_until
    staff.save(update_fields=["job_title", "phone", "employment", "working_share", "asye_until"])
    trail.record("Changed a member of staff", staff, by=by)


@transaction.atomic
def join_team(
    *, staff: Staff, team: Team, on: date, manages: bool = False, by: User
) -> TeamMembership:
    """Put somebody in a team from a day, beside any other they are in."""
    _still_here(staff, on)
    if not Team.objects.open_on(on).filter(pk=team.pk).exists():
        raise CannotDo(f"{team} is not open on {in_words(on)}")
    held = TeamMembership.objects.filter(staff=staff, team=team).exclude(ended_on__lte=on)
    if held.exists():
        raise CannotDo(f"{staff} is already in {team} then")
    membership: TeamMembership = TeamMembership.objects.create(
        staff=staff, team=team, manages=manages, started_on=on
    )
    trail.record(f"Joined {team}", staff, by=by)
    return membership


@transaction.atomic
def move_team(*, staff: Staff, team: Team, on: date, manages: bool = False, by: User) -> None:
    """Move somebody to another team: they leave every other on that day.

    What they carry stays theirs, and is shown with the team it was given in.
    """
    staff = Staff.objects.select_for_update(of=("self",)).get(pk=staff.pk)
    for membership in staff.memberships.filter(ended_on=None).exclude(team=team):
        leave_team(membership=membership, on=on, by=by)
    present = staff.memberships.filter(team=team, ended_on=None).first()
    if present is not None and present.manages == manages:
        raise CannotDo(f"{staff} is already in {team}")
    if present is not None:
        leave_team(membership=present, on=on, by=by)
    join_team(staff=staff, team=team, on=on, manages=manages, by=by)


@transaction.atomic
def leave_team(*, membership: TeamMembership, on: date, by: User) -> None:
    """Record the first day somebody was no longer in a team."""
    if membership.ended_on is not None:
        raise CannotDo(f"{membership.staff} left {membership.team} already")
    if on < membership.started_on:
        raise CannotDo(
            f"{membership.staff} only joined {membership.team} on {in_words(membership.started_on)}"
        )
    membership.ended_on = on
    membership.save(update_fields=["ended_on"])
    trail.record(f"Left {membership.team}", membership.staff, by=by)


@transaction.atomic
def leave(*, staff: Staff, on: date, by: User) -> None:
    """Record somebody's leaving: the first day they no longer work here. Their account closes.

    Nobody leaves with open work: it is given to others first.
    """
    staff = Staff.objects.select_for_update(of=("self",)).select_related("user").get(pk=staff.pk)
    _still_here(staff, on)
    if on > timezone.localdate():
        raise CannotDo("Record this on the day they leave: their account closes at once")
    for ending in ENDINGS:
        ending(staff.user, on, by)
    held = held_by(staff.user, worker=by)
    if held.count:
        raise CannotDo(f"{staff} still has work: {held.in_words}. Give it to others first")
    for membership in staff.memberships.filter(ended_on=None):
        leave_team(membership=membership, on=max(on, membership.started_on), by=by)
    staff.ended_on = on
    staff.save(update_fields=["ended_on"])
    deactivate_worker(worker=staff.user, by=by)
    trail.record("Left", staff, by=by)


def _still_here(staff: Staff, on: date) -> None:
    staff.refresh_from_db(fields=["started_on", "ended_on"])
    if staff.ended_on is not None:
        raise CannotDo(f"{staff} left on {in_words(staff.ended_on)}")
    if on < staff.started_on:
        raise CannotDo(f"{staff} only started on {in_words(staff.started_on)}")
