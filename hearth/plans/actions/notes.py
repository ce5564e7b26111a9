"""Sending the notes of a meeting that carries a plan on, and what went kept as it was."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.actions.gathering import open_for_lead
from hearth.plans.actions.sending import (
    give_paper_back,
    keep_what_went,
    send_paper,
    withhold_paper,
)
from hearth.plans.gathering import GATHERINGS
from hearth.plans.meeting_papers import Facts, offer_of
from hearth.plans.models import Distribution, Meeting, MeetingMember, Paper


@transaction.atomic
def send_notes(
    *,
    meeting: Meeting,
    members: Sequence[MeetingMember],
    how: str,
    sent_at: datetime,
    late_reason: str = "",
    parts: Mapping[int, Collection[int]] | None = None,
    keep: bool = True,
    by: User,
) -> list[Distribution]:
    """Send a meeting's notes, and keep what each was sent.

    When every key member has them, or is kept from them, the task of sending is done.
    """
    if meeting.kind not in GATHERINGS:
        raise CannotDo("That meeting has pages of its own")
    sent = send_paper(
        meeting=meeting, paper=Paper.MINUTES, members=members, how=how, sent_at=sent_at, by=by
    )
    if keep:
        read = Facts(meeting)
        keep_what_went(
            sent=sent,
            offer_for=lambda reader: offer_of(read, reader),
            children=read.children,
            kind="minutes",
            parts=parts,
            by=by,
        )
    _finish(meeting, sent_at, late_reason, by)
    trail.record(f"Sent the notes: {meeting}", meeting, by=by)
    return sent


@transaction.atomic
def keep_notes_from(*, meeting: Meeting, member: MeetingMember, reason: str, by: User) -> None:
    """Keep a meeting's notes from one who was asked, with the reason: a manager or chair decides.

    They are then owed to nobody but the others.
    """
    if member.meeting_id != meeting.pk:
        raise CannotDo("They were not asked to this meeting")
    withhold_paper(member=member, paper=Paper.MINUTES, reason=reason, by=by)
    _finish(meeting, timezone.now(), f"Kept from the last of them: {reason}", by)


@transaction.atomic
def give_notes_back(*, meeting: Meeting, kept: Distribution, reason: str, by: User) -> None:
    """Let somebody have the notes that were kept from them. Sending them is on the list again."""
    if kept.meeting_id != meeting.pk or kept.paper != Paper.MINUTES:
        raise CannotDo("These notes are of another meeting")
    give_paper_back(kept=kept, reason=reason, by=by)
    step = GATHERINGS[meeting.kind].send_step
    waiting = Task.objects.outstanding().filter(step_key=step, record_id=meeting.pk)
    if step and kept.member.is_key and not waiting.exists():
        children = list(Person.objects.filter(pk__in=meeting.about))
        open_for_lead(step, children, timezone.localdate(), by, record_id=meeting.pk)


def _finish(meeting: Meeting, at: datetime, late_reason: str, by: User) -> None:
    """Meet the duty to send them, once everybody has them or is kept from them."""
    step = GATHERINGS[meeting.kind].send_step
    if not step or unsent(meeting):
        return
    for task in Task.objects.outstanding().filter(step_key=step, record_id=meeting.pk):
        day = timezone.localdate(at)
        casework.complete(task, outcome="sent", on=day, by=by, late_reason=late_reason)


def unsent(meeting: Meeting) -> list[MeetingMember]:
    """The key members who have not been sent the notes, nor had them kept from them."""
    standing = Distribution.objects.standing().filter(meeting=meeting, paper=Paper.MINUTES)
    key = meeting.members.filter(removed_at=None, is_key=True, worker=None)
    return list(key.exclude(pk__in=standing.values("member")))
