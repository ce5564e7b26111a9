"""Calling a meeting, booking it, asking people to it, and recording that it was held."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.models import (
    Attendance,
    How,
    Meeting,
    MeetingChild,
    MeetingKind,
    MeetingMember,
    MeetingRoom,
    Plan,
)
from hearth.workforce.rules import is_employed

CHANGED = (
    "Somebody else has changed this since you opened it. Read what they wrote, then save again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """When and where a meeting is to be held, and who runs it."""

    planned_from: datetime
    planned_to: datetime
    how: str = How.IN_PERSON
    room: MeetingRoom | None = None
    place: str = ""
    chair: User | None = None
    note_taker: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Somebody to be asked to a meeting: of the family, of ours, or of another agency."""

    name: str
    agency: str = ""
    role: str = ""
    person: Person | None = None
    worker: User | None = None
    email: str = ""
    phone: str = ""
    is_key: bool = True
    report_wanted: bool = False
    interpreter: str = ""
    excluded_reason: str = ""


def take_meeting(meeting: Meeting, *, version: int | None = None) -> Meeting:
    """This meeting, locked, if it was not called off; and as it was read, where that is said."""
    taken = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if taken.cancelled_at is not None:
        raise CannotDo(f"This {str(taken).lower()} was called off")
    if version is not None and taken.version != version:
        raise CannotDo(CHANGED)
    return taken


@transaction.atomic
def call_meeting(
    *,
    kind: MeetingKind,
    children: Sequence[Person],
    place: Place | None = None,
    plan: Plan | None = None,
    by: User,
) -> Meeting:
    """Call a meeting about some children; it may be booked later."""
    if not children:
        raise CannotDo("Choose at least one child this is about")
    for child in children:
        if child.merged_into_id is not None:
            raise CannotDo(f"{child}'s record was merged into another: write it there")
    meeting: Meeting = Meeting.objects.create(
        about=sorted(child.pk for child in children), kind=kind, plan=plan, recorded_by=by
    )
    MeetingChild.objects.bulk_create(
        MeetingChild(meeting=meeting, child=child) for child in children
    )
    trail.record(f"Called: {meeting}", meeting, by=by)
    return meeting if place is None else book_meeting(meeting=meeting, place=place, by=by)


@transaction.atomic
def book_meeting(*, meeting: Meeting, place: Place, by: User) -> Meeting:
    """Set when, where and by whom a meeting is held; or move it. Nobody is in two at once."""
    meeting = take_meeting(meeting)
    if meeting.held_at is not None:
        raise CannotDo(f"This {str(meeting).lower()} has been held")
    _check_place(meeting, place)
    for field in fields(Place):
        setattr(meeting, field.name, getattr(place, field.name))
    meeting.version += 1
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as clash:
        raise CannotDo(f"{place.room} is taken then. Choose another room or time") from clash
    trail.record(f"Booked: {meeting}", meeting, by=by)
    return meeting


def _check_place(meeting: Meeting, place: Place) -> None:
    day = timezone.localdate(place.planned_from)
    if place.planned_to <= place.planned_from:
        raise CannotDo("A meeting must end after it starts")
    if place.room is not None and place.room.closed_on and place.room.closed_on <= day:
        raise CannotDo(f"{place.room} is no longer used. Choose another room")
    for worker in (place.chair, place.note_taker):
        if worker is not None and not is_employed(worker, on=timezone.localdate()):
            raise CannotDo(f"{worker} no longer works here. Choose somebody else")
    if place.chair is not None:
        others = Meeting.objects.filter(
            chair=place.chair,
            cancelled_at=None,
            planned_from__lt=place.planned_to,
            planned_to__gt=place.planned_from,
        ).exclude(pk=meeting.pk)
        if others.exists():
            raise CannotDo(f"{place.chair} chairs another meeting then. Choose another time")


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> None:
    """Call a meeting off, with the reason."""
    meeting = take_meeting(meeting)
    if meeting.held_at is not None:
        raise CannotDo(f"This {str(meeting).lower()} has been held, so it cannot be called off")
    if not reason:
        raise CannotDo("Say why it is called off")
    meeting.cancelled_at, meeting.cancelled_by = timezone.now(), by
    meeting.cancelled_reason = reason
    meeting.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_reason"])
    trail.record(f"Called off: {meeting}", meeting, by=by, reason=reason)


