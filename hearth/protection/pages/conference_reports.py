"""The reports to a conference: which were asked for, which came, and which are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from hearth.accounts.models import User
from hearth.plans.models import MeetingMember
from hearth.protection import policies
from hearth.protection.models import (
    AgencyReport,
    AgencyReportChild,
    Conference,
    ConferenceReport,
    ReportLink,
    ReportState,
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """An agency that is asked to the conference, and how its report stands."""

    member: MeetingMember
    report: AgencyReport | None
    opened: bool
    may_ask: bool
    is_over: bool
    today: date

    @property
    def is_overdue(self) -> bool:
        """Whether the day it was wanted by has passed without it."""
        waits = self.report is not None and self.report.sent_at is None and not self.is_over
        return bool(waits and self.report and self.report.due_on < self.today)

    @property
    def tag(self) -> tuple[str, str]:
        """How it stands, in words with a colour."""
        if self.report is not None and self.report.sent_at is not None:
            return ("Here", "green")
        if self.report is None and not self.member.report_wanted:
            return ("Not asked for", "grey")
        if self.is_over:
            return ("Held without it", "red")
        if self.report is None:
            return ("Not asked for yet", "yellow")
        if self.is_overdue:
            return ("Overdue", "red")
        return ("Being written", "blue") if self.opened else ("Asked for", "blue")


@dataclass(frozen=True, slots=True)
class Reports:
    """All the reports to a conference, for whoever looks at it."""

    conference: Conference
    own: ConferenceReport | None
    lines: Sequence[ReportLine]
    may_share: bool
    today: date

    @property
    def own_tag(self) -> tuple[str, str]:
        """How the social worker's own stands."""
        if self.own is None:
            return ("Not asked for yet", "grey")
        if self.own.state == ReportState.AUTHORISED:
            return (ReportState.AUTHORISED.label, "green")
        task = self.own.task
        if task is not None and task.cancelled_at is not None:
            return ("Held without it", "red")
        if self.own_is_overdue:
            return ("Overdue", "red")
        return (ReportState(self.own.state).label, "blue")

    @property
    def own_is_overdue(self) -> bool:
        """Whether the parents should have had it by now, and nobody has sent it to a manager."""
        task = self.own.task if self.own else None
        is_open = task is not None and task.done_at is None and task.cancelled_at is None
        return bool(is_open and task and task.due_on and task.due_on < self.today)

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(line.is_overdue for line in self.lines) + self.own_is_overdue

    @property
    def sent(self) -> list[AgencyReport]:
        """Those that agencies have sent."""
        return [line.report for line in self.lines if line.report and line.report.sent_at]

    @property
    def to_share(self) -> list[tuple[str, str]]:
        """Those written that nobody has said the family had, as a form offers them."""
        mine = self.own is not None and self.own.submitted_on and not self.own.shared_on
        own = [("own", "The social worker's report")] if mine else []
        return own + [(str(one.pk), str(one)) for one in self.sent if one.shared_on is None]


def sent_reports(conference: Conference) -> list[AgencyReport]:
    """What agencies have sent, with each child's part."""
    return list(_read(AgencyReport.objects.filter(conference=conference, sent_at__isnull=False)))


def _read(reports: QuerySet[AgencyReport]) -> QuerySet[AgencyReport]:
    parts = AgencyReportChild.objects.select_related("child").order_by("child__born_on", "pk")
    return reports.select_related("member", "document").prefetch_related(
        Prefetch("children", parts)
    )


def reports_of(
    conference: Conference,
    worker: User,
    *,
    today: date,
    members: Sequence[MeetingMember] | None = None,
) -> Reports:
    """How each report stands, among those asked where a page has them already.

    Two queries, and one more for what was sent.
    """
    is_over = conference.meeting.held_at is not None
    was_opened = ReportLink.objects.filter(report=OuterRef("pk"), opened_at__isnull=False)
    reports = AgencyReport.objects.filter(conference=conference).annotate(opened=Exists(was_opened))
    by_member = {report.member_id: report for report in _read(reports)}
    may_ask = worker.has_role(*policies.ask_for_report.roles) and _may_be_asked(conference)
    asked = members or conference.meeting.members.filter(removed_at=None)
    lines = []
    for member in asked:
        if member.worker_id or member.person_id or not member.agency:
            continue
        report = by_member.get(member.pk)
        may = may_ask and (report is None or report.sent_at is None)
        opened = getattr(report, "opened", False)
        lines.append(ReportLine(member, report, opened, may, is_over, today))
    return Reports(
        conference=conference,
        own=getattr(conference, "report", None),
        lines=lines,
        may_share=policies.record_reports_shared.allows(worker, conference),
        today=today,
    )


def _may_be_asked(conference: Conference) -> bool:
    """Whether it is still to come: once it has begun, what an agency knows is said in the room."""
    meeting = conference.meeting
    if meeting.planned_from is None or meeting.held_at or meeting.cancelled_at:
        return False
    return meeting.planned_from > timezone.now()
