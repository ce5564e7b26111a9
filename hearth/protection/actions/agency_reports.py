"""Asking agencies for their reports, and taking in what they write through their links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import TrailKind, User
from hearth.accounts.notices import notify
from hearth.accounts.worker_context import acting_as
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import due
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.models import MeetingMember
from hearth.protection.actions.conference_booking import take_conference, workers_of
from hearth.protection.models import (
    AgencyReport,
    AgencyReportChild,
    Conference,
    ConferenceReport,
    ReportLink,
)
from hearth.protection.report_links import (
    Closed,
    LinkClosed,
    digest_of,
    expires_at,
    new_secret,
    why_closed,
)
from hearth.protection.timescales import report_limit
from hearth.records import actions as records

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import Manager, QuerySet

    Links = Manager[ReportLink] | QuerySet[ReportLink]

CHANGED = (
    "This was saved from another window since you opened this one. What that one says is below; "
    "what you typed is in the form. Save again to replace it"
)
OF_A_CHILD = ("known", "worries", "strengths", "wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySaid:
    """What an agency has written so far; each child's part by the child's id."""

    family: str = ""
    chronology: str = ""
    not_for_family: str = ""
    written_by: str = ""
    children: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    file: "UploadedFile[bytes] | None" = None


def why_not_ask(member: MeetingMember) -> str | None:
    """Why nobody may ask this member for a report; None if they may be asked."""
    meeting = member.meeting
    if member.removed_at is not None:
        return f"{member.name} is no longer asked to this conference"
    if member.worker_id or member.person_id or not member.agency:
        return "Only another agency writes a report through a link"
    if meeting.cancelled_at is not None or meeting.held_at is not None:
        return "This conference is not to come"
    if meeting.planned_from is None:
        return "Book the conference first: the agency must know the day"
    if meeting.planned_from <= timezone.now():
        return "The conference has begun: ask for the report in the room"
    report = AgencyReport.objects.filter(member=member).first()
    return f"{member.name} has sent a report" if report and report.sent_at else None


@transaction.atomic
def ask_for_report(*, member: MeetingMember, by: User) -> str:
    """Make an agency's link to its report. It is answered here, once, and kept nowhere.

    A link made before stops working at once; what was written through it is carried on.
    """
    conference = take_conference(member.meeting.conference)
    if why := why_not_ask(member):
        raise CannotDo(why)
    report = _report_of(conference, member, by)
    now, secret = timezone.now(), new_secret()
    report.links.filter(replaced_at=None).update(replaced_at=now)
    planned = conference.meeting.planned_from
    assert planned is not None  # noqa: S101 - why_not_ask has looked
    link = ReportLink.objects.create(
        report=report,
        about=report.about,
        digest=digest_of(secret),
        sent_to=member.email,
        recorded_at=now,
        made_by=by,
        expires_at=expires_at(planned),
    )
    member.report_wanted = True
    member.save(update_fields=["report_wanted"])
    trail.record("Made a link to an agency's report", link, by=by)
    return secret


def _report_of(conference: Conference, member: MeetingMember, by: User) -> AgencyReport:
    today = timezone.localdate()
    report, _ = AgencyReport.objects.get_or_create(
        member=member,
        defaults={
            "conference": conference,
            "about": conference.about,
            "due_on": wanted_by(conference, asked_on=today),
            "asked_on": today,
            "asked_by": by,
        },
    )
    report.asked_by = by
    report.save(update_fields=["asked_by"])
    known = set(report.children.values_list("child_id", flat=True))
    AgencyReportChild.objects.bulk_create(
        AgencyReportChild(report=report, child_id=pk) for pk in conference.about if pk not in known
    )
    return report


def wanted_by(conference: Conference, *, asked_on: date) -> date:
    """The day an agency's report is wanted by, so that the family has it before the conference."""
    planned = conference.meeting.planned_from
    assert planned is not None  # noqa: S101 - only a booked conference asks
    limit = due(report_limit(conference.meeting.kind), timezone.localdate(planned), local_rules())
    return max(limit.on, asked_on) if limit else asked_on


@transaction.atomic
def open_report_link(*, secret: str, by: User) -> tuple[ReportLink, str]:
    """Use a link up: from here it is one browser's, which is given a secret of its own.

    Raises LinkClosed. Whoever opens it is nobody known to us: `by` is Hearth itself.
    """
    with acting_as(by):
        link = _found(ReportLink.objects.select_for_update(of=("self",)), digest=digest_of(secret))
        if (why := why_closed(link)) is not None:
            raise LinkClosed(why, link)
        browser = new_secret()
        link.opened_at, link.browser = timezone.now(), digest_of(browser)
        link.save(update_fields=["opened_at", "browser"])
        trail.record("An agency opened its link", link, by=by, kind=TrailKind.LOOK)
        return link, browser


def link_of(secret: str) -> ReportLink:
    """The link with this secret, which may still be opened. Raises LinkClosed."""
    link = _found(ReportLink.objects, digest=digest_of(secret))
    if (why := why_closed(link)) is not None:
        raise LinkClosed(why, link)
    return link


def link_in_use(pk: int, browser: str) -> ReportLink:
    """The link that this browser opened, which it may still write through. Raises LinkClosed."""
    link = _found(ReportLink.objects, pk=pk)
    if not link.browser:
        raise LinkClosed(Closed.UNKNOWN)
    if (why := why_closed(link, browser=browser)) is not None:
        raise LinkClosed(why, link)
    return link


