"""A review says how each action goes and decides for each child; its record goes to everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.casework.models import Task
from hearth.family_help.models import InNeedReview
from hearth.family_help.tests.factories import agreed, called, reviewed, said
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import PersonFactory, RelationshipFactory
from hearth.plans import actions as plans
from hearth.plans.gathering import Decided
from hearth.plans.models import MeetingKind, PlanChild, PlanKind
from hearth.records.models import ChronologyEntry

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def plan(rowan, bea, worker, boss, team):
    return agreed(rowan, bea, worker=worker, boss=boss, team=team)


def steps(child):
    return set(Task.objects.outstanding().for_child(child).values_list("step_key", flat=True))


def test_parents_and_workers_are_asked_and_whoever_came_last_time(plan, rowan, worker):
    mum = PersonFactory.create(given_names="Ada", family_name="Quill")
    RelationshipFactory.create(person=mum, other_person=rowan)
    first = called(plan, worker)
    school = plans.NewMember(name="Mr Achebe", agency="school", role="Head")
    plans.add_member(meeting=first, member=school, by=worker)
    plans.hold_gathering(meeting=first, said=said(first), by=worker)

    second = called(plan, worker)

    assert {m.name for m in second.members.all()} == {"Ada Quill", "Mr Achebe", str(worker)}
    with pytest.raises(CannotDo, match="called already"):
        called(plan, worker)
    with pytest.raises(CannotDo, match="pages of its own"):
        called(plan, worker, kind=MeetingKind.STRATEGY)


def test_a_review_is_recorded_and_the_next_asked_for_from_that_day(plan, rowan, worker, today):
    meeting = reviewed(plan, worker)

    review = InNeedReview.objects.get(meeting=meeting)
    assert {c.decision for c in review.children.all()} == {"continue"}
    assert plan.actions.get().progress.get().meeting == meeting
    done = Task.objects.get(step_key="family_help.review", done_on=today)
    assert done.done_by == worker
    following = Task.objects.outstanding().get(step_key="family_help.review")
    assert following.due_on == today + timedelta(weeks=12)
    send = Task.objects.outstanding().get(step_key="family_help.send_review")
    assert (send.record_id, send.due_on) == (meeting.pk, today + timedelta(days=5))
    entry = ChronologyEntry.objects.get(child=rowan, kind="review")
    assert entry.private_text == "Their view: I like it"


def test_nothing_is_left_unsaid(plan, rowan, worker):
    meeting = called(plan, worker)
    for wrong, words in (
        ({"progress": {}}, "Say how action 1 goes"),
        ({"decided": {}}, "Say what is decided for"),
        ({"children": {}}, "Say how Rowan Quill took part"),
        ({"held_at": NOW() + timedelta(days=1)}, "before it has begun"),
        (
            {"decided": {pk: Decided(decision="bored", reason="x") for pk in plan.about}},
            "Say what is decided for",
        ),
    ):
        with pytest.raises(CannotDo, match=words):
            plans.hold_gathering(meeting=meeting, said=said(meeting, **wrong), by=worker)


def test_what_is_finished_with_leaves_the_plan_and_its_owners_list(plan, rowan, worker):
    rated = plans.Rated(rating="done", words="She comes every evening", finished=True)
    action = plan.actions.get()

    reviewed(plan, worker, progress={action.pk: rated})

    action.refresh_from_db()
    assert (action.state, action.ended_words) == ("done", "She comes every evening")
    assert "plans.action" not in steps(rowan)


def test_what_did_not_help_is_no_longer_needed(plan, worker):
    rated = plans.Rated(rating="worse", words="Gran has moved", finished=True)
    action = plan.actions.get()

    reviewed(plan, worker, progress={action.pk: rated})

    action.refresh_from_db()
    assert action.state == "stopped"


@pytest.mark.parametrize(
    ("decision", "opens"),
    [("close", set()), ("step_down", {"assessments.hand_over_early_help"})],
)
def test_an_end_is_decided_and_what_the_plan_asked_for_leaves_the_lists(
    decision, opens, plan, rowan, worker, today
):
    reviewed(plan, worker, decision)

    part = PlanChild.objects.get(child=rowan)
    assert (part.ended_on, part.end_reason) == (today, "review")
    assert steps(rowan) == {"family_help.send_review"} | opens
    assert ChronologyEntry.objects.filter(child=rowan, title__contains="plan ended").exists()


def test_suspected_harm_asks_for_a_strategy_discussion_and_the_plan_stands(plan, rowan, worker):
    reviewed(plan, worker, "strategy")

    assert "protection.strategy_discussion" in steps(rowan)
    assert PlanChild.objects.current().filter(child=rowan).exists()


def test_one_child_may_end_while_another_goes_on(plan, rowan, bea, worker):
    reviewed(
        plan,
        worker,
        decided={
            rowan.pk: Decided(decision="close", reason="He is safe"),
            bea.pk: Decided(decision="continue", reason="She is alone still"),
        },
    )

    following = Task.objects.outstanding().get(step_key="family_help.review")
    assert following.about == [bea.pk]
    assert Task.objects.outstanding().get(step_key="family_help.visit").about == [bea.pk]


def test_a_late_review_says_why(plan, worker, today):
    Task.objects.filter(step_key="family_help.review").update(due_on=today - timedelta(days=1))
    meeting = called(plan, worker)

    with pytest.raises(CannotDo, match="Say why it is late"):
        plans.hold_gathering(meeting=meeting, said=said(meeting), by=worker)
    plans.hold_gathering(meeting=meeting, said=said(meeting, late_reason="Flu"), by=worker)


def test_the_next_is_called_with_its_day(plan, worker):
    at = NOW() + timedelta(days=40)

    reviewed(plan, worker, next_at=at)

    assert plan.meetings.coming().get().planned_from == at


def test_a_planning_meeting_is_no_review(plan, worker):
    meeting = called(plan, worker, kind=MeetingKind.IN_NEED_PLANNING)

    plans.hold_gathering(meeting=meeting, said=said(meeting, progress={}, decided={}), by=worker)

    assert not InNeedReview.objects.exists()
    assert Task.objects.outstanding().filter(step_key="family_help.review").exists()


def test_a_meeting_is_of_its_own_kind_of_plan(rowan, worker, today):
    part = plans.PlanPart(child=rowan, category="NEG")
    plan = plans.start_plan(kind=PlanKind.PROTECTION, parts=[part], started_on=today, by=worker)

    with pytest.raises(CannotDo, match="not carried on by"):
        called(plan, worker)


def test_sending_is_done_when_every_key_member_has_the_record(plan, worker, boss):
    meeting = called(plan, worker)
    for name in ("Mum", "Mr Achebe"):
        plans.add_member(meeting=meeting, member=plans.NewMember(name=name), by=worker)
    meeting = plans.hold_gathering(meeting=meeting, said=said(meeting), by=worker)
    mum, school = plans.unsent(meeting)
    sending = {"meeting": meeting, "how": "secure_email", "sent_at": NOW(), "by": worker}
    sending["parts"] = {member.pk: meeting.about for member in (mum, school)}

    sent = plans.send_notes(members=[mum], **sending)
    assert Task.objects.outstanding().filter(step_key="family_help.send_review").exists()
    plans.send_notes(members=[school], **sending)

    assert not Task.objects.outstanding().filter(step_key="family_help.send_review").exists()
    plans.mark_all_received(sendings=sent, received_at=NOW(), by=worker)
    sent[0].refresh_from_db()
    assert sent[0].received_at is not None
