"""One invented worker for each role, in a team, for an installation with no borough yet."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.actions import create_worker, system_worker
from hearth.accounts.roles import MANAGERS, QUALIFIED, Role
from hearth.accounts.worker_context import acting_as
from hearth.workforce.models import Registration, Staff, Team, TeamKind, TeamMembership

NAMES = (
    "Amara Ashdown,Bryony Birchall,Callum Cotterill,Dilys Drayton,Edwin Eastham,Farah Fairclough,"
    "Gethin Garside,Hana Holt,Idris Ingleby,Jory Jessop,Kezia Kinsella,Lorcan Lyddon,Maryam Merrow,"
    "Nuala Nettleton,Oswin Orrell,Priya Pellow,Quincy Quayle"
).split(",")
SINCE = date(2015, 9, 1)
UNTIL = date(2035, 11, 30)


@transaction.atomic
def create(roles: Sequence[Role], password: str) -> None:
    """Create them, each with the role's name as their address."""
    hearth = system_worker()
    with acting_as(hearth):
        team = Team.objects.create(
            name="Assessment team 1", kind=TeamKind.ASSESSMENT, opened_on=SINCE
        )
        for role, name in zip(roles, NAMES, strict=False):
            first, last = name.split()
            user = create_worker(
                email=f"{role.value.replace('_', '.')}@fenbridge.example",
                first_name=first,
                last_name=last,
                roles=[role],
                password=password,
                by=hearth,
            )
            staff = Staff.objects.create(user=user, job_title=role.label, started_on=SINCE)
            TeamMembership.objects.create(
                staff=staff, team=team, manages=role in MANAGERS, started_on=SINCE
            )
            if role in (*QUALIFIED, *MANAGERS):
                Registration.objects.create(
                    staff=staff, number=f"SW{user.pk:06}", started_on=SINCE, expires_on=UNTIL
                )
        trail.record("Created the first workers", None, by=hearth)
