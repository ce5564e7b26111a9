"""Accepting a conference, booking it, and asking people to it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework import actions as casework
from hearth.casework.models import Allocation
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.plans import actions as plans
from hearth.plans.models import Meeting, MeetingMember, MeetingRoom
from hearth.protection.actions.conference_report import ask_for_own_report
from hearth.protection.independence import why_not_chair
from hearth.protection.models import Conference


def take_conference(conference: Conference) -> Conference:
    """This conference, locked, if its decisions have not been issued."""
    taken = (
        Conference.objects.select_for_update(of=("self",))
        .select_related("meeting__chair", "meeting__note_taker", "task", "plan", "decided_by")
        .get(pk=conference.pk)
    )
    if taken.decided_at is not None:
        moment = timezone.localtime(taken.decided_at)
        raise CannotDo(
            f"{taken.decided_by} issued these decisions on {in_words(moment.date())} at "
            f"{moment:%H:%M}. They cannot be issued twice"
        )
    if taken.meeting.cancelled_at is not None:
        raise CannotDo("This conference was stood down")
    return taken


@transaction.atomic
def accept_conference(*, conference: Conference, by: User) -> Conference:
    """Take on a conference that was asked for: from here it is the conference service's."""
    conference = take_conference(conference)
    if conference.accepted_on is not None:
        raise CannotDo("This conference was accepted already")
    conference.accepted_on, conference.accepted_by = timezone.localdate(), by
    conference.save(update_fields=["accepted_on", "accepted_by"])
    trail.record(f"Accepted: {conference}", conference, by=by)
    return conference


@transaction.atomic
def book_conference(
    *,
    conference: Conference,
    planned_from: datetime,
    planned_to: datetime,
    how: str,
    chair: User,
    room: MeetingRoom | None = None,
    place: str = "",
    note_taker: User | None = None,
    late_reason: str = "",
    moved_reason: str = "",
    by: User,
) -> Conference:
    """Set the day, the place, the chair and the note taker; or move it, with the reason.

    Another chair or note taker at the same time and place needs no reason. The chair has no part in
    the case. One held after its time limit says why, by a code.
    """
    conference = take_conference(conference)
    meeting = conference.meeting
    day = timezone.localdate(planned_from)
    if why := why_not_chair(chair, conference.about, on=timezone.localdate()):
        raise CannotDo(why)
    booked = plans.Place(
        planned_from=planned_from,
        planned_to=planned_to,
        how=how,
        room=room,
        place=place,
        chair=chair,
        note_taker=note_taker,
    )
    is_moved = meeting.planned_from is not None and moves(meeting, booked)
    is_told = is_moved or meeting.planned_from is None
    _check_time(booked, is_told=is_told, unexplained=is_moved and not moved_reason)
    _check_late(conference, day, late_reason)
    plans.book_meeting(meeting=meeting, place=booked, by=by)
    meeting.refresh_from_db()
    meeting.late_reason = late_reason
    meeting.save(update_fields=["late_reason"])
    _see_to_tasks(conference, chair, by)
    if is_told:
        _tell_of_booking(conference, day, by, is_moved=is_moved)
    trail.record(f"Booked: {conference}", conference, by=by, reason=moved_reason)
    return conference


def _check_time(booked: plans.Place, *, is_told: bool, unexplained: bool) -> None:
    """A time that is set anew is still to come; a conference that is moved says why."""
    if is_told and booked.planned_from <= timezone.now():
        raise CannotDo("Book it for a time that is still to come")
    if unexplained:
        raise CannotDo("Say why this conference is moved")


def _see_to_tasks(conference: Conference, chair: User, by: User) -> None:
    """It is accepted by being booked; the chair has its task, and the report is asked for."""
    if conference.accepted_on is None:
        accept_conference(conference=conference, by=by)
    if conference.task is not None:
        casework.reassign(conference.task, worker=chair, team=None, by=by)
    planned = conference.meeting.planned_from
    if planned is not None:
        ask_for_own_report(conference, planned, by=by)


