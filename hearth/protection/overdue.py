"""What conferences wait for past its day: agencies' reports, and papers not sent to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from hearth.casework.models import Task
from hearth.protection.models import AgencyReport, Conference
from hearth.protection.process import SEND_DECISIONS, SEND_RECORD

PAPERS = (SEND_DECISIONS.key, SEND_RECORD.key)


@dataclass(slots=True)
class Waited:
    """What one conference waits for: the papers still to be sent, and the reports not here."""

    unsent: list[Task] = field(default_factory=list)
    reports: list[AgencyReport] = field(default_factory=list)

    @property
    def agencies(self) -> str:
        """Whose reports have not come, by name."""
        return ", ".join(one.member.agency_name or one.member.name for one in self.reports)

    def tags(self, today: date) -> list[tuple[str, str]]:
        """What is overdue, in a few words with a colour."""
        return tags_of_overdue(
            len(self.reports),
            papers=any(task.due_on and task.due_on < today for task in self.unsent),
        )


def tags_of_overdue(reports: int, *, papers: bool) -> list[tuple[str, str]]:
    """That reports have not come by their day, and that papers have not gone by theirs."""
    tags = []
    if reports:
        tags.append((f"{reports} {'report' if reports == 1 else 'reports'} overdue", "red"))
    if papers:
        tags.append(("Not sent in time", "red"))
    return tags


def papers_owed() -> QuerySet[Task]:
    """The duties to send what a conference decided, and its record, that wait to be met."""
    return Task.objects.outstanding().filter(step_key__in=PAPERS)


def reports_overdue(today: date) -> QuerySet[AgencyReport]:
    """The reports that agencies were to send by now to a conference that is still to decide."""
    return AgencyReport.objects.overdue(today).filter(
        conference__decided_at=None, conference__meeting__cancelled_at=None
    )


def is_overdue(today: date) -> Q:
    """Of a conference: that a report to it, or a paper of it, is past its day."""
    papers = papers_owed().filter(due_on__lt=today).values("record_id")
    reports = reports_overdue(today).values("conference_id")
    return Q(pk__in=papers) | Q(pk__in=reports)


def waited_for(conferences: Sequence[Conference], *, today: date) -> dict[int, Waited]:
    """What each of these conferences waits for, by its id. Two queries, however many they are."""
    found = {one.pk: Waited() for one in conferences}
    for task in papers_owed().filter(record_id__in=list(found)).order_by("due_on"):
        found[task.record_id or 0].unsent.append(task)
    reports = reports_overdue(today).filter(conference__in=list(found)).select_related("member")
    for report in reports.order_by("due_on", "pk"):
        found[report.conference_id].reports.append(report)
    return found
