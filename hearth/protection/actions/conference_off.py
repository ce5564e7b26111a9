"""Calling a conference off: by a manager, or because nobody is left with a plan to review."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import MANAGERS, SENIOR
from hearth.accounts.worker_context import acting_as
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.plans import actions as plans
from hearth.plans.models import MeetingKind, MeetingMember, PlanChild, PlanKind
from hearth.protection.actions.conference_booking import take_conference, workers_of
from hearth.protection.actions.conference_report import drop_own_report
from hearth.protection.models import Conference
from hearth.protection.process import REVIEW_CONFERENCE
from hearth.protection.rules.conference import ASKED_BY_ENQUIRY, REVIEW_IS_MOVED
from hearth.records.actions import chronicle

LEFT = "{child} has no child protection plan any more, so the review is about {rest} alone"
UNPLANNED = ". None of them has a plan: decide whether it is held"


@transaction.atomic
def stand_down(*, conference: Conference, reason: str, by: User) -> None:
    """Call a conference off: a manager decides that, with the reason. A review is never dropped."""
    conference = take_conference(conference)
    if not by.has_role(*MANAGERS):
        raise CannotDo("A manager stands a conference down")
    if conference.meeting.kind == MeetingKind.REVIEW_CONFERENCE:
        raise CannotDo(REVIEW_IS_MOVED)
    if conference.enquiry_id is not None and not by.has_role(*SENIOR):
        raise CannotDo(ASKED_BY_ENQUIRY)
    _call_off(conference, reason, by)
    trail.record(f"Stood down: {conference}", conference, by=by, reason=reason)


def follow_plan_end(part: PlanChild, ended_on: date, by: User) -> None:
    """Call off the review of a plan that has no child left; one that goes on is about the rest.

    Also where a brother or sister of it is kept from whoever ended the plan: nobody else would.
    """
    if part.kind == PlanKind.PROTECTION:
        with acting_as(system_worker()):
            _follow(part, ended_on, by)


def _follow(part: PlanChild, ended_on: date, by: User) -> None:
    waiting = Conference.objects.filter(
        children__plan_part=part,
        decided_at=None,
        meeting__kind=MeetingKind.REVIEW_CONFERENCE,
        meeting__cancelled_at=None,
        meeting__held_at=None,
    )
    for conference in waiting.order_by("pk"):
        _without(take_conference(conference), part, ended_on, by)
    if not PlanChild.objects.current().filter(plan=part.plan_id).exists():
        _drop_uncalled(part, by)


def _without(conference: Conference, part: PlanChild, ended_on: date, by: User) -> None:
    left = list(conference.children.to_decide().select_related("child"))
    if left:
        _go_on(conference)
        rest = ", ".join(str(one.child) for one in left)
        unplanned = "" if any(one.plan_part_id for one in left) else UNPLANNED
        _tell(conference, LEFT.format(child=part.child, rest=rest) + unplanned, by)
        return
    why = code_set("plan_end_reason").label(part.end_reason)
    reason = f"No child has a plan to review: the last ended on {in_words(ended_on)}. {why}."
    _call_off(conference, reason, by)
    trail.record(f"Called off with the plan: {conference}", conference, by=by, reason=reason)


def _go_on(conference: Conference) -> None:
    """What is asked for the rest alone is asked by another task: this review is how it is done."""
    task = conference.task
    if task is None or task.cancelled_at is None:
        return
    asked = Task.objects.outstanding().of_step(REVIEW_CONFERENCE)
    conference.task = asked.filter(record_id=conference.plan_id, conference=None).first()
    conference.save(update_fields=["task"])


def _drop_uncalled(part: PlanChild, by: User) -> None:
    """A review that was asked for, and not called yet, is asked for no more."""
    asked = Task.objects.outstanding().of_step(REVIEW_CONFERENCE)
    for task in asked.filter(record_id=part.plan_id, conference=None):
        casework.cancel(task, reason="The plan ended", by=by)


def _call_off(conference: Conference, reason: str, by: User) -> None:
    """Cancel the meeting and what waits for it; put it into each story, and tell who was asked."""
    plans.cancel_meeting(meeting=conference.meeting, reason=reason, by=by)
    task = conference.task
    if task is not None and task.done_at is None and task.cancelled_at is None:
        casework.cancel(task, reason=f"Stood down: {reason}", by=by)
    drop_own_report(conference, reason=f"Stood down: {reason}", by=by)
    children = [part.child for part in conference.children.select_related("child")]
    chronicle(
        about=children,
        kind="conference",
        title=f"{conference} stood down",
        text=reason,
        happened_on=timezone.localdate(),
        source=conference,
        page="protection:conference",
        by=by,
    )
    outside = [one.name for one in _members(conference) if one.worker_id is None]
    rest = f" Tell those who were asked and are not told here: {', '.join(outside)}"
    _tell(conference, f"stood down. {reason}{rest if outside else ''}", by)


def _members(conference: Conference) -> list[MeetingMember]:
    """Those asked to it, but for whoever was kept out."""
    asked = conference.meeting.members.filter(removed_at=None, excluded_reason="")
    return list(asked.select_related("worker"))


def _tell(conference: Conference, words: str, by: User) -> None:
    """Tell every worker who was asked, the lead workers, the chair and the note taker."""
    meeting = conference.meeting
    asked = [one.worker for one in _members(conference)]
    told = [*workers_of(conference), meeting.chair, meeting.note_taker, *asked]
    notify(
        to={worker for worker in told if worker is not None},
        text=f"{conference}: {words}",
        page=f"/conferences/{conference.pk}/",
        subject=conference,
        by=by,
    )
