"""Asking for a conference, accepting it, booking it, and asking people to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.accounts.models import Notice
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.casework.tests.factories import DirectionFactory
from hearth.lib.dates import add_working_days
from hearth.lib.errors import CannotDo
from hearth.people.models import Language
from hearth.people.tests.factories import ChildFactory
from hearth.plans.actions import NewMember
from hearth.plans.models import MeetingKind, MeetingRoom
from hearth.protection import actions
from hearth.protection.actions.conference_request import began_on
from hearth.protection.independence import why_not_chair
from hearth.protection.pages.conference_members import members_page
from hearth.protection.tests import conferences as made
from hearth.protection.tests.factories import service_manager
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = timedelta(days=1)


def refusal(call, **kwargs):
    with pytest.raises(CannotDo) as why:
        call(**kwargs)
    return str(why.value)


def test_a_conference_is_due_fifteen_working_days_after_the_discussion_that_began_the_enquiry():
    children, held_on = made.family(2), TODAY - timedelta(days=9)
    service = made.chair()
    task = made.to_request(*children, made=made.enquiry(*children, held_on=held_on))

    conference = made.requested(*children, task=task)

    assert conference.counted_from == held_on
    assert conference.target_on == add_working_days(held_on, 15)
    assert {part.child for part in conference.children.all()} == set(children)
    assert conference.children.first().episode is not None
    task.refresh_from_db()
    assert task.outcome == "requested"
    assert conference.task.step_key == "protection.initial_conference"
    assert conference.task.team == service.staff.memberships.get().team
    assert Notice.objects.filter(to=service, text__contains="was asked for").exists()


def test_with_no_conference_team_the_manager_keeps_the_task_and_nothing_falls_between():
    task = made.to_request(*made.family())

    assert made.requested(task=task).task.worker == task.worker


def test_a_pre_birth_conference_is_counted_back_from_the_birth():
    born_on = TODAY + timedelta(weeks=20)
    child = ChildFactory.create(unborn=True, born_on=born_on)

    conference = actions.call_conference(
        children=[child], kind=MeetingKind.PRE_BIRTH_CONFERENCE, reason="Risk.", by=manager()
    )

    assert conference.target_on == born_on - timedelta(weeks=10)
    assert refusal(
        actions.call_conference,
        children=made.family(),
        kind=MeetingKind.PRE_BIRTH_CONFERENCE,
        reason="Risk.",
        by=manager(),
    ).startswith("A pre-birth conference is about a child who is not yet born")


@pytest.mark.parametrize(
    ("weeks", "timescale"), [(11, "CP-15"), (20, "CP-02"), (9, "CP-02")], ids=str
)
def test_a_pre_birth_conference_of_an_enquiry_is_due_by_whichever_limit_is_sooner(weeks, timescale):
    """Ten weeks before the birth were past already when the last of these was discussed."""
    born_on = TODAY + timedelta(weeks=weeks)
    child = made.family(1, unborn=True, born_on=born_on)

    asked = made.requested(*child, kind=MeetingKind.PRE_BIRTH_CONFERENCE)

    enquiry = asked.enquiry
    due_on = {
        "CP-15": born_on - timedelta(weeks=10),
        "CP-02": add_working_days(began_on(enquiry), 15),
    }
    assert asked.target_on == due_on[timescale]


def test_a_transfer_in_is_held_within_fifteen_working_days_of_the_notice():
    told = TODAY - timedelta(days=3)
    asked = {
        "children": made.family(),
        "kind": MeetingKind.TRANSFER_CONFERENCE,
        "reason": "They moved here.",
        "by": manager(),
    }

    assert "Say the day" in refusal(actions.call_conference, **asked)
    assert "Say the day" in refusal(actions.call_conference, notified_on=TODAY + SOON, **asked)
    conference = actions.call_conference(notified_on=told, **asked)

    assert conference.target_on == add_working_days(told, 15)
    assert "has a conference to come already" in refusal(
        actions.call_conference, notified_on=told, **asked
    )


def test_what_cannot_be_asked_for_is_refused_with_the_reason():
    task, other = made.to_request(*made.family()), made.to_request(*made.family())
    Task.objects.filter(pk=other.pk).update(step_key="protection.enquiry")
    given: dict[str, Any] = {"kind": MeetingKind.INITIAL_CONFERENCE, "reason": "Hurt."}
    ask = actions.request_conference

    assert "Choose an initial" in refusal(
        ask, task=task, by=task.worker, **given | {"kind": MeetingKind.REVIEW_CONFERENCE}
    )
    assert "does not ask" in refusal(ask, task=other, by=task.worker, **given)
    assert "why a conference" in refusal(ask, task=task, by=task.worker, **given | {"reason": ""})
    ask(task=task, by=task.worker, **given)
    assert "someone has finished it" in refusal(ask, task=task, by=task.worker, **given)
    direct = {"children": made.family(), "notified_on": TODAY, "reason": "Moved."}
    call = actions.call_conference
    assert "A manager asks" in refusal(
        call, kind=MeetingKind.TRANSFER_CONFERENCE, by=social_worker(), **direct
    )
    assert "by an enquiry" in refusal(
        call, kind=MeetingKind.INITIAL_CONFERENCE, by=manager(), **direct
    )


def test_a_child_with_a_plan_has_a_review_and_not_another_conference():
    child = made.issued().children.get().child

    assert "has a child protection plan already" in refusal(
        actions.call_conference,
        children=[child],
        kind=MeetingKind.TRANSFER_CONFERENCE,
        notified_on=TODAY,
        reason="Moved.",
        by=manager(),
    )


def test_a_conference_is_accepted_once_and_by_booking_it():
    conference, chair = made.requested(), made.chair()

    actions.accept_conference(conference=conference, by=chair)

    conference.refresh_from_db()
    assert conference.accepted_by == chair
    assert "accepted already" in refusal(actions.accept_conference, conference=conference, by=chair)
    other = made.booked()
    other.refresh_from_db()
    assert other.accepted_by is not None


def test_a_chair_who_has_had_a_part_in_the_case_is_refused():
    children = made.family()
    boss, chair = manager(), made.chair()
    conference = made.requested(*children, task=made.to_request(*children, by=boss))
    lead: Any = casework.lead_worker(children[0])

    assert "does not chair conferences" in refusal(
        made.booked, conference=conference, by_chair=boss
    )
    for worker in (boss, lead):
        worker.roles = [*worker.roles, "conference_chair"]
        worker.save()
        why = refusal(made.booked, conference=conference, by_chair=worker)
        assert "is not independent" in why
    DirectionFactory.create(given_by=chair, about=[children[0].pk], task__about=[children[0].pk])
    assert "directed the work" in str(why_not_chair(chair, [children[0].pk], on=TODAY))


def test_chairing_the_conference_before_is_no_part_in_the_case():
    conference = made.issued()

    assert why_not_chair(conference.decided_by, conference.about, on=TODAY) is None


def test_a_manager_of_the_team_that_has_the_case_is_refused():
    children = made.family()
    boss = manager(children[0].allocations.get().team)
    boss.roles = ["conference_chair"]
    boss.save()

    assert "manage" in str(why_not_chair(boss, [children[0].pk], on=TODAY))


def test_nobody_chairs_two_at_once_and_a_room_holds_one():
    chair, room = made.chair(), actions.open_room(name="Blue room", by=manager())
    made.booked(by_chair=chair, room=room)

    assert "chairs another meeting then" in refusal(made.booked, by_chair=chair, hour=11)
    assert "is taken then" in refusal(made.booked, room=room, hour=11)
    made.booked(by_chair=chair, room=room, hour=13)


def test_booking_after_the_time_limit_asks_why_by_a_code():
    conference = made.requested()
    late = conference.target_on + timedelta(days=4)

    assert "Choose why it is later" in refusal(
        made.booked, conference=conference, day=late, late_reason=""
    )
    assert refusal(made.booked, conference=conference, day=late, late_reason="because")
    made.booked(conference, day=late, late_reason="agency")
    conference.meeting.refresh_from_db()
    assert conference.meeting.late_reason == "agency"


def test_a_conference_is_moved_with_a_reason_and_not_into_the_past():
    conference = made.booked()
    day = TODAY + timedelta(days=3)

    assert "Say why this conference is moved" in refusal(
        made.booked, conference=conference, day=day
    )
    assert "still to come" in refusal(made.booked, conference=conference, day=TODAY - SOON)
    chair = made.chair()
    made.booked(conference, day=day, moved_reason="Dawn is in hospital", by_chair=chair)
    conference.task.refresh_from_db()
    assert conference.task.worker == chair
    lead = casework.lead_worker(conference.children.get().child)
    assert Notice.objects.filter(to=lead, text__contains="was moved to").exists()


def test_a_service_manager_stands_down_a_conference_that_an_enquiry_asked_for_with_the_reason():
    conference = made.booked()
    chair = conference.meeting.chair
    stand_down = actions.stand_down

    assert "A manager" in refusal(stand_down, conference=conference, reason="No.", by=chair)
    said = {"conference": conference, "reason": "The aunt has residence."}
    assert "a service manager stands it down" in refusal(stand_down, **said, by=manager())
    assert refusal(stand_down, conference=conference, reason="", by=service_manager())
    stand_down(**said, by=service_manager())

    conference.task.refresh_from_db()
    assert conference.task.cancelled_at is not None
    told = ChronologyEntry.objects.get(child=conference.children.get().child, kind="conference")
    assert told.text == "The aunt has residence."
    assert "was stood down" in refusal(made.booked, conference=conference)


def test_those_to_be_asked_are_proposed_from_the_record():
    old, young = made.family(2)
    young.born_on = TODAY - timedelta(days=800)
    young.save()
    conference = made.booked(made.requested(old, young))
    Language.objects.create(
        person=old,
        code="sqi",
        interpreter_needed=True,
        recorded_by=manager(),
    )

    chair = conference.meeting.chair
    found = members_page(conference, chair, today=TODAY).proposals
    names = [one.member.name for one in found]

    assert "Dawn Quill" in names
    assert str(old) in names
    assert str(young) not in names
    assert str(casework.lead_worker(old)) in names
    assert any("interpreter: Albanian" in one.words for one in found)
    actions.invite(conference=conference, members=[one.member for one in found], by=chair)
    assert members_page(conference, chair, today=TODAY).proposals == []


def test_only_the_chair_keeps_somebody_out_and_with_a_reason():
    conference = made.booked()
    chair = conference.meeting.chair
    asked = actions.invite(
        conference=conference, members=[NewMember(name="Dawn Quill", role="mother")], by=chair
    )
    change: dict[str, Any] = {
        "member": asked[0],
        "email": "",
        "report_wanted": False,
        "interpreter": "",
        "excluded_reason": "She threatened the head.",
    }

    assert "Only the chair" in refusal(actions.change_invitation, **change, by=made.note_taker())
    actions.change_invitation(**change, by=chair)

    asked[0].refresh_from_db()
    assert asked[0].excluded_reason == "She threatened the head."
    actions.uninvite(member=asked[0], by=chair)
    assert made.members_of(conference) == {}
    assert "Choose who is asked" in refusal(
        actions.invite, conference=conference, members=[], by=chair
    )


def test_a_room_is_listed_once_and_closed_only_when_nothing_is_booked_there():
    boss = manager()
    room = actions.open_room(name="Blue room", by=boss)

    assert "already" in refusal(actions.open_room, name="blue ROOM", by=boss)
    assert "called" in refusal(actions.open_room, name="", by=boss)
    made.booked(room=room)
    assert "Move it first" in refusal(actions.close_room, room=room, closed_on=TODAY, by=boss)
    actions.close_room(room=room, closed_on=TODAY + timedelta(days=9), by=boss)
    assert "closed already" in refusal(actions.close_room, room=room, closed_on=TODAY, by=boss)
    assert list(MeetingRoom.objects.open_on(TODAY + timedelta(days=9))) == []
