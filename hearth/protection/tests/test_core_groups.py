"""Core groups: the first soon, then again; quorate or saying why; notes to everybody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.config.testing import at_most_queries, earlier_today
from hearth.lib.dates import add_working_days
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, PersonFactory
from hearth.plans import actions as plans
from hearth.plans.models import Meeting, MeetingKind, PlanKind
from hearth.protection.actions.core_groups import open_duties
from hearth.workforce.tests.factories import TeamFactory, social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return social_worker(TeamFactory.create())


@pytest.fixture
def plan(worker):
    """A protection plan of two children, from today, with one action."""
    today = timezone.localdate()
    parts = []
    for _ in range(2):
        child = ChildFactory.create()
        team = worker.staff.memberships.get().team
        AllocationFactory.create(
            episode=EpisodeFactory.create(child=child), worker=worker, team=team
        )
        parts.append(plans.PlanPart(child=child, category="NEG"))
    made = plans.start_plan(kind=PlanKind.PROTECTION, parts=parts, started_on=today, by=worker)
    asked = plans.NewAction(
        what="Ring the nurse", owner="Mum", measure="She came", due_on=today + timedelta(days=9)
    )
    plans.set_action(plan=made, action=asked, set_on=today, by=worker)
    plans.issue_plan(plan=made, on=today, by=worker)
    children = [part.child for part in parts]
    open_duties(plan=made, children=children, started_on=today, by=worker)
    return made


def waiting(step):
    return Task.objects.outstanding().filter(step_key=step)


def core_group(plan, by):
    """One to which a parent and two agencies are asked."""
    meeting = plans.call_gathering(plan=plan, kind=MeetingKind.CORE_GROUP, by=by)
    asked = [
        plans.NewMember(name="Mum", person=PersonFactory.create()),
        plans.NewMember(name="Mr Achebe", agency="school"),
        plans.NewMember(name="Ms Szabo", agency="health_visiting"),
    ]
    for member in asked:
        plans.add_member(meeting=meeting, member=member, by=by)
    return meeting


def hold(meeting, by, *, absent=(), **kwargs):
    came = {
        member.pk: "apologies" if member.name in absent else "in_person"
        for member in meeting.members.all()
    }
    said = plans.Held(
        held_at=earlier_today(minutes=5),
        minutes="The nurse is to come on Fridays.",
        attendance=came,
        children={pk: {"participation": "views_told", "views": "Good"} for pk in meeting.about},
        progress={
            one.pk: plans.Rated(rating="slow", words="Rang once")
            for one in plans.open_actions(meeting)
        },
        **kwargs,
    )
    return plans.hold_gathering(meeting=meeting, said=said, by=by)


def test_the_first_is_within_ten_working_days_and_each_child_is_visited(plan, worker):
    today = timezone.localdate()

    group = waiting("protection.core_group").get()
    assert (group.due_on, group.about) == (add_working_days(today, 10), plan.about)
    assert {task.due_on for task in waiting("protection.visit")} == {add_working_days(today, 10)}
    assert waiting("protection.visit").count() == 2
    children = [part.child for part in plan.children.all()]
    open_duties(plan=plan, children=children, started_on=today, by=worker)
    assert waiting("protection.core_group").count() == 1
    assert waiting("protection.visit").count() == 2


def test_later_ones_follow_by_six_weeks_and_a_core_group_is_no_visit(plan, worker):
    today = timezone.localdate()
    visits = set(waiting("protection.visit").values_list("pk", flat=True))

    meeting = hold(core_group(plan, worker), worker)

    assert meeting.quorate is True
    assert waiting("protection.core_group").get().due_on == today + timedelta(weeks=6)
    assert waiting("protection.send_core_group").get().record_id == meeting.pk
    assert set(waiting("protection.visit").values_list("pk", flat=True)) == visits


@pytest.mark.parametrize(
    ("absent", "words"),
    [
        (["Mum"], "a parent or carer"),
        (["Mr Achebe"], "two agencies besides social care"),
        (["Mum", "Mr Achebe"], "two agencies besides social care and a parent or carer"),
    ],
)
def test_one_without_two_agencies_and_a_parent_says_why_it_went_ahead(absent, words, plan, worker):
    meeting = core_group(plan, worker)

    with pytest.raises(CannotDo, match=words):
        hold(meeting, worker, absent=absent)
    held = hold(meeting, worker, absent=absent, quorate_reason="Seen at home the day after")

    assert (held.quorate, held.quorate_reason) == (False, "Seen at home the day after")


def test_whoever_came_is_asked_again(plan, worker):
    hold(core_group(plan, worker), worker)

    again = plans.call_gathering(plan=plan, kind=MeetingKind.CORE_GROUP, by=worker)

    assert {"Mum", "Mr Achebe", "Ms Szabo"} < {member.name for member in again.members.all()}
    assert Meeting.objects.coming().get() == again


def test_the_list_shows_the_overdue_first_and_the_notes_not_sent(client, plan, worker):
    meeting = hold(core_group(plan, worker), worker)
    waiting("protection.core_group").update(due_on=timezone.localdate() - timedelta(days=3))
    client.force_login(worker)

    with at_most_queries():
        page = client.get(reverse("protection:core_groups")).content.decode()

    assert "1 core group to hold" in page
    assert reverse("plans:call_meeting", args=[plan.pk]) in page
    assert reverse("plans:send_notes", args=[meeting.pk]) in page
