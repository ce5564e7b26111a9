"""A meeting is called, booked, held or called off; who was asked, came and said what is kept."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, PersonFactory
from hearth.plans import actions
from hearth.plans.models import Meeting, MeetingKind, MeetingState
from hearth.plans.tests.factories import MeetingFactory, MeetingRoomFactory, moment
from hearth.workforce.tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
CORE_GROUP = MeetingKind.CORE_GROUP


@pytest.fixture
def called(rowan, bea, worker):
    return actions.call_meeting(kind=CORE_GROUP, children=[rowan, bea], by=worker)


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


def place(at, **kwargs):
    return actions.Place(planned_from=at, planned_to=at + timedelta(hours=1), **kwargs)


def ask(meeting, by, **kwargs):
    member = actions.NewMember(**({"name": "Mr Achebe", "agency": "school"} | kwargs))
    return actions.add_member(meeting=meeting, member=member, by=by)


def test_a_meeting_is_called_about_each_child_and_arranged_later(called, rowan, bea, worker):
    assert called.about == sorted([rowan.pk, bea.pk])
    assert called.state == MeetingState.CALLED
    assert list(Meeting.objects.of_child(bea).coming()) == [called]
    with pytest.raises(CannotDo, match="at least one child"):
        actions.call_meeting(kind=CORE_GROUP, children=[], by=worker)
    rowan.merged_into = ChildFactory.create()
    with pytest.raises(CannotDo, match="merged"):
        actions.call_meeting(kind=CORE_GROUP, children=[rowan], by=worker)


def test_a_meeting_is_called_and_booked_at_once(rowan, worker, tomorrow):
    meeting = actions.call_meeting(
        kind=CORE_GROUP, children=[rowan], place=place(tomorrow, place="The school"), by=worker
    )

    assert (meeting.state, meeting.place, meeting.is_late) == ("booked", "The school", False)


def test_nobody_and_no_room_is_in_two_meetings_at_once(called, boss, worker, tomorrow):
    room = MeetingRoomFactory.create()
    here = place(tomorrow, room=room, chair=boss)
    actions.book_meeting(meeting=called, place=here, by=worker)
    other = MeetingFactory.create()

    with pytest.raises(CannotDo, match="chairs another meeting then"):
        actions.book_meeting(meeting=other, place=place(tomorrow, chair=boss), by=worker)
    with pytest.raises(CannotDo, match="is taken then"):
        actions.book_meeting(meeting=other, place=place(tomorrow, room=room), by=worker)
    moved = actions.book_meeting(meeting=called, place=here, by=worker)
    assert moved.version == 3


def test_where_a_meeting_cannot_be_booked(called, worker, tomorrow):
    shut = MeetingRoomFactory.create(closed_on=date(2026, 1, 1))
    gone = StaffFactory.create(ended_on=date(2026, 1, 1)).user
    backwards = actions.Place(planned_from=tomorrow, planned_to=tomorrow)
    for where, words in (
        (backwards, "end after it starts"),
        (place(tomorrow, room=shut), "no longer used"),
        (place(tomorrow, note_taker=gone), "no longer works here"),
    ):
        with pytest.raises(CannotDo, match=words):
            actions.book_meeting(meeting=called, place=where, by=worker)


def test_a_meeting_whose_time_has_passed_unsaid_is_late(called, worker):
    past = place(timezone.now() - timedelta(days=2))

    assert actions.book_meeting(meeting=called, place=past, by=worker).is_late


def test_a_meeting_is_called_off_with_why_and_then_stands_still(called, worker, tomorrow):
    with pytest.raises(CannotDo, match="Say why"):
        actions.cancel_meeting(meeting=called, reason="", by=worker)

    actions.cancel_meeting(meeting=called, reason="The plan ended", by=worker)

    called.refresh_from_db()
    assert called.state == MeetingState.CANCELLED
    with pytest.raises(CannotDo, match="was called off"):
        actions.book_meeting(meeting=called, place=place(tomorrow), by=worker)


def test_a_meeting_is_held_once_with_why_it_had_no_quorum(called, worker, tomorrow):
    held = {"meeting": called, "held_at": moment(2026, 3, 10, 10), "by": worker}
    with pytest.raises(CannotDo, match="before it has begun"):
        actions.hold_meeting(**(held | {"held_at": tomorrow}))
    with pytest.raises(CannotDo, match="Say why it went ahead"):
        actions.hold_meeting(quorate=False, **held)

    actions.hold_meeting(quorate=False, quorate_reason="Police at court; Mum came", **held)

    called.refresh_from_db()
    assert list(Meeting.objects.held()) == [called]
    assert called.state == MeetingState.HELD
    with pytest.raises(CannotDo, match="recorded as held already"):
        actions.hold_meeting(**held)
    with pytest.raises(CannotDo, match="has been held"):
        actions.book_meeting(meeting=called, place=place(tomorrow), by=worker)
    with pytest.raises(CannotDo, match="cannot be called off"):
        actions.cancel_meeting(meeting=called, reason="Why", by=worker)


def test_those_asked_are_of_an_agency_of_the_family_or_of_ours(called, worker):
    mum, gone = PersonFactory.create(), StaffFactory.create(ended_on=date(2026, 1, 1)).user
    teacher = ask(called, worker, role="Head of year")
    ask(called, worker, name="Mum", agency="", person=mum)
    ask(called, worker, name="Us", agency="", worker=worker)

    assert (str(teacher), teacher.agency_name) == ("Mr Achebe, Head of year", "School")
    for said, words in (
        ({"name": ""}, "Say who is asked"),
        ({"agency": "circus"}, "circus"),
        ({"person": mum}, "has been asked already"),
        ({"worker": worker}, "has been asked already"),
        ({"worker": gone}, "no longer works here"),
    ):
        with pytest.raises(CannotDo, match=words):
            ask(called, worker, **said)


def test_somebody_is_taken_off_before_the_meeting_and_not_after(called, worker):
    teacher = ask(called, worker)
    nurse = ask(called, worker, name="Ms Szabo", agency="health_visiting")
    actions.remove_member(member=teacher, by=worker)
    actions.hold_meeting(meeting=called, held_at=moment(2026, 3, 10, 10), by=worker)

    assert list(called.members.filter(removed_at=None)) == [nurse]
    with pytest.raises(CannotDo, match="stays on the record"):
        actions.remove_member(member=nurse, by=worker)


def test_who_came_what_they_told_and_where_they_did_not_agree_is_kept(called, worker):
    teacher, nurse = ask(called, worker), ask(called, worker, name="Ms Szabo", agency="")
    actions.record_attendance(
        meeting=called,
        attendance={teacher.pk: "video", nurse.pk: "apologies"},
        shared={teacher.pk: "He is in school each day"},
        dissent={nurse.pk: "Wanted a conference"},
        by=worker,
    )

    assert [m.name for m in called.members.came()] == ["Mr Achebe"]
    teacher.refresh_from_db()
    nurse.refresh_from_db()
    assert (teacher.took_part, teacher.shared) == (True, "He is in school each day")
    assert (nurse.took_part, nurse.dissent) == (False, "Wanted a conference")
    assert (str(nurse), nurse.agency_name) == ("Ms Szabo", "")
    with pytest.raises(CannotDo, match="Choose whether each came"):
        actions.record_attendance(meeting=called, attendance={teacher.pk: "late"}, by=worker)
    with pytest.raises(CannotDo, match="not asked to this meeting"):
        actions.record_attendance(meeting=called, attendance={0: "video"}, by=worker)


def test_how_each_child_took_part_is_kept_apart(called, rowan, worker):
    said = {"meeting": called, "participation": "views_sent", "by": worker}
    part = actions.record_participation(child=rowan, views="I want to see Dad", **said)

    assert (part.child, part.views) == (rowan, "I want to see Dad")
    with pytest.raises(CannotDo, match="not about"):
        actions.record_participation(child=ChildFactory.create(), **said)
    with pytest.raises(CannotDo, match="danced"):
        actions.record_participation(child=rowan, **(said | {"participation": "danced"}))


def test_the_record_is_written_over_nobody_elses_words_until_it_is_approved(called, worker, boss):
    written = actions.write_minutes(meeting=called, minutes="We met.", version=1, by=worker)

    assert (written.minutes, written.version) == ("We met.", 2)
    with pytest.raises(CannotDo, match="Somebody else has changed this"):
        actions.write_minutes(meeting=called, minutes="They met.", version=1, by=boss)
    actions.hold_meeting(meeting=called, held_at=moment(2026, 3, 10, 10), by=worker)
    Meeting.objects.filter(pk=called.pk).update(approved_at=timezone.now(), approved_by=boss)
    with pytest.raises(CannotDo, match="no longer changes"):
        actions.write_minutes(meeting=called, minutes="They met.", version=3, by=boss)
