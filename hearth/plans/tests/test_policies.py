"""Who may change what a plan asks and hold its meetings; and why not, in words."""

import pytest
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework import actions as casework
from hearth.casework.tests.factories import AllocationFactory
from hearth.plans import actions, policies
from hearth.plans.models import ActionState, MeetingKind, PlanKind
from hearth.plans.tests.factories import (
    ContingencyFactory,
    MeetingFactory,
    PlanActionFactory,
    action,
    gathering,
    held,
    plan,
)
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db
CHANGES = (policies.write_plan, policies.add_action, policies.add_contingency)


def why(policy, worker, record):
    """Why a policy refuses, in words; nothing when it lets them."""
    return "; ".join(policy.refusals(worker, record))


@pytest.fixture
def lead(rowan, worker, team):
    """Whoever leads Rowan's case."""
    AllocationFactory.create(episode=rowan.episodes.get(), worker=worker, team=team)
    return worker


@pytest.fixture
def standing(rowan, boss):
    return plan(rowan, by=boss)


def test_only_the_lead_worker_or_a_manager_changes_a_plan(standing, lead, boss):
    for policy in (*CHANGES, policies.call_meeting):
        assert why(policy, lead, standing) == why(policy, boss, standing) == ""
        assert why(policy, social_worker(), standing) == policies.NOT_YOURS


def test_nobody_changes_a_plan_that_a_manager_decides_on_or_that_was_given_up(rowan, lead, boss):
    task = casework.open_step(
        "family_help.plan", children=[rowan], trigger=timezone.localdate(), worker=lead, by=boss
    )
    begun = actions.draft_plan(kind=PlanKind.CHILD_IN_NEED, children=[rowan], task=task, by=lead)
    task.done_at = timezone.now()
    begun.task = task
    assert "with a manager" in why(policies.write_plan, lead, begun)
    task.done_at, task.cancelled_at = None, timezone.now()
    assert "given up" in why(policies.write_plan, lead, begun)


def test_a_contingency_is_taken_out_once(boss):
    contingency = ContingencyFactory.create()
    assert why(policies.end_contingency, boss, contingency) == ""
    contingency.ended_on = timezone.localdate()

    assert "taken out of the plan already" in why(policies.end_contingency, boss, contingency)


def test_progress_is_for_whoever_works_with_the_family_or_owns_the_action(boss):
    asked = PlanActionFactory.create()
    stranger, owner = social_worker(), UserFactory.create(roles=[Role.FAMILY_SUPPORT_WORKER])

    assert why(policies.record_progress, boss, asked) == ""
    assert why(policies.record_progress, stranger, asked) == policies.NOT_WITH
    assert why(policies.end_action, stranger, asked) == policies.NOT_YOURS
    asked.owner_worker = owner
    assert why(policies.record_progress, owner, asked) == why(policies.end_action, owner, asked)
    asked.state = ActionState.DONE
    assert "has ended" in why(policies.record_progress, owner, asked)
    assert "has ended" in why(policies.end_action, owner, asked)


def test_nothing_goes_on_in_a_plan_not_yet_agreed(standing, boss):
    asked = actions.set_action(
        plan=standing, action=action(), set_on=standing.children.get().started_on, by=boss
    )

    assert "not been agreed yet" in why(policies.record_progress, boss, asked)


def test_a_childs_part_that_ended_is_neither_visited_nor_ended_again(standing, boss):
    part = standing.children.get()
    part.ended_on = timezone.localdate()

    for policy in (policies.set_visits, policies.end_part):
        assert "This plan has ended" in why(policy, boss, part)


def test_a_task_that_asks_for_no_visit_leads_to_none(rowan, lead, boss):
    task = casework.open_step(
        "family_help.plan", children=[rowan], trigger=timezone.localdate(), worker=lead, by=boss
    )

    assert "does not ask for a visit" in why(policies.visit_asked_for, lead, task)


def test_a_plan_that_nothing_carries_on_has_no_meeting(standing, boss):
    standing.kind = "care"

    assert "Nothing carries this kind of plan on" in why(policies.call_meeting, boss, standing)


def test_a_meeting_of_another_room_or_called_off_is_not_held_here(standing, boss):
    elsewhere = MeetingFactory.create(kind=MeetingKind.STRATEGY)
    coming = gathering(standing)
    assert "a page of its own" in why(policies.meeting, boss, elsewhere)
    assert why(policies.hold_meeting, social_worker(), coming) == policies.NOT_YOURS
    assert "has not been held" in why(policies.send_notes, boss, coming)
    off = actions.cancel_meeting(meeting=coming, reason="Flu", by=boss) or coming
    off.refresh_from_db()
    for policy in (policies.book_meeting, policies.add_member, policies.cancel_meeting):
        assert "was held, or called off" in why(policy, boss, off)


def test_somebody_is_taken_off_once_and_notes_are_sent_of_what_was_held(standing, boss):
    meeting = held(standing)
    member = meeting.members.get(name="Mr Achebe")
    member.removed_at = timezone.now()

    assert "taken off already" in why(policies.remove_member, boss, member)
    assert why(policies.mark_received, boss, meeting) == ""
