"""The social worker's report to a conference: their analysis, and all else from the record.

Nothing in it is typed twice: the people, dates, visits, what the enquiry found, what agencies said
and the chronology are read from where they were written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from hearth.casework.models import Submission
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.plans.models import MeetingMember
from hearth.protection.models import (
    AgencyReport,
    Conference,
    ConferenceReport,
    ConferenceReportChild,
    Enquiry,
    EnquiryCheck,
    EnquiryChild,
    ReportState,
)
from hearth.protection.pages.conference_reports import sent_reports
from hearth.protection.together import Rows, join, read_together
from hearth.records.misplaced import OutOfPlace, siblings_named
from hearth.records.models import ChronologyEntry, Document, Significance, VisitChild
from hearth.records.story import Event, story_of

# How far back visits are shown where nothing says when the work began.
BEFORE = timedelta(days=90)
MOST_EVENTS = 200


@dataclass(frozen=True, slots=True)
class ChildPart:
    """One child's part of the report, theirs alone."""

    child: Person
    age: int | None
    analysis: str
    found: EnquiryChild | None
    visits: Sequence[VisitChild]
    events: Sequence[Event]

    @property
    def last_seen(self) -> date | None:
        """When they were last seen, of the visits shown."""
        return max((v.happened_on for v in self.visits if v.seen and v.happened_on), default=None)

    @property
    def last_alone(self) -> date | None:
        """When they were last seen alone, of the visits shown."""
        alone = (v.happened_on for v in self.visits if v.seen_alone and v.happened_on)
        return max(alone, default=None)


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """The whole report, as professionals read it or as the family does."""

    conference: Conference
    report: ConferenceReport
    parts: list[ChildPart]
    people: list[MeetingMember]
    checks: list[EnquiryCheck]
    agencies: list[AgencyReport]
    out_of_place: list[OutOfPlace]
    returned: Submission | None
    for_family: bool
    today: date

    @property
    def names(self) -> str:
        """The children, by name."""
        return ", ".join(str(part.child) for part in self.parts)

    @property
    def is_late(self) -> bool:
        """Whether the day the parents were to have it has passed."""
        task = self.report.task
        return bool(task and task.due_on and self.today > task.due_on)

    @property
    def due_on(self) -> date | None:
        """The day the parents are to have it by."""
        return self.report.task.due_on if self.report.task else None

    @property
    def tag(self) -> tuple[str, str]:
        """Where it stands, in words with a colour."""
        if self.report.state == ReportState.AUTHORISED:
            return (ReportState.AUTHORISED.label, "green")
        if self.is_late and self.report.state == ReportState.WRITING:
            return ("Overdue", "red")
        return (ReportState(self.report.state).label, "blue")

    def content(self) -> dict[str, Any]:
        """The report in words, kept whole as it was sent."""
        return {
            "danger": self.report.danger,
            "significant_only": self.report.significant_only,
            "children": [
                {
                    "child": str(part.child),
                    "analysis": part.analysis,
                    "visits": [in_words(v.happened_on) for v in part.visits if v.happened_on],
                    "events": [
                        f"{in_words(event.entry.happened_on)}: {event.entry.title}"
                        for event in part.events
                    ],
                }
                for part in self.parts
            ],
            "agencies": [str(report) for report in self.agencies],
        }


def report_paper(conference: Conference, *, today: date, for_family: bool = False) -> ReportPaper:
    """The report as it stands. The family's copy leaves out what would put somebody at risk.

    Left out of it: each child's own words, what agencies told the enquiry, what an agency said the
    family must not be told, and events of documents that are confidential from them.
    """
    report = getattr(conference, "report", None) or ConferenceReport(
        conference=conference, about=conference.about
    )
    found = _found(conference, report)
    parts = _parts(conference, report, found, for_family=for_family, today=today)
    words = {part.child.pk: part.analysis for part in parts}
    return ReportPaper(
        conference=conference,
        report=report,
        parts=parts,
        people=[one for one in found[MeetingMember] if _is_family(one)],
        checks=[] if for_family else [one for one in found[EnquiryCheck] if one.said],
        agencies=sent_reports(conference),
        out_of_place=siblings_named(words, [part.child for part in parts]),
        returned=_returned(report, found[Submission]),
        for_family=for_family,
        today=today,
    )


def _found(conference: Conference, report: ConferenceReport) -> Rows:
    """What the report, its enquiry and its meeting hold, in one query."""
    found = read_together(
        [
            (ConferenceReportChild, "report_id", report.pk or 0),
            (Submission, "task_id", report.task_id or 0),
            (MeetingMember, "meeting_id", conference.meeting_id),
            (Enquiry, "id", conference.enquiry_id or 0),
            (EnquiryChild, "enquiry_id", conference.enquiry_id or 0),
            (EnquiryCheck, "enquiry_id", conference.enquiry_id or 0),
        ]
    )
    join([conference], {one.pk: one for one in found[Enquiry]}, "enquiry")
    return found


def _is_family(member: MeetingMember) -> bool:
    return member.removed_at is None and member.worker_id is None and not member.agency


def _returned(report: ConferenceReport, sent: Sequence[Submission]) -> Submission | None:
    """How a manager last sent it back, while it is being written again."""
    back = [one for one in sent if one.decision == Submission.Decision.RETURNED]
    return back[-1] if back and report.state == ReportState.WRITING else None


def _parts(
    conference: Conference, report: ConferenceReport, rows: Rows, *, for_family: bool, today: date
) -> list[ChildPart]:
    children = list(Person.objects.filter(pk__in=conference.about).order_by("born_on", "pk"))
    analysis = {part.child_id: part.analysis for part in rows[ConferenceReportChild]}
    found = {part.child_id: part for part in rows[EnquiryChild]}
    visits = _visits(conference, children, today)
    entries = _entries(report, children, for_family=for_family)
    return [
        ChildPart(
            child=child,
            age=child.age_on(today),
            analysis=analysis.get(child.pk, ""),
            found=found.get(child.pk),
            visits=[visit for visit in visits if visit.child_id == child.pk],
            events=story_of(
                [entry for entry in entries if entry.child_id == child.pk],
                child,
                [],
                impacts=False,
            ).events,
        )
        for child in children
    ]


def _since(conference: Conference, today: date) -> date:
    """The day the work began that this conference weighs."""
    if conference.enquiry is not None:
        return conference.enquiry.started_on
    return min(conference.counted_from or today, today - BEFORE)


def _held_on(conference: Conference) -> date | None:
    """The day it was held: its report says nothing of what came after."""
    return timezone.localdate(at) if (at := conference.meeting.held_at) else None


def _visits(conference: Conference, children: Sequence[Person], today: date) -> list[VisitChild]:
    since = _since(conference, today)
    made = VisitChild.objects.standing().filter(child__in=children, happened_on__gte=since)
    if (held := _held_on(conference)) is not None:
        made = made.filter(happened_on__lte=held)
    return list(made.select_related("visited_by").order_by("-happened_on", "-pk"))


def _entries(
    report: ConferenceReport, children: Sequence[Person], *, for_family: bool
) -> list[ChronologyEntry]:
    entries = ChronologyEntry.objects.standing().of_children(*children)
    if report.significant_only:
        entries = entries.filter(significance=Significance.HIGH)
    if (held := _held_on(report.conference)) is not None:
        entries = entries.filter(happened_on__lt=held)
    if for_family:
        label = Document._meta.label
        hidden = Document.objects.filter(confidential_from_family=True)
        entries = entries.exclude(source_label=label, source_id__in=hidden.values("pk"))
    return list(entries.order_by("happened_on", "pk")[:MOST_EVENTS])
