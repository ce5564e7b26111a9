"""Sending papers to those who were asked to a meeting, and keeping one from somebody."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.actions.meetings import take_meeting
from hearth.plans.copies import reader_of
from hearth.plans.models import Distribution, Meeting, MeetingMember, Paper
from hearth.plans.rules import may_keep_papers
from hearth.records import actions as records
from hearth.records.models import DocumentVersion
from hearth.records.outgoing import Offer, Reader, put_together

# Papers of what a meeting said or decided.
AFTER = (Paper.DECISIONS, Paper.RECORD, Paper.MINUTES)


@transaction.atomic
def send_paper(
    *,
    meeting: Meeting,
    paper: Paper,
    members: Sequence[MeetingMember],
    how: str,
    sent_at: datetime,
    by: User,
) -> list[Distribution]:
    """Record a paper sent to some members. One who has it already is passed over."""
    meeting = take_meeting(meeting)
    if why := code_set("sending_method").why_not_valid(how):
        raise CannotDo(why)
    if sent_at > timezone.now():
        raise CannotDo("A paper cannot have been sent at a time that has not come")
    if paper in AFTER and (meeting.held_at is None or sent_at < meeting.held_at):
        raise CannotDo(f"{Paper(paper).label}: this cannot be sent before the meeting is held")
    if any(member.meeting_id != meeting.pk for member in members):
        raise CannotDo("Somebody here was not asked to this meeting. Add them first")
    standing = set(
        Distribution.objects.standing()
        .filter(meeting=meeting, paper=paper)
        .values_list("member_id", flat=True)
    )
    sent = Distribution.objects.bulk_create(
        Distribution(
            meeting=meeting,
            member=member,
            about=meeting.about,
            paper=paper,
            how=how,
            sent_at=sent_at,
            sent_by=by,
        )
        for member in members
        if member.pk not in standing
    )
    trail.record(f"Sent: {Paper(paper).label}", meeting, by=by)
    return sent


@transaction.atomic
def keep_copies(*, copies: Mapping[int, DocumentVersion], by: User) -> None:
    """Keep with each sending, by its number, the copy that went."""
    for sending in Distribution.objects.select_for_update(of=("self",)).filter(pk__in=copies):
        sending.kept = copies[sending.pk]
        sending.save(update_fields=["kept"])
        trail.record("Kept the copy that was sent", sending, by=by)


@transaction.atomic
def keep_what_went(
    *,
    sent: Sequence[Distribution],
    reader_of: Callable[[MeetingMember], Reader] = reader_of,
    offer_for: Callable[[Reader], Offer],
    children: Sequence[Person],
    kind: str,
    parts: Mapping[int, Collection[int]] | None = None,
    by: User,
) -> None:
    """Keep what each was sent as it stood then: one copy for each who may read something else.

    `parts` is the children whose parts went, by the number of a member who is nobody's parent on
    record.
    """
    kept: dict[str, DocumentVersion] = {}
    copies: dict[int, DocumentVersion] = {}
    for sending in sent:
        reader = reader_of(sending.member)
        if reader.key not in kept:
            offer = offer_for(reader).with_parts((parts or {}).get(sending.member_id, ()))
            chosen = put_together(offer, children)
            shown, _ = offer.reader.may_read_of(children, offer.around)
            kept[reader.key] = records.keep_as_sent(
                paper=chosen.paper, children=shown, kind=kind, by=by
            )
        copies[sending.pk] = kept[reader.key]
    keep_copies(copies=copies, by=by)


@transaction.atomic
def withhold_paper(*, member: MeetingMember, paper: Paper, reason: str, by: User) -> Distribution:
    """Keep a paper from somebody, with the reason: a manager or the chair decides that."""
    meeting = take_meeting(member.meeting)
    if not reason:
        raise CannotDo("Say why this is kept from them")
    if not may_keep_papers(by):
        raise CannotDo("A manager or the chair decides that a paper is kept from somebody")
    if Distribution.objects.standing().filter(member=member, paper=paper).exists():
        raise CannotDo(f"{member.name} has this already")
    kept = Distribution.objects.create(
        meeting=meeting,
        member=member,
        about=meeting.about,
        paper=paper,
        withheld_reason=reason,
        withheld_by=by,
    )
    trail.record(f"Kept back: {Paper(paper).label}", kept, by=by, reason=reason)
    return kept


@transaction.atomic
def give_paper_back(*, kept: Distribution, reason: str, by: User) -> None:
    """Let somebody have a paper that was kept from them: whoever may keep one decides, and why."""
    kept = Distribution.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if kept.withheld_by_id is None or kept.returned_at is not None:
        raise CannotDo("This is not kept from them now")
    if not reason:
        raise CannotDo("Say why they may have it now")
    if not may_keep_papers(by):
        raise CannotDo("A manager or the chair decides that somebody may have a paper after all")
    kept.returned_at, kept.lifted_by, kept.lifted_reason = timezone.now(), by, reason
    kept.save(update_fields=["returned_at", "lifted_by", "lifted_reason"])
    trail.record("Let somebody have a paper kept from them", kept, by=by, reason=reason)


@transaction.atomic
def mark_received(*, sending: Distribution, received_at: datetime, by: User) -> None:
    """Record that a paper reached whoever it was sent to."""
    sending = Distribution.objects.select_for_update(of=("self",)).get(pk=sending.pk)
    if sending.returned_at is not None:
        raise CannotDo("This came back undelivered: send it again")
    if sending.sent_at is None or received_at < sending.sent_at:
        raise CannotDo("A paper cannot be received before it is sent")
    if received_at > timezone.now():
        raise CannotDo("A paper cannot have been received at a time that has not come")
    sending.received_at = received_at
    sending.save(update_fields=["received_at"])
    trail.record("A paper was received", sending, by=by)


@transaction.atomic
def mark_all_received(*, sendings: Sequence[Distribution], received_at: datetime, by: User) -> None:
    """Record that a paper reached several of those it was sent to."""
    for sending in sendings:
        mark_received(sending=sending, received_at=received_at, by=by)
    trail.record("Papers were received", None, by=by)


@transaction.atomic
def mark_returned(*, sending: Distribution, by: User) -> None:
    """Record that a paper came back undelivered: it was not sent."""
    sending = Distribution.objects.select_for_update(of=("self",)).get(pk=sending.pk)
    if sending.returned_at is not None or sending.sent_at is None:
        raise CannotDo("This was not sent, or came back already")
    sending.returned_at = timezone.now()
    sending.save(update_fields=["returned_at"])
    trail.record("A paper came back undelivered", sending, by=by)
