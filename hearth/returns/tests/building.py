"""Building a census in a test, and reading what was written of one child."""

from datetime import date, datetime, time
from io import BytesIO

from django.utils import timezone
from lxml import etree

from hearth.accounts.actions import system_worker
from hearth.assessments.models import Assessment, AssessmentChild, AssessmentFactor
from hearth.plans.models import Meeting, Plan, PlanCategory, PlanChild
from hearth.protection.models import Conference, ConferenceChild, Enquiry, EnquiryChild
from hearth.records import storage
from hearth.returns import actions

TODAY = date(2026, 11, 21)


def build(year=2026, **said):
    """The census of a year, built."""
    by = system_worker()
    going = actions.start_build(**{"year": year, "today": TODAY, "by": by, **said})
    actions.build_census(build=going, by=by)
    return going


def file_of(built):
    """The bytes of the file."""
    return storage.path_of(built.stored_as).read_bytes()


def children_in(built):
    """Each child of the file as plain dictionaries and lists, by LAchildID."""
    root = etree.parse(BytesIO(file_of(built))).getroot()
    found = [_plain(child) for child in root.iter("Child")]
    return {child["ChildIdentifiers"]["LAchildID"]: child for child in found}


def lines_of(built):
    """Why each child, or something of theirs, is not in the file."""
    return [(line.la_child_id, line.reason, line.words) for line in built.lines.order_by("id")]


def assessed(episode, started_on, authorised_on=None, *, factors=(), **said):
    """An assessment as one brought in from another system is kept: dates and factors."""
    assessment = Assessment.objects.create(
        about=[episode.child_id],
        kind="single",
        trigger_on=min(episode.started_on, started_on),
        started_on=started_on,
        authorised_on=authorised_on,
        recorded_by=system_worker(),
        **said,
    )
    part = AssessmentChild.objects.create(
        assessment=assessment, child=episode.child, episode=episode
    )
    AssessmentFactor.objects.bulk_create(
        AssessmentFactor(part=part, child=episode.child, code=code) for code in factors
    )
    return assessment


def planned(episode, started_on, ended_on=None, *, kind="child_in_need", categories=(), **said):
    """A plan as one brought in is kept: its dates, and for protection the categories by day."""
    by = {"recorded_by": system_worker()}
    plan = Plan.objects.create(about=[episode.child_id], kind=kind, **by)
    part = PlanChild.objects.create(
        plan=plan,
        child=episode.child,
        episode=episode,
        kind=kind,
        started_on=started_on,
        ended_on=ended_on,
        end_reason="imported" if ended_on else "",
        **said,
        **by,
    )
    for since, category in categories:
        PlanCategory.objects.create(
            part=part, child=episode.child, since=since, category=category, **by
        )
    return part


def enquired(episode, started_on, **said):
    """A section 47 enquiry about one child; what is said of the child's part apart."""
    part = {key: said.pop(key) for key in ("outcome", "conference_target_on") if key in said}
    enquiry = Enquiry.objects.create(
        about=[episode.child_id], started_on=started_on, recorded_by=system_worker(), **said
    )
    ended_on = enquiry.authorised_on or started_on
    EnquiryChild.objects.create(
        enquiry=enquiry, child=episode.child, episode=episode, ended_on=ended_on, **part
    )
    return enquiry


def conference(episode, kind, held_on, enquiry=None):
    """A conference held about one child."""
    by = system_worker()
    at = timezone.make_aware(datetime.combine(held_on, time(10)))
    meeting = Meeting.objects.create(
        about=[episode.child_id], kind=kind, held_at=at, recorded_by=by
    )
    made = Conference.objects.create(
        meeting=meeting, about=meeting.about, enquiry=enquiry, recorded_by=by
    )
    ConferenceChild.objects.create(conference=made, child=episode.child, episode=episode)
    return made


MANY = {"CINdetails", "Assessments", "CINPlanDates", "Disability", "AssessmentFactors"}
MANY |= {"Section47", "ChildProtectionPlans", "CPPreviewDate"}


def _plain(element):
    if not len(element):
        return element.text
    said: dict = {}
    for within in element:
        if within.tag in MANY:
            said.setdefault(within.tag, []).append(_plain(within))
        else:
            said[within.tag] = _plain(within)
    return said