def _found(links: "Links", **by: object) -> ReportLink:
    found = links.select_related(
        "report__conference__meeting", "report__member", "report__asked_by__staff"
    )
    link: ReportLink | None = found.filter(**by).first()
    if link is None:
        raise LinkClosed(Closed.UNKNOWN)
    return link


@transaction.atomic
def save_agency_report(
    *, link: ReportLink, browser: str, version: int, said: AgencySaid, by: User
) -> AgencyReport:
    """Keep what an agency has written so far. Another window's newer words are not written over."""
    with acting_as(by):
        report = _taken(link, browser)
        if report.version != version:
            raise CannotDo(CHANGED)
        _write(report, said, by)
        trail.record("An agency saved its report", report, by=by)
        return report


@transaction.atomic
def send_agency_report(
    *, link: ReportLink, browser: str, version: int, said: AgencySaid, by: User
) -> AgencyReport:
    """Take an agency's report in: it no longer changes, and the chair and the worker are told."""
    with acting_as(by):
        report = save_agency_report(link=link, browser=browser, version=version, said=said, by=by)
        if not report.written_by:
            raise CannotDo("Say who you are, and your job")
        for part in report.children.select_related("child"):
            if not part.known:
                raise CannotDo("Say what you know of each child. If it is nothing, say so")
        report.sent_at = timezone.now()
        report.save(update_fields=["sent_at"])
        _tell(report, by)
        trail.record("An agency sent its report", report, by=by)
        return report


def _taken(link: ReportLink, browser: str) -> AgencyReport:
    """The report behind a link, locked, if this browser may still write in it."""
    report = AgencyReport.objects.select_for_update(of=("self",)).get(pk=link.report_id)
    link_in_use(link.pk, browser)
    return report


def _write(report: AgencyReport, said: AgencySaid, by: User) -> None:
    for name in ("family", "chronology", "not_for_family", "written_by"):
        setattr(report, name, getattr(said, name))
    for part in report.children.all():
        for name in OF_A_CHILD:
            setattr(part, name, said.children.get(part.child_id, {}).get(name, ""))
        part.save()
    if said.file is not None:
        _keep_file(report, said.file, by)
    report.version += 1
    report.save()


def _keep_file(report: AgencyReport, file: "UploadedFile[bytes]", by: User) -> None:
    """Keep the file they attach, checked as every document is; a second takes the first's place."""
    if report.document is not None:
        records.add_version(document=report.document, file=file, by=by)
        return
    member = report.member
    report.document = records.upload_document(
        children=list(Person.objects.filter(pk__in=report.about)),
        file=file,
        title=f"Report to the conference: {member.agency_name or member.name}",
        kind="other",
        source=str(member)[:200],
        confidential_from_family=bool(report.not_for_family),
        by=by,
    )


def _tell(report: AgencyReport, by: User) -> None:
    conference = report.conference
    agency = report.member.agency_name or report.member.name
    records.chronicle(
        about=list(Person.objects.filter(pk__in=report.about)),
        kind="conference",
        title=f"Report to the conference from {agency}",
        happened_on=timezone.localdate(),
        source=conference,
        page="protection:conference_reports",
        by=by,
    )
    told = [*workers_of(conference), report.asked_by, *filter(None, [conference.meeting.chair])]
    notify(
        to=told,
        text=f"{agency} has sent its report to the {str(conference).lower()}",
        page=f"/conferences/{conference.pk}/reports/",
        subject=conference,
        by=by,
    )


def telephone_for(report: AgencyReport | None) -> str:
    """Whom an agency rings about its link: whoever asked, or the authority's own number."""
    staff = getattr(report.asked_by, "staff", None) if report is not None else None
    return (staff.phone if staff is not None else "") or settings.DUTY_TELEPHONE


@transaction.atomic
def refuse_report_link(*, closed: LinkClosed, by: User) -> None:
    """Write down that a link was tried which opens nothing: it may be in the wrong hands."""
    if closed.link is None:
        return
    with acting_as(by):
        what, why = "Refused an agency's link", closed.why.title
        trail.record(what, closed.link, by=by, kind=TrailKind.REFUSAL, reason=why)


@transaction.atomic
def record_reports_shared(
    *,
    conference: Conference,
    reports: Sequence[AgencyReport],
    own: bool,
    shared_on: date,
    by: User,
) -> None:
    """Record when the family had the reports: the social worker's own, agencies', or both."""
    conference = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    if not own and not reports:
        raise CannotDo("Choose which reports they had")
    mine = ConferenceReport.objects.filter(conference=conference, submitted_on__isnull=False)
    if own and not mine.exists():
        raise CannotDo("The social worker's report has not been written")
    theirs = AgencyReport.objects.filter(conference=conference, sent_at__isnull=False)
    chosen = list(theirs.filter(pk__in=[one.pk for one in reports]))
    if len(chosen) != len(reports):
        raise CannotDo("That report has not been sent to us")
    written = [timezone.localdate(one.sent_at) for one in chosen]
    _check_day(shared_on, [*written, *([mine.get().submitted_on] if own else [])])
    for report in chosen:
        report.shared_on = shared_on
        report.save(update_fields=["shared_on"])
    if own:
        mine.update(shared_on=shared_on)
    trail.record("The family had the reports to a conference", conference, by=by)


def _check_day(shared_on: date, written: Sequence[date | None]) -> None:
    """A report is shared from the day it was written, and not on a day that has not come."""
    if shared_on > timezone.localdate():
        raise CannotDo("They cannot have had it on a day that has not come")
    for day in written:
        if day is not None and shared_on < day:
            raise CannotDo(f"One of these was written on {in_words(day)}, after that day")