def _check_late(conference: Conference, day: date, late_reason: str) -> None:
    if conference.target_on is None or day <= conference.target_on:
        return
    if not late_reason:
        raise CannotDo(
            f"This is to be held by {in_words(conference.target_on)}. Choose why it is later"
        )
    if why := code_set("conference_late_reason").why_not_valid(late_reason):
        raise CannotDo(why)


def moves(meeting: Meeting, booked: plans.Place) -> bool:
    """Whether those who are asked must be told: the chair and note taker may change without."""
    return any(
        getattr(meeting, name) != getattr(booked, name)
        for name in ("planned_from", "planned_to", "how", "room", "place")
    )


def _tell_of_booking(conference: Conference, day: date, by: User, *, is_moved: bool) -> None:
    words = "was moved to" if is_moved else "is booked for"
    notify(
        to=[*workers_of(conference), *filter(None, [conference.meeting.chair])],
        text=f"{conference} {words} {in_words(day)}",
        page=f"/conferences/{conference.pk}/",
        subject=conference,
        by=by,
    )


def workers_of(conference: Conference) -> list[User]:
    """Who leads these children's cases now."""
    leading = Allocation.objects.current().leading().filter(child__in=conference.about)
    return [one.worker for one in leading.select_related("worker")]


@transaction.atomic
def invite(
    *, conference: Conference, members: Sequence[plans.NewMember], by: User
) -> list[MeetingMember]:
    """Put those who are to be asked on the list."""
    conference = take_conference(conference)
    if not members:
        raise CannotDo("Choose who is asked")
    asked = [
        plans.add_member(meeting=conference.meeting, member=member, by=by) for member in members
    ]
    trail.record(f"Asked people to: {conference}", conference, by=by)
    return asked


@transaction.atomic
def uninvite(*, member: MeetingMember, by: User) -> None:
    """Take somebody off the list of those asked."""
    plans.remove_member(member=member, by=by)


@transaction.atomic
def change_invitation(
    *,
    member: MeetingMember,
    email: str,
    report_wanted: bool,
    interpreter: str,
    excluded_reason: str,
    by: User,
) -> None:
    """Change how somebody is asked. Only the chair keeps a parent or child out, with the reason."""
    chair = member.meeting.chair_id
    if excluded_reason != member.excluded_reason and chair != by.pk:
        raise CannotDo("Only the chair decides that somebody is kept out of a conference")
    plans.change_member(
        member=member,
        email=email,
        report_wanted=report_wanted,
        interpreter=interpreter,
        excluded_reason=excluded_reason,
        by=by,
    )


@transaction.atomic
def open_room(
    *, name: str, address: str = "", seats: int | None = None, step_free: bool = True, by: User
) -> MeetingRoom:
    """Put a room on the list of those that meetings are booked into."""
    if not name:
        raise CannotDo("Say what the room is called")
    if MeetingRoom.objects.filter(name__iexact=name).exists():
        raise CannotDo(f"There is a room called {name} already")
    room: MeetingRoom = MeetingRoom.objects.create(
        name=name, address=address, seats=seats, step_free=step_free
    )
    trail.record("Put a meeting room on the list", room, by=by)
    return room


@transaction.atomic
def close_room(*, room: MeetingRoom, closed_on: date, by: User) -> None:
    """Take a room off the list from a day, unless a meeting is booked there after it."""
    if room.closed_on is not None:
        raise CannotDo(f"{room} is closed already")
    booked = room.meetings.filter(cancelled_at=None, held_at=None, planned_to__date__gte=closed_on)
    if booked.exists():
        raise CannotDo(f"A meeting is booked in {room} after that. Move it first")
    room.closed_on = closed_on
    room.save(update_fields=["closed_on"])
    trail.record("Took a meeting room off the list", room, by=by)
