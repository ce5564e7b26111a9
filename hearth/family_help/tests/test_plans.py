"""A child in need plan is written, agreed by somebody else, reviewed, and ended."""

from datetime import timedelta

import pytest

from hearth.accounts.models import Notice
from hearth.casework.models import Involvement, Submission, Task
from hearth.casework.tests.factories import TaskFactory
from hearth.family_help import actions
from hearth.family_help.tests.factories import agreed, asked_for, begun, sent, written
from hearth.lib.errors import CannotDo
from hearth.plans import actions as plans
from hearth.plans.models import Plan, PlanChild, PlanKind
from hearth.records.models import CaseNote, ChronologyEntry
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db


def waiting(child):
    return {task.step_key: task for task in Task.objects.outstanding().for_child(child)}


def test_a_plan_is_begun_once_for_all_the_children_of_its_task(rowan, bea, worker):
    task = asked_for(rowan, bea, worker=worker)

    plan = actions.begin_plan(task=task, by=worker)

    assert actions.begin_plan(task=task, by=worker) == plan
    assert (plan.kind, plan.about) == (PlanKind.CHILD_IN_NEED, sorted([rowan.pk, bea.pk]))
    assert not PlanChild.objects.exists(), "no child is under it until it is agreed"
    task.refresh_from_db()
    assert task.record_id == plan.pk
    with pytest.raises(CannotDo, match="does not ask for"):
        actions.begin_plan(task=TaskFactory.create(), by=worker)


def test_what_it_lacks_is_said_and_it_is_not_sent(rowan, worker, today):
    plan = begun(rowan, worker=worker)

    lacking = actions.gaps_of(plan)

    assert lacking[:2] == ["Say what we are worried about", "Say what is going well"]
    assert "Put at least one action in it" in lacking
    assert "Say what Rowan Quill says about it" in lacking
    assert len(lacking) == 9
    with pytest.raises(CannotDo, match="Put at least one action"):
        actions.send_plan(plan=plan, on=today, by=worker)


def test_it_is_kept_as_it_was_sent(rowan, worker):
    plan = sent(rowan, worker=worker)

    kept = Submission.objects.get(task=plan.task).content

    assert kept["aim"] == "Somebody they trust is there each evening."
    assert kept["children"] == [
        {"child": rowan.pk, "needs": "Company in the evening", "views": "Hi"}
    ]
    assert kept["actions"][0]["measure"] == "The children say she came"


def test_a_late_one_says_why(rowan, worker, today):
    plan = written(rowan, worker=worker)
    Task.objects.filter(pk=plan.task_id).update(due_on=today - timedelta(days=1))

    with pytest.raises(CannotDo, match="Say why it is late"):
        actions.send_plan(plan=Plan.objects.get(), on=today, by=worker)


def test_another_agrees_it_and_it_starts_for_each_child(rowan, bea, worker, boss, team, today):
    plan = agreed(rowan, bea, worker=worker, boss=boss, team=team)

    started = today - timedelta(days=3)
    assert plan.issued_on == today
    for child in (rowan, bea):
        part = PlanChild.objects.get(child=child)
        held = Involvement.objects.get(child=child, ended_on=None)
        assert (part.started_on, part.needs) == (started, "Company in the evening")
        assert (held.kind, held.started_on) == ("child_in_need", started)
        now = waiting(child)
        assert set(now) == {"family_help.visit", "family_help.review", "plans.action"}
        assert now["family_help.visit"].due_on == started + timedelta(weeks=6)
        assert now["family_help.review"].due_on == started + timedelta(weeks=12)
        assert now["plans.action"].due_on == today + timedelta(days=14)
        assert {task.worker for task in now.values()} == {worker}
        entry = ChronologyEntry.objects.get(child=child, kind="plan")
        assert (entry.title, entry.private_text) == ("Child in need plan started", "They said: Hi")
    assert now["family_help.visit"].about == [bea.pk], "each child is visited in their own right"
    assert CaseNote.objects.oversight().get().recorded_by == boss
    assert "agreed a child in need plan" in Notice.objects.get(to=worker).text


def test_nobody_agrees_their_own_plan_nor_without_saying_why(rowan, worker, boss, today):
    plan = sent(rowan, worker=worker)
    deciding = {"plan": plan, "started_on": today, "comments": "Good"}

    with pytest.raises(CannotDo, match="someone else must sign it off"):
        actions.agree_plan(by=worker, **deciding)
    with pytest.raises(CannotDo, match="Say why"):
        actions.agree_plan(by=boss, **(deciding | {"comments": ""}))
    with pytest.raises(CannotDo, match="only decided to make one"):
        actions.agree_plan(by=boss, **(deciding | {"started_on": today - timedelta(days=30)}))


def test_a_plan_nobody_asked_for_waits_for_nobody(rowan, boss, today):
    plan = plans.start_plan(
        kind=PlanKind.CHILD_IN_NEED,
        parts=[plans.PlanPart(child=rowan)],
        started_on=today,
        by=boss,
    )

    with pytest.raises(CannotDo, match="nobody's agreement"):
        actions.return_plan(plan=plan, comments="No", by=boss)


def test_one_returned_is_sent_again_and_both_are_kept(rowan, worker, boss, today):
    plan = sent(rowan, worker=worker)

    actions.return_plan(plan=plan, comments="Say who rings the school", by=boss)
    actions.send_plan(plan=Plan.objects.get(), on=today, by=worker)

    first, second = Submission.objects.order_by("number")
    assert (first.decision, first.comments) == ("returned", "Say who rings the school")
    assert second.decision == ""


def test_a_child_protected_meanwhile_is_left_out(rowan, bea, worker, boss, today):
    plan = sent(rowan, bea, worker=worker)
    part = plans.PlanPart(child=rowan, category="NEG")
    plans.start_plan(kind=PlanKind.PROTECTION, parts=[part], started_on=today, by=boss)

    actions.agree_plan(plan=plan, started_on=today, comments="For Bea", by=boss)

    assert [p.child for p in plan.children.all()] == [bea]


def test_it_is_returned_when_every_child_is_protected_by_then(rowan, worker, boss, today):
    plan = sent(rowan, worker=worker)
    part = plans.PlanPart(child=rowan, category="NEG")
    plans.start_plan(kind=PlanKind.PROTECTION, parts=[part], started_on=today, by=boss)

    with pytest.raises(CannotDo, match="Each of these children has a child protection plan"):
        actions.agree_plan(plan=plan, started_on=today, comments="Good", by=manager())