@transaction.atomic
def add_children(*, meeting: Meeting, children: Sequence[Person], by: User) -> Meeting:
    """Make a meeting about more children too: one found to live with those it is about, say."""
    meeting = take_meeting(meeting)
    new = [child for child in children if child.pk not in meeting.about]
    if not new:
        return meeting
    meeting.about = sorted({*meeting.about, *(child.pk for child in new)})
    meeting.save(update_fields=["about"])
    meeting.members.update(about=meeting.about)
    MeetingChild.objects.bulk_create(MeetingChild(meeting=meeting, child=child) for child in new)
    trail.record(f"Added children to a meeting: {meeting}", meeting, by=by)
    return meeting


@transaction.atomic
def add_member(*, meeting: Meeting, member: NewMember, by: User) -> MeetingMember:
    """Ask somebody to a meeting. A parent kept out of it has a reason on the record."""
    meeting = take_meeting(meeting)
    if not member.name:
        raise CannotDo("Say who is asked")
    if member.agency and (why := code_set("agency_type").why_not_valid(member.agency)):
        raise CannotDo(why)
    if member.worker and not is_employed(member.worker, on=timezone.localdate()):
        raise CannotDo(f"{member.worker} no longer works here. Choose somebody else")
    standing = meeting.members.filter(removed_at=None)
    if member.person and standing.filter(person=member.person).exists():
        raise CannotDo(f"{member.name} has been asked already")
    if member.worker and standing.filter(worker=member.worker).exists():
        raise CannotDo(f"{member.name} has been asked already")
    asked: MeetingMember = MeetingMember.objects.create(
        meeting=meeting,
        about=meeting.about,
        recorded_by=by,
        **{field.name: getattr(member, field.name) for field in fields(NewMember)},
    )
    trail.record(f"Asked somebody to a meeting: {meeting}", asked, by=by)
    return asked


@transaction.atomic
def remove_member(*, member: MeetingMember, by: User) -> None:
    """Take somebody off the list of those asked, before the meeting."""
    meeting = take_meeting(member.meeting)
    if meeting.held_at is not None:
        raise CannotDo("This meeting has been held: who was asked to it stays on the record")
    member.removed_at = timezone.now()
    member.save(update_fields=["removed_at"])
    trail.record(f"Took somebody off a meeting: {meeting}", member, by=by)


@transaction.atomic
def change_member(
    *,
    member: MeetingMember,
    email: str,
    report_wanted: bool,
    interpreter: str,
    excluded_reason: str,
    by: User,
) -> MeetingMember:
    """Change what is known of somebody asked: how to reach them, and what they need."""
    meeting = take_meeting(member.meeting)
    if meeting.held_at is not None:
        raise CannotDo("This meeting has been held: who was asked to it stays on the record")
    member.email, member.report_wanted = email, report_wanted
    member.interpreter, member.excluded_reason = interpreter, excluded_reason
    member.save(update_fields=["email", "report_wanted", "interpreter", "excluded_reason"])
    trail.record(f"Changed somebody asked to a meeting: {meeting}", member, by=by)
    return member


