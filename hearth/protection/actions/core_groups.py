"""What a child protection plan asks of us from the day it starts: a core group, and visits."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import MeetingKind, Plan
from hearth.protection.process import CORE_GROUP
from hearth.protection.timescales import FIRST_CORE_GROUP


@transaction.atomic
def open_duties(*, plan: Plan, children: Sequence[Person], started_on: date, by: User) -> None:
    """Ask for the first core group, unless one is asked for already, and a visit to each child.

    The first core group is within ten working days of the conference; later ones follow it by six
    weeks (Working Together 2023, chapter 3; local practice).
    """
    waiting = Task.objects.outstanding().of_step(CORE_GROUP).filter(record_id=plan.pk)
    if not waiting.exists():
        plans.open_gathering(
            plan=plan,
            kind=MeetingKind.CORE_GROUP,
            trigger=started_on,
            timescale=FIRST_CORE_GROUP.key,
            by=by,
        )
    standing = plan.children.current().filter(child__in=children)
    for part in standing.select_related("child"):
        plans.open_visits(part=part, trigger=started_on, by=by)
    trail.record("Asked for what a protection plan needs", plan, by=by)
