"""Keeping a month's figures as they were first reported, so that what changes them since is seen.

Done by Hearth itself, over every child, the first night after a month is over.
"""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.lib.dates import add_months
from hearth.quality.flow.first import KEPT
from hearth.quality.flow.looking import Reckoned, reckon
from hearth.quality.models import FirstCount, ReportedMonth
from hearth.quality.rules.months import months, named


@transaction.atomic
def keep_first_figures(*, today: date, by: User) -> list[date]:
    """Keep who was counted as what in each month that is over and not kept yet. Gives the months.

    The first time only the last month: what those before it were when they were reported, nobody
    knows any more.
    """
    with acting_as(system_worker()):
        newest = ReportedMonth.objects.order_by("-month").first()
        seen = reckon(None, today=today)
        first = add_months(newest.month, 1) if newest else seen.last
        if seen.record.first is None or first > seen.last:
            return []
        return [month for month in months(first, seen.last) if _keep(month, seen, by)]


def _keep(month: date, seen: Reckoned, by: User) -> bool:
    reported, is_new = ReportedMonth.objects.get_or_create(month=month)
    if not is_new:
        return False
    FirstCount.objects.bulk_create(
        [
            FirstCount(
                reported=reported,
                stage=stage,
                child_id=hit.child,
                part=hit.pk,
                team_id=seen.record.leads.team(hit.child, hit.day),
            )
            for stage in KEPT
            for hit in seen.counted.of(stage, [month])
        ]
    )
    trail.record(f"Kept the figures of {named(month)} as first reported", reported, by=by)
    return True
