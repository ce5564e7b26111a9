"""What a conference decides, what follows from it, and what it cannot decide."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.accounts.models import Notice
from hearth.casework import actions as casework
from hearth.casework.models import Involvement, Task
from hearth.lib.dates import add_working_days
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.plans.models import Plan, PlanChild
from hearth.protection import actions
from hearth.protection.models import Conference
from hearth.protection.tests import conferences as made
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def refusal(call, *args, **kwargs):
    with pytest.raises(CannotDo) as why:
        call(*args, **kwargs)
    return str(why.value)


def open_steps(child):
    return {task.step_key: task for task in Task.objects.outstanding().for_child(child)}


def test_a_plan_starts_the_day_of_the_conference_with_all_that_it_asks_of_us():
    child = made.family()[0]
    taker = made.note_taker()

    conference = made.issued(child, taker=taker)

    part = PlanChild.objects.get(child=child)
    assert (part.started_on, part.category) == (TODAY, "PHY")
    assert conference.plan.issued_on == TODAY
    assert conference.plan.worries == made.DANGER
    assert conference.plan.actions.get().owner == "Dawn Quill"
    assert conference.plan.contingencies.get().rating == "sound"
    assert Involvement.objects.filter(child=child, kind="protection", ended_on=None).exists()
    steps, lead = open_steps(child), casework.lead_worker(child)
    assert steps["protection.core_group"].due_on == add_working_days(TODAY, 10)
    assert steps["protection.core_group"].worker == lead
    assert steps["protection.visit"].worker == lead
    assert steps["protection.review_conference"].timescale == "CP-09"
    assert steps["protection.send_decisions"].due_on == add_working_days(TODAY, 1)
    assert steps["protection.send_decisions"].worker == taker
    assert steps["protection.send_record"].due_on == add_working_days(TODAY, 20)
    assert "protection.initial_conference" not in steps
    assert made.review_of(conference).meeting.kind == "review_conference"


def test_it_goes_into_each_childs_story_with_their_own_decision_alone():
    one, other = made.family(2)
    conference = made.begun(made.requested(one, other))

    made.issue(conference, [made.decided(one), made.decided(other, "no_plan")])

    told = ChronologyEntry.objects.get(child=one, kind="conference")
    assert "A child protection plan is needed. Category: physical abuse" in told.private_text
    theirs = ChronologyEntry.objects.get(child=other, kind="conference")
    assert "Mum has left him" in theirs.private_text
    assert "physical" not in theirs.private_text + theirs.text
    assert not ChronologyEntry.objects.filter(child=other, kind="plan").exists()
    lead = casework.lead_worker(one)
    assert Notice.objects.filter(to=lead, text__contains="decisions are issued").exists()


def test_brothers_and_sisters_may_differ():
    plan, need, none = made.family(3)
    conference = made.begun(made.requested(plan, need, none))

    made.issue(
        conference,
        [
            made.decided(plan, category="NEG"),
            made.decided(need, "in_need"),
            made.decided(none, "no_plan"),
        ],
    )

    assert [part.child for part in PlanChild.objects.all()] == [plan]
    assert "family_help.plan" in open_steps(need)
    assert set(open_steps(none)) == {"protection.send_decisions", "protection.send_record"}
    task: Any = Conference.objects.get(pk=conference.pk).task
    assert (task.outcome, task.done_by) == ("plan", conference.meeting.chair)


def test_with_no_plan_for_anybody_nothing_of_a_plan_is_asked():
    child = made.family()[0]
    conference = made.begun(made.requested(child))

    made.issue(
        conference,
        [made.decided(child, "no_plan")],
        danger="",
        actions=[],
        contingencies=[],
        core_group_on=None,
        next_review_on=None,
    )

    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"actions": []}, "at least one action"),
        ({"actions": [made.an_action(owner="")]}, "Say who is to do this"),
        ({"actions": [made.an_action(due_on=None)]}, "Say by when, or how often"),
        ({"actions": [made.an_action(measure="")]}, "Say how we will know"),
        ({"contingencies": []}, "if the plan does not keep the children safe"),
        ({"contingencies": [made.if_it_fails("vague")]}, "what would make this contingency"),
        ({"danger": ""}, "what the danger"),
        ({"summary": ""}, "what the conference found"),
        ({"core_group_on": None}, "Set the day of the core group"),
        ({"next_review_on": None}, "Set the day of the next review"),
        ({"core_group_on": TODAY + timedelta(days=40)}, "The core group is to be held by"),
        ({"next_review_on": TODAY + timedelta(days=200)}, "The next review is to be held by"),
        ({"next_review_on": TODAY - timedelta(days=1)}, "held after the conference"),
        ({"version": 99}, "booked anew"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_stored(change, why):
    conference = made.begun()

    assert why in refusal(made.issue, conference, **change)
    conference.refresh_from_db()
    assert conference.decided_at is None
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"category": ""}, "Choose the category of abuse"),
        ({"category": "XXX"}, "XXX"),
        ({"significant_harm": False}, "significant harm"),
        ({"participation": ""}, "Say how"),
        ({"decision": "continue"}, "Choose what is decided"),
        ({"decision": "no_plan", "reason": ""}, "needs no child protection plan"),
        ({"decision": "no_plan", "reason": "Safe.", "significant_harm": None}, "Say whether"),
    ],
)
def test_a_decision_about_a_child_is_whole(change, why):
    child = made.family()[0]
    conference = made.begun(made.requested(child))

    assert why in refusal(made.issue, conference, [made.decided(child, **change)])


def test_every_child_is_decided_for():
    one, other = made.family(2)
    conference = made.begun(made.requested(one, other))

    assert "Decide for each child" in refusal(made.issue, conference, [made.decided(one)])


def test_it_decides_when_it_is_held_and_not_before():
    booked, not_booked = made.booked(), made.requested()
    coming = timezone.now() + timedelta(hours=3)

    held = made.held_now(booked, held_at=coming)
    assert "this time has not come" in refusal(made.issue, booked, held=held)
    chair = made.chair()
    not_booked.meeting.chair = chair
    not_booked.meeting.save()
    assert "has not been booked" in refusal(made.issue, not_booked)
    conference = made.begun()
    before = timezone.now() - timedelta(days=60)
    held = made.held_now(conference, held_at=before)
    assert "before the enquiry" in refusal(made.issue, conference, held=held)


def test_only_its_chair_issues_and_only_while_independent():
    conference = made.begun()
    chair = conference.meeting.chair

    assert "Only the chair" in refusal(made.issue, conference, by=made.chair())
    child = conference.children.get().child
    child.allocations.update(allocated_by=chair)
    assert "not independent" in refusal(made.issue, conference)


def test_decisions_are_issued_once_however_often_they_are_sent():
    conference = made.begun()

    made.issue(conference)

    assert "They cannot be issued twice" in refusal(made.issue, conference)
    assert Plan.objects.count() == 1
    assert "They cannot be issued twice" in refusal(made.booked, conference=conference)


def test_one_that_is_not_quorate_says_why_it_goes_ahead():
    conference = made.begun()
    held = made.held_now(conference, attendance=made.all_came(conference, Onwu="apologies"))

    assert "not quorate without 1 more agency" in refusal(made.issue, conference, held=held)
    held = made.held_now(
        conference,
        attendance=made.all_came(conference, Onwu="apologies"),
        quorate_reason="The school sent a full report and the risk is tonight.",
    )
    made.issue(conference, held=held)

    conference.meeting.refresh_from_db()
    assert conference.meeting.quorate is False


def test_one_that_is_called_again_keeps_its_clock_and_all_who_were_asked():
    conference = made.begun()
    chair = conference.meeting.chair
    given = {"attendance": made.all_came(conference, Onwu="absent", Hart="absent"), "by": chair}
    why = "Aunt Bea keeps them tonight."

    assert "Say why" in refusal(actions.reconvene, conference=conference, reason="", **given)
    assert "Only the chair" in refusal(
        actions.reconvene, conference=conference, reason=why, **given | {"by": made.chair()}
    )
    coming = {"conference": made.booked(), "attendance": {}, "reason": why}
    leads = coming["conference"].meeting.chair
    assert "not begun" in refusal(actions.reconvene, **coming, by=leads)
    again: Any = actions.reconvene(conference=conference, reason=why, **given)

    assert again.target_on == conference.target_on
    assert set(made.members_of(again)) == set(made.members_of(conference))
    assert again.task.step_key == "protection.initial_conference"
    conference.meeting.refresh_from_db()
    assert conference.meeting.cancelled_reason == f"Not quorate. {why}"
    assert again.task.conference == again
    made.issue(made.begun(again))
    assert PlanChild.objects.count() == 1


def test_those_who_carry_the_plan_on_and_who_did_not_agree_are_on_the_record():
    conference = made.begun()
    mum, school = (made.members_of(conference)[name] for name in ("Dawn Quill", "Mrs Onwu"))

    made.issue(
        conference,
        held=made.held_now(conference, core_group=[mum.pk], dissent={school.pk: "It is neglect."}),
    )

    mum.refresh_from_db()
    school.refresh_from_db()
    assert (mum.in_core_group, school.in_core_group) == (True, False)
    assert school.dissent == "It is neglect."


def test_late_work_asks_why_and_goes_through():
    conference = made.begun()
    task = conference.task
    task.due_on = TODAY - timedelta(days=2)
    task.save()

    assert "Say why it is late" in refusal(made.issue, conference)
    made.issue(conference, held=made.held_now(conference, late_reason="agency"))

    task.refresh_from_db()
    assert task.late_reason == "An agency that must be there could not come"


def looked_at(plan, rating="on_track", words="The gate is shut at night."):
    return [
        actions.Looked(action=action, rating=rating, words=words) for action in plan.actions.open()
    ]


def reviewing(*children):
    """A review that has begun, of a plan that started some weeks ago."""
    first = made.issued(*(children or made.family()))
    made.back_in_time(first.plan)
    return made.begun(made.review_of(first))


def carry_on(review, **kwargs):
    children = [part.child for part in review.children.select_related("child")]
    given = {
        "children": [made.decided(child, "continue", category="NEG") for child in children],
        "looked": looked_at(review.plan),
        "actions": [],
        "contingencies": [],
        "next_review_on": TODAY + timedelta(days=170),
    }
    return made.issue(review, **given | kwargs)


def test_a_review_looks_at_every_action_and_changes_the_category():
    review = reviewing()

    assert "what came of each action" in refusal(carry_on, review, looked=[])
    carry_on(review)

    part = PlanChild.objects.get()
    assert [each.category for each in part.categories.all()] == ["PHY", "NEG"]
    assert part.ended_on is None
    progress = review.plan.actions.get().progress.get()
    assert (progress.rating, progress.meeting) == ("on_track", review.meeting)
    later = made.review_of(review)
    assert later.task.timescale == "CP-10"
    assert Task.objects.outstanding().of_step(later.task.step).count() == 1


def test_an_action_that_is_done_is_ended_and_a_plan_never_stands_with_none():
    review = reviewing()

    done = looked_at(review.plan, rating="done")
    assert "at least one action" in refusal(carry_on, review, looked=done)
    carry_on(review, looked=looked_at(review.plan, rating="done"), actions=[made.an_action()])

    assert sorted(action.state for action in review.plan.actions.all()) == ["done", "open"]


def test_only_a_conference_ends_a_plan_and_then_asks_for_one_in_need():
    stays, leaves = made.family(2)
    review = reviewing(stays, leaves)

    carry_on(review, children=[made.decided(stays, "continue"), made.decided(leaves, "in_need")])

    ended = PlanChild.objects.get(child=leaves)
    assert (ended.ended_on, ended.end_reason) == (TODAY, "conference")
    assert PlanChild.objects.get(child=stays).ended_on is None
    assert "family_help.plan" in open_steps(leaves)
    assert "protection.visit" not in open_steps(leaves)
    assert "protection.visit" in open_steps(stays)
    assert made.review_of(review).about == [stays.pk]


def test_a_plan_that_ends_for_all_leaves_no_action_waiting():
    child = made.family()[0]
    review = reviewing(child)

    carry_on(review, children=[made.decided(child, "no_plan")])

    assert not review.plan.actions.open().exists()
    assert "protection.review_conference" not in open_steps(child)


def test_a_review_is_not_held_before_its_conference_nor_stood_down():
    first = made.issued()
    review = made.begun(made.review_of(first))

    assert "before or on the day its plan was made" in refusal(carry_on, review)
    assert "moved, not stood down" in refusal(
        actions.stand_down, conference=review, reason="No.", by=manager()
    )


def test_a_plan_made_before_birth_goes_on_when_the_baby_is_born():
    baby = ChildFactory.create(unborn=True, born_on=TODAY + timedelta(weeks=12))
    review = reviewing(baby)
    baby.birth_kind, baby.born_on, baby.sex = "known", TODAY - timedelta(days=9), "F"
    baby.save()

    carry_on(review, children=[made.decided(baby, "continue", participation="")])

    part = PlanChild.objects.get(child=baby)
    assert part.ended_on is None
    took = review.meeting.children.get()
    assert took.participation == "under_4"


def test_there_is_nothing_to_review_without_a_plan():
    conference = made.issued()
    plan = conference.plan
    call = {"counted_from": TODAY, "timescale": "CP-10", "asked_on": TODAY, "by": manager()}

    assert "has a conference to come already" in refusal(actions.call_review, plan=plan, **call)
    PlanChild.objects.update(ended_on=TODAY + timedelta(days=1), end_reason="adult")
    assert "no child protection plan here" in refusal(actions.call_review, plan=plan, **call)
