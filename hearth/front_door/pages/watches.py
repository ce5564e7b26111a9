"""The children to keep in mind at night, as whoever is on duty reads of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from hearth.accounts.models import User
from hearth.casework.models import Allocation
from hearth.front_door import policies
from hearth.front_door.models import NightReport, NightWatch
from hearth.people.models import Person


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One child, who has the case, and the last that was heard at night."""

    watch: NightWatch
    lead: str
    last: NightReport | None
    last_night: date


def tonight(worker: User, *, today: date) -> QuerySet[NightWatch]:
    """Those asked for tonight, the first asked first."""
    return NightWatch.objects.visible_to(worker).on(today).order_by("starts_on", "pk")


def watch_rows(watches: Sequence[NightWatch]) -> list[WatchRow]:
    """These watches as rows. Two queries, however many there are."""
    leads = Allocation.objects.current().leading().filter(child__in=[w.child_id for w in watches])
    names = {lead.child_id: str(lead.worker) for lead in leads.select_related("worker")}
    reports = NightReport.objects.filter(watch__in=watches).order_by("happened_at", "pk")
    last = {report.watch_id: report for report in reports}
    return [_row(watch, names.get(watch.child_id, ""), last.get(watch.pk)) for watch in watches]


def _row(watch: NightWatch, lead: str, last: NightReport | None) -> WatchRow:
    return WatchRow(watch, lead, last, watch.ends_on - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class WatchPage:
    """One watch: what was asked, and every report, the latest first."""

    row: WatchRow
    child: Person
    reports: list[NightReport]
    stands: bool
    may_report: bool
    may_end: bool


def watch_page(watch: NightWatch, worker: User, *, today: date) -> WatchPage:
    """A watch as one worker reads it."""
    (row,) = watch_rows([watch])
    reports = watch.reports.select_related("recorded_by").order_by("-happened_at", "-pk")
    return WatchPage(
        row,
        watch.child,
        list(reports),
        watch.stands_on(today),
        policies.report_night.allows(worker, watch),
        policies.end_watch.allows(worker, watch),
    )
