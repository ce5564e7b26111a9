"""The record of a conference: written, approved, and sent to each of those who are to have it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import Distribution, MeetingMember, Paper
from hearth.protection.conference_copies import MAKE, offer_of
from hearth.protection.conference_facts import Facts
from hearth.protection.models import Conference
from hearth.protection.papers import still_to_have
from hearth.protection.process import SEND_DECISIONS, SEND_RECORD

# As what each is kept with the children's documents.
KINDS = {
    Paper.INVITATION: "correspondence",
    Paper.REPORT: "assessment",
    Paper.DECISIONS: "correspondence",
    Paper.RECORD: "minutes",
}
STEPS = {Paper.DECISIONS: SEND_DECISIONS.key, Paper.RECORD: SEND_RECORD.key}
NOT_DECIDED = "The decisions have not been issued yet"


@transaction.atomic
def write_record(*, conference: Conference, minutes: str, version: int, by: User) -> None:
    """Save what was said, if nobody else has changed it since it was read."""
    plans.write_minutes(meeting=conference.meeting, minutes=minutes, version=version, by=by)


@transaction.atomic
def approve_record(*, conference: Conference, version: int, by: User) -> None:
    """The chair agrees the record. From then it no longer changes, and may be sent."""
    if conference.decided_at is None:
        raise CannotDo(NOT_DECIDED)
    if conference.meeting.chair_id != by.pk:
        raise CannotDo("Only the chair approves the record of a conference")
    plans.approve_minutes(meeting=conference.meeting, version=version, by=by)
    trail.record(f"Approved the record: {conference}", conference, by=by)


@transaction.atomic
def send_conference_paper(
    *,
    conference: Conference,
    paper: Paper,
    members: Sequence[MeetingMember],
    how: str,
    sent_at: datetime,
    late_reason: str = "",
    parts: Mapping[int, Collection[int]] | None = None,
    keep: bool = True,
    by: User,
) -> None:
    """Record that a paper went to some of those who are to have it.

    When nobody is left, the duty to send it is met; sent late, it says why. The copy
    is kept as it stood, unless what went was not made by Hearth.
    """
    _check_ready(conference, paper)
    if not members:
        raise CannotDo("Choose who it went to")
    sent = plans.send_paper(
        meeting=conference.meeting, paper=paper, members=members, how=how, sent_at=sent_at, by=by
    )
    if keep:
        _keep(conference, paper, sent, parts, by)
    _finish(conference, paper, late_reason, by)
    trail.record(f"Sent {paper.label.lower()}: {conference}", conference, by=by)


def _keep(
    conference: Conference,
    paper: Paper,
    sent: Sequence[Distribution],
    parts: Mapping[int, Collection[int]] | None,
    by: User,
) -> None:
    if paper not in MAKE:
        return
    read = Facts(conference)
    plans.keep_what_went(
        sent=sent,
        offer_for=lambda reader: offer_of(read, paper, reader),
        children=read.children,
        kind=KINDS[paper],
        parts=parts,
        by=by,
    )


@transaction.atomic
def keep_from(
    *, conference: Conference, member: MeetingMember, paper: Paper, reason: str, by: User
) -> None:
    """Keep a paper from somebody, with the reason: a manager or the chair decides that."""
    plans.withhold_paper(member=member, paper=paper, reason=reason, by=by)
    _finish(conference, paper, "Kept from the last of those who were to have it", by)


@transaction.atomic
def let_have(*, conference: Conference, kept: Distribution, reason: str, by: User) -> None:
    """Let somebody have a paper that was kept from them. Sending it is on the list again."""
    if kept.meeting_id != conference.meeting_id:
        raise CannotDo("This was kept from somebody at another meeting")
    plans.give_paper_back(kept=kept, reason=reason, by=by)
    _owe_again(conference, Paper(kept.paper), by)


@transaction.atomic
def mark_arrived(*, sending: Distribution, received_at: datetime, by: User) -> None:
    """Record that a paper reached whoever it went to."""
    if received_at > timezone.now():
        raise CannotDo("It cannot have arrived at a time that has not come")
    plans.mark_received(sending=sending, received_at=received_at, by=by)


@transaction.atomic
def mark_came_back(*, sending: Distribution, by: User) -> None:
    """Record that a paper came back undelivered, so that it is to be sent again."""
    plans.mark_returned(sending=sending, by=by)
    _owe_again(sending.meeting.conference, Paper(sending.paper), by)


def _check_ready(conference: Conference, paper: Paper) -> None:
    """Nothing is sent before there is something agreed to send."""
    meeting = conference.meeting
    if paper == Paper.INVITATION:
        if meeting.planned_from is None:
            raise CannotDo("Book the conference before anybody is asked to it")
        if meeting.held_at is not None:
            raise CannotDo("This conference has been held")
    elif conference.decided_at is None:
        raise CannotDo(NOT_DECIDED)
    elif paper == Paper.RECORD and meeting.approved_at is None:
        raise CannotDo("The chair has not approved the record yet")


def _finish(conference: Conference, paper: Paper, late_reason: str, by: User) -> None:
    """Meet the duty to send it, once everybody who is to have it has, or is kept from it."""
    if paper not in STEPS or still_to_have(conference.meeting, paper):
        return
    task = Task.objects.outstanding().filter(step_key=STEPS[paper], record_id=conference.pk).first()
    if task is not None:
        casework.complete(
            task, outcome="sent", on=timezone.localdate(), late_reason=late_reason, by=by
        )


def _owe_again(conference: Conference, paper: Paper, by: User) -> None:
    """Put the duty to send it back on the list, where somebody is to have it again."""
    if paper not in STEPS or not still_to_have(conference.meeting, paper):
        return
    waiting = Task.objects.outstanding().filter(step_key=STEPS[paper], record_id=conference.pk)
    if not waiting.exists():
        children = Person.objects.filter(pk__in=conference.about)
        ask_for_sending(conference, [STEPS[paper]], list(children), timezone.localdate(), by)


def ask_for_sending(
    conference: Conference, steps: Sequence[str], children: Sequence[Person], on: date, by: User
) -> None:
    """Ask for papers to be sent: of whoever takes the note."""
    worker = casework.still_here(conference.meeting.note_taker) or by
    for step in steps:
        casework.open_step(
            step, children=children, trigger=on, record_id=conference.pk, worker=worker, by=by
        )
