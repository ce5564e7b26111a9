"""After a strategy discussion: sending its record, asking who was missing, or calling it off."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.plans import actions as meetings
from hearth.plans.copies import AGENCIES
from hearth.plans.models import Distribution, MeetingMember, Paper
from hearth.protection import process
from hearth.protection.actions.strategy import HOLDS, NOT_A_MANAGER
from hearth.protection.actions.taking import check_registered, check_role, take_discussion
from hearth.protection.models import StrategyDiscussion
from hearth.protection.strategy_copies import Facts, offer_of


@transaction.atomic
def send_strategy(
    *,
    discussion: StrategyDiscussion,
    members: Sequence[MeetingMember],
    how: str,
    sent_at: datetime,
    late_reason: str = "",
    keep: bool = True,
    by: User,
) -> list[Distribution]:
    """Record the discussion's record sent to some of those asked to it, and keep what went.

    Sending it stays on the list until everybody has it, or was kept from it with a reason. It is
    for agencies alone: nobody of the family is sent it.
    """
    discussion = take_discussion(discussion)
    check_role(by, process.SEND_STRATEGY.done_by, "Your role does not send this")
    held_at = discussion.meeting.held_at
    if held_at is None:
        raise CannotDo("This has not been held yet, so there is no record to send")
    if not members:
        raise CannotDo("Choose who it was sent to")
    if of_family := [member.name for member in members if member.person_id is not None]:
        raise CannotDo(f"{of_family[0]} is of the family. Keep the record from them, and say why")
    if sent_at < held_at:
        raise CannotDo("It cannot have been sent before it was held")
    sent = meetings.send_paper(
        meeting=discussion.meeting,
        paper=Paper.RECORD,
        members=members,
        how=how,
        sent_at=sent_at,
        by=by,
    )
    if keep:
        _keep(discussion, sent, by)
    _finish_sending(discussion, timezone.localdate(sent_at), late_reason, by)
    trail.record("Sent the record of a strategy discussion", discussion, by=by)
    return sent


def _keep(discussion: StrategyDiscussion, sent: Sequence[Distribution], by: User) -> None:
    read = Facts(discussion)
    meetings.keep_what_went(
        sent=sent,
        reader_of=lambda _: AGENCIES,
        offer_for=lambda reader: offer_of(read, reader),
        children=read.children,
        kind="minutes",
        by=by,
    )


@transaction.atomic
def keep_back_strategy(
    *, discussion: StrategyDiscussion, member: MeetingMember, reason: str, by: User
) -> None:
    """Keep the record from somebody who was asked, with the reason: a manager decides that."""
    discussion = take_discussion(discussion)
    if discussion.meeting.held_at is None:
        raise CannotDo("This has not been held yet, so there is no record to send")
    if member.meeting_id != discussion.meeting_id:
        raise CannotDo("They were not asked to this discussion")
    meetings.withhold_paper(member=member, paper=Paper.RECORD, reason=reason, by=by)
    _finish_sending(discussion, timezone.localdate(), reason, by)
    trail.record("Kept the record of a strategy discussion back", discussion, by=by)


def _finish_sending(discussion: StrategyDiscussion, on: date, late_reason: str, by: User) -> None:
    task = Task.objects.outstanding().of_step(process.SEND_STRATEGY)
    waiting = task.filter(record_id=discussion.pk).first()
    if waiting is None or unsent(discussion):
        return
    casework.complete(waiting, outcome="sent", on=on, late_reason=late_reason, by=by)


def unsent(discussion: StrategyDiscussion) -> list[MeetingMember]:
    """Those asked to a discussion who have neither been sent its record nor been kept from it."""
    standing = Distribution.objects.standing().filter(
        meeting=discussion.meeting_id, paper=Paper.RECORD
    )
    members = MeetingMember.objects.filter(meeting=discussion.meeting_id, removed_at=None)
    return list(members.exclude(pk__in=standing.values("member_id")))


@transaction.atomic
def receive_strategy(
    *, discussion: StrategyDiscussion, sending: Distribution, received_at: datetime, by: User
) -> None:
    """Record that the record of a discussion reached somebody it was sent to."""
    discussion = take_discussion(discussion)
    if sending.meeting_id != discussion.meeting_id:
        raise CannotDo("This was not sent from this discussion")
    if received_at > timezone.now():
        raise CannotDo("It cannot have been received at a time that has not come")
    meetings.mark_received(sending=sending, received_at=received_at, by=by)
    trail.record("The record of a strategy discussion was received", discussion, by=by)


@transaction.atomic
def record_consulted(
    *, discussion: StrategyDiscussion, missing_consulted_on: date, words: str, by: User
) -> None:
    """Record when an agency that had to take part, and did not, was asked since; what it said."""
    discussion = take_discussion(discussion)
    check_role(by, HOLDS, NOT_A_MANAGER)
    held_at = discussion.meeting.held_at
    if held_at is None or not discussion.missing_reason:
        raise CannotDo("Nobody who had to take part was missing")
    if not words:
        raise CannotDo("Say what they told you")
    today = timezone.localdate()
    if not timezone.localdate(held_at) <= missing_consulted_on <= today:
        raise CannotDo(
            f"Say on what day since {in_words(timezone.localdate(held_at))} they were asked"
        )
    discussion.missing_consulted_on = missing_consulted_on
    discussion.missing_agency_reason += (
        f"\n\nAsked since, on {in_words(missing_consulted_on)}: {words}"
    )
    discussion.save(update_fields=["missing_consulted_on", "missing_agency_reason"])
    trail.record("Asked an agency that missed a strategy discussion", discussion, by=by)


@transaction.atomic
def call_off_strategy(*, discussion: StrategyDiscussion, reason: str, by: User) -> None:
    """Call a discussion off, with why it is not needed: a registered manager decides that."""
    discussion = take_discussion(discussion)
    check_role(by, HOLDS, NOT_A_MANAGER)
    check_registered(by)
    meetings.cancel_meeting(meeting=discussion.meeting, reason=reason, by=by)
    task = discussion.task
    if task is not None and task.done_at is None and task.cancelled_at is None:
        casework.cancel(task, reason=reason, by=by)
    trail.record("Called a strategy discussion off", discussion, by=by, reason=reason)
