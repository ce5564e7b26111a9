"""Who can be chosen: social workers to lead an enquiry, managers who agree."""

from collections.abc import Sequence
from datetime import date

from hearth.accounts.models import User
from hearth.accounts.roles import QUALIFIED, Role
from hearth.protection.actions.agreements import SIGNS
from hearth.workforce.models import Staff


def _staff(roles: Sequence[Role], today: date) -> list[Staff]:
    found = Staff.objects.filter(
        user__is_active=True,
        user__roles__overlap=list(roles),
        started_on__lte=today,
        registrations__started_on__lte=today,
        registrations__expires_on__gt=today,
    ).exclude(ended_on__lte=today)
    named = found.order_by("user__last_name", "user__first_name", "pk")
    return list(named.select_related("user").distinct())


def social_workers(today: date) -> list[tuple[User, str]]:
    """Registered social workers, those in their assessed and supported year said to be so."""
    return [
        (
            staff.user,
            f"{staff.user} (assessed and supported year)"
            if staff.is_asye_on(today)
            else str(staff.user),
        )
        for staff in _staff(QUALIFIED, today)
    ]


def signing_managers(today: date) -> list[tuple[User, str]]:
    """Registered managers, and those on call at night."""
    return [(staff.user, f"{staff.user}, {staff.job_title}") for staff in _staff(SIGNS, today)]