@transaction.atomic
def record_attendance(
    *,
    meeting: Meeting,
    attendance: Mapping[int, str],
    shared: Mapping[int, str] | None = None,
    dissent: Mapping[int, str] | None = None,
    core_group: Collection[int] | None = None,
    by: User,
) -> None:
    """Record who came, what each told the meeting, and where they did not agree, by member.

    `core_group` is those who carry the plan on from here, where that was settled.
    """
    meeting = take_meeting(meeting)
    told, against = shared or {}, dissent or {}
    members = {member.pk: member for member in meeting.members.filter(removed_at=None)}
    if {*attendance, *told, *against} - set(members):
        raise CannotDo("Somebody here was not asked to this meeting. Add them first")
    for pk, member in members.items():
        came = attendance.get(pk, member.attendance)
        if came and came not in Attendance.values:
            raise CannotDo("Choose whether each came")
        member.attendance = came
        member.shared = told.get(pk, member.shared)
        member.dissent = against.get(pk, member.dissent)
        if core_group is not None:
            member.in_core_group = pk in core_group
        member.save(update_fields=["attendance", "shared", "dissent", "in_core_group"])
    trail.record(f"Recorded who came: {meeting}", meeting, by=by)


@transaction.atomic
def record_participation(
    *,
    meeting: Meeting,
    child: Person,
    participation: str,
    views: str = "",
    views_heard_by: str = "",
    advocate_offered: bool | None = None,
    advocate_name: str = "",
    by: User,
) -> MeetingChild:
    """Record how a child took part in a meeting, and what they wanted it to know."""
    meeting = take_meeting(meeting)
    if participation and (why := code_set("meeting_participation").why_not_valid(participation)):
        raise CannotDo(why)
    part = meeting.children.filter(child=child).first()
    if part is None:
        raise CannotDo(f"This meeting is not about {child}")
    part.participation, part.views, part.views_heard_by = participation, views, views_heard_by
    part.advocate_offered, part.advocate_name = advocate_offered, advocate_name
    part.save()
    trail.record(f"Recorded how a child took part: {meeting}", part, by=by)
    return part


@transaction.atomic
def hold_meeting(
    *,
    meeting: Meeting,
    held_at: datetime,
    quorate: bool | None = None,
    quorate_reason: str = "",
    late_reason: str = "",
    chair: User | None = None,
    how: str = "",
    by: User,
) -> Meeting:
    """Record that a meeting was held, and whether enough of those who must be there were."""
    meeting = take_meeting(meeting)
    if meeting.held_at is not None:
        raise CannotDo(f"This {str(meeting).lower()} was recorded as held already")
    if held_at > timezone.now():
        raise CannotDo("A meeting cannot be recorded before it has begun: check the date and time")
    if quorate is False and not quorate_reason:
        raise CannotDo("Say why it went ahead without everybody who must be there")
    meeting.held_at, meeting.quorate = held_at, quorate
    meeting.quorate_reason, meeting.late_reason = quorate_reason, late_reason
    meeting.chair, meeting.how = chair or meeting.chair, how or meeting.how
    meeting.version += 1
    meeting.save(
        update_fields=[
            *("held_at", "quorate", "quorate_reason", "late_reason"),
            *("chair", "how", "version"),
        ]
    )
    trail.record(f"Held: {meeting}", meeting, by=by)
    return meeting


@transaction.atomic
def write_minutes(*, meeting: Meeting, minutes: str, version: int, by: User) -> Meeting:
    """Save what was said, if nobody else has changed it since it was read."""
    meeting = take_meeting(meeting, version=version)
    if meeting.approved_at is not None:
        raise CannotDo("The chair has approved this record, so it no longer changes")
    meeting.minutes = minutes
    meeting.version += 1
    meeting.save(update_fields=["minutes", "version"])
    trail.record(f"Wrote the record: {meeting}", meeting, by=by)
    return meeting


@transaction.atomic
def approve_minutes(*, meeting: Meeting, version: int, by: User) -> Meeting:
    """Agree the record of a meeting as it was read. It no longer changes, and may be sent."""
    meeting = take_meeting(meeting, version=version)
    if meeting.held_at is None:
        raise CannotDo("This meeting has not been held yet")
    if meeting.approved_at is not None:
        raise CannotDo("This record was approved already")
    meeting.approved_at, meeting.approved_by = timezone.now(), by
    meeting.save(update_fields=["approved_at", "approved_by"])
    trail.record(f"Approved the record: {meeting}", meeting, by=by)
    return meeting
