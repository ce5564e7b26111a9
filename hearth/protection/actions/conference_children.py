"""Adding a brother or sister to a review: one who has no plan yet, and may need one."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import MeetingKind
from hearth.protection.actions.conference_booking import take_conference
from hearth.protection.actions.conference_request import add_parts, check_none_waits
from hearth.protection.household import is_child
from hearth.protection.models import (
    AgencyReport,
    AgencyReportChild,
    Conference,
    ConferenceReport,
    ReportLink,
)
from hearth.records.actions import chronicle


@transaction.atomic
def add_to_review(
    *, conference: Conference, children: Sequence[Person], reason: str, by: User
) -> Conference:
    """Have a review decide for a brother or sister too. The children it was called for stay.

    An initial conference is about the children its enquiry named; only a review takes more.
    """
    conference = take_conference(conference)
    if conference.meeting.kind != MeetingKind.REVIEW_CONFERENCE:
        raise CannotDo("An initial conference is about the children its enquiry named")
    if not children:
        raise CannotDo("Choose who is added")
    if not reason:
        raise CannotDo("Say why the review is about them too")
    _check(conference, children)
    plans.add_children(meeting=conference.meeting, children=children, by=by)
    conference.about = sorted({*conference.about, *(child.pk for child in children)})
    conference.save(update_fields=["about"])
    add_parts(conference, children)
    _add_to_reports(conference, children)
    chronicle(
        about=list(children),
        kind="conference",
        title=f"Added to a {str(conference).lower()}",
        text=reason,
        happened_on=timezone.localdate(),
        source=conference,
        page="protection:conference",
        by=by,
    )
    trail.record(f"Added children: {conference}", conference, by=by, reason=reason)
    return conference


def _check(conference: Conference, children: Sequence[Person]) -> None:
    for child in children:
        if child.pk in conference.about:
            raise CannotDo(f"This review is about {child} already")
        if not child.is_child_record or not is_child(child, timezone.localdate()):
            raise CannotDo(f"A conference is about a child on record: {child} is none")
    check_none_waits(children)


def _add_to_reports(conference: Conference, children: Sequence[Person]) -> None:
    """Reports asked for already have a part for each of them too, unless they were sent."""
    ConferenceReport.objects.filter(conference=conference, submitted_on=None).update(
        about=conference.about
    )
    asked = list(AgencyReport.objects.filter(conference=conference, sent_at=None))
    AgencyReport.objects.filter(pk__in=[one.pk for one in asked]).update(about=conference.about)
    ReportLink.objects.filter(report__in=asked).update(about=conference.about)
    AgencyReportChild.objects.bulk_create(
        AgencyReportChild(report=report, child=child) for report in asked for child in children
    )
