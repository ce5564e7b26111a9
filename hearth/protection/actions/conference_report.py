"""The social worker's report to a conference: asked for, written, sent to a manager, shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework import actions as casework
from hearth.casework.models import Allocation, Task
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.protection.actions.taking import CHANGED, check_registered
from hearth.protection.models import (
    Conference,
    ConferenceReport,
    ConferenceReportChild,
    ReportState,
)
from hearth.protection.process import CONFERENCE_REPORT
from hearth.protection.timescales import report_limit
from hearth.records.actions import chronicle

NOT_WRITING = {
    ReportState.SUBMITTED: "This is with a manager. It can be changed if they return it",
    ReportState.AUTHORISED: "This report has been authorised, so it no longer changes",
}
WRITTEN = "written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """When the family had the report, or why they have not."""

    on: date | None = None
    why_not: str = ""


def ask_for_own_report(conference: Conference, planned: datetime, *, by: User) -> None:
    """Put the report on the lead worker's list, due before the conference; or move its day."""
    day, limit = timezone.localdate(planned), report_limit(conference.meeting.kind).key
    report = ConferenceReport.objects.filter(conference=conference).select_related("task").first()
    task = report.task if report else None
    if task is not None:
        if task.done_at is None and task.cancelled_at is None:
            casework.recompute(task, trigger=day, timescale=limit, by=by)
        return
    lead = _lead_of(conference)
    team = lead.team if lead else None
    task = casework.open_step(
        CONFERENCE_REPORT,
        children=list(Person.objects.filter(pk__in=conference.about)),
        trigger=day,
        record_id=conference.pk,
        worker=(casework.still_here(lead.worker) if lead else None) or (None if team else by),
        team=team,
        timescale=limit,
        by=by,
    )
    if report is None:
        report = ConferenceReport(conference=conference, about=conference.about, recorded_by=by)
    report.task = task
    report.save()


def _lead_of(conference: Conference) -> Allocation | None:
    leading = Allocation.objects.current().leading().filter(child__in=conference.about)
    return leading.select_related("worker", "team").order_by("pk").first()


def drop_own_report(conference: Conference, *, reason: str, by: User) -> None:
    """Take the report off the list when the conference is not held, or was held without it."""
    waiting = Task.objects.outstanding().of_step(CONFERENCE_REPORT)
    for task in waiting.filter(record_id=conference.pk):
        casework.cancel(task, reason=reason, by=by)


@transaction.atomic
def write_report(
    *,
    conference: Conference,
    version: int,
    danger: str,
    significant_only: bool,
    children: Mapping[int, str],
    by: User,
) -> ConferenceReport:
    """Save the analysis of each child and the danger. All else in the report is from the record."""
    report = _take(conference)
    if report.state in NOT_WRITING:
        raise CannotDo(NOT_WRITING[report.state])
    if report.version != version:
        raise CannotDo(CHANGED)
    if set(children) != set(conference.about):
        raise CannotDo("There is a part for each child of the conference")
    report.danger, report.significant_only = danger, significant_only
    report.about = conference.about
    report.version += 1
    report.save()
    for pk, words in children.items():
        ConferenceReportChild.objects.update_or_create(
            report=report, child_id=pk, defaults={"analysis": words}
        )
    if report.task is not None:
        casework.worked_on(report.task, by=by)
    trail.record("Wrote a report to a conference", report, by=by)
    return report


def _take(conference: Conference) -> ConferenceReport:
    """The report, locked, of a conference that is still to come."""
    conference = Conference.objects.select_related("meeting").get(pk=conference.pk)
    if conference.meeting.cancelled_at is not None:
        raise CannotDo("This conference was stood down")
    if conference.decided_at is not None:
        raise CannotDo("This conference has decided: its report no longer changes")
    reports = ConferenceReport.objects.select_for_update(of=("self",)).select_related("task")
    report = reports.filter(conference=conference).first()
    if report is None:
        raise CannotDo("Book the conference first: its report is asked for then")
    return report


@transaction.atomic
def submit_report(
    *,
    conference: Conference,
    shared: Shared,
    content: Mapping[str, Any],
    late_reason: str = "",
    by: User,
) -> ConferenceReport:
    """Send the report to a manager, whole, with the day the family had it or why they have not.

    `content` is the report as it was read, kept as it was sent.
    """
    report = _take(conference)
    if report.state in NOT_WRITING:
        raise CannotDo(NOT_WRITING[report.state])
    check_registered(by)
    _check_whole(report)
    _check_shared(shared)
    task, today = _task(report), timezone.localdate()
    casework.submit(
        task, outcome=WRITTEN, on=today, content=dict(content), late_reason=late_reason, by=by
    )
    report.submitted_on, report.submitted_by = today, by
    report.shared_on, report.not_shared_reason = shared.on, shared.why_not
    report.save()
    trail.record("Sent a report to a conference to a manager", report, by=by)
    return report


def _check_whole(report: ConferenceReport) -> None:
    parts = {part.child_id: part.analysis for part in report.children.all()}
    for child in Person.objects.filter(pk__in=report.about).order_by("born_on", "pk"):
        if not parts.get(child.pk):
            raise CannotDo(f"Write the analysis of {child}")
    if not report.danger:
        raise CannotDo("Say what the danger is, and what must be so for the children to be safe")


def _check_shared(shared: Shared) -> None:
    if shared.on is None and not shared.why_not:
        raise CannotDo("Say when the parents had it, or why they have not")
    if shared.on is not None and shared.on > timezone.localdate():
        raise CannotDo("The parents cannot have had it on a day that has not come")


def _task(report: ConferenceReport) -> Task:
    if report.task is None:
        raise CannotDo("Nobody has been asked for this report. Book the conference again")
    return report.task


@transaction.atomic
def authorise_report(*, conference: Conference, comments: str, by: User) -> ConferenceReport:
    """Agree the report: a manager who wrote none of it. It goes to the chair."""
    report = _take_submitted(conference)
    check_registered(by)
    casework.sign_off(_task(report), comments=comments, by=by)
    report.authorised_on, report.authorised_by = timezone.localdate(), by
    report.save(update_fields=["authorised_on", "authorised_by"])
    conference = report.conference
    chronicle(
        about=list(Person.objects.filter(pk__in=report.about)),
        kind="conference",
        title=f"Report to the {str(conference).lower()}",
        happened_on=timezone.localdate(),
        source=conference,
        page="protection:conference_report",
        by=by,
    )
    notify(
        to=[one for one in (conference.meeting.chair, report.submitted_by) if one],
        text=f"The social worker's report to the {str(conference).lower()} is authorised",
        page=f"/conferences/{conference.pk}/report/",
        subject=conference,
        by=by,
    )
    trail.record("Authorised a report to a conference", report, by=by)
    return report


@transaction.atomic
def return_report(*, conference: Conference, comments: str, by: User) -> None:
    """Send the report back, saying what must change. Both versions are kept."""
    report = _take_submitted(conference)
    casework.return_work(_task(report), comments=comments, by=by)
    report.submitted_on = report.submitted_by = None
    report.version += 1
    report.save(update_fields=["submitted_on", "submitted_by", "version"])
    trail.record("Returned a report to a conference", report, by=by)


def _take_submitted(conference: Conference) -> ConferenceReport:
    taken = (
        ConferenceReport.objects.select_for_update(of=("self",))
        .select_related("conference__meeting__chair", "submitted_by", "task")
        .filter(conference=conference)
        .first()
    )
    if taken is None or taken.state != ReportState.SUBMITTED:
        raise CannotDo("This is not waiting to be authorised: someone may have decided already")
    return taken
