"""Calling a conference again that was not quorate: nothing is decided, and the clock runs on."""

from collections.abc import Mapping
from dataclasses import fields

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.plans import actions as plans
from hearth.plans.models import Meeting, MeetingKind, MeetingMember
from hearth.protection.actions.conference_booking import take_conference, workers_of
from hearth.protection.models import (
    AgencyReport,
    Conference,
    ConferenceChild,
    ConferenceReport,
)
from hearth.protection.process import CONFERENCE_REPORT

STAYS = (
    *("enquiry", "plan", "counted_from", "target_on", "requested_on", "requested_by"),
    *("request_reason", "must_be_asked", "accepted_on", "accepted_by"),
)


@transaction.atomic
def reconvene(
    *, conference: Conference, attendance: Mapping[int, str], reason: str, by: User
) -> Conference:
    """Send everybody home because too few agencies came, and call the conference again.

    The time limit does not move. Who came stays on the record of the day that failed; all who were
    asked are asked again.
    """
    conference = take_conference(conference)
    old = conference.meeting
    if old.chair_id != by.pk:
        raise CannotDo("Only the chair sends a conference home")
    if old.planned_from is None or old.planned_from > timezone.now():
        raise CannotDo("This conference has not begun yet")
    if not reason:
        raise CannotDo("Say why it could not go ahead, and what is done to keep the children safe")
    plans.record_attendance(meeting=old, attendance=attendance, by=by)
    plans.cancel_meeting(meeting=old, reason=f"Not quorate. {reason}", by=by)
    again = _again(conference, by)
    notify(
        to=workers_of(conference),
        text=f"{conference} was not quorate. It is to be held again by the same day",
        page=f"/conferences/{again.pk}/",
        subject=again,
        by=by,
    )
    trail.record(f"Not quorate, called again: {again}", again, by=by, reason=reason)
    return again


def _again(conference: Conference, by: User) -> Conference:
    """Another conference for the same task, with the same children and limit."""
    parts = list(conference.children.select_related("child"))
    children = [part.child for part in parts]
    meeting = plans.call_meeting(
        kind=MeetingKind(conference.meeting.kind), children=children, by=by
    )
    members = _ask_again(conference.meeting, meeting, by)
    task, conference.task = conference.task, None
    conference.save(update_fields=["task"])
    again: Conference = Conference.objects.create(
        meeting=meeting,
        about=conference.about,
        task=task,
        recorded_by=by,
        **{name: getattr(conference, name) for name in STAYS},
    )
    ConferenceChild.objects.bulk_create(
        ConferenceChild(
            conference=again, child=part.child, episode=part.episode, plan_part=part.plan_part
        )
        for part in parts
    )
    _carry_reports_over(conference, again, members, by)
    return again


def _carry_reports_over(
    conference: Conference, again: Conference, members: Mapping[int, MeetingMember], by: User
) -> None:
    """Reports, written or asked for, are for the day it is held; links go on as they were."""
    ConferenceReport.objects.filter(conference=conference).update(conference=again)
    waiting = Task.objects.filter(step_key=CONFERENCE_REPORT.key, record_id=conference.pk)
    waiting.update(record_id=again.pk)
    for report in AgencyReport.objects.filter(conference=conference, member__in=list(members)):
        report.conference, report.member = again, members[report.member_id]
        report.save(update_fields=["conference", "member"])
    trail.record(f"Carried the reports over: {again}", again, by=by)


def _ask_again(old: Meeting, meeting: Meeting, by: User) -> dict[int, MeetingMember]:
    """Each of those who were asked, asked again; by who they were on the day that failed."""
    again = {}
    for member in old.members.filter(removed_at=None).select_related("person", "worker"):
        same = {field.name: getattr(member, field.name) for field in fields(plans.NewMember)}
        again[member.pk] = plans.add_member(meeting=meeting, member=plans.NewMember(**same), by=by)
    return again
