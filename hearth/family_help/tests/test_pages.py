"""The pages from a task to a plan that stands, its review, and the list of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Task
from hearth.config.testing import at_most_queries, earlier_today, hearth_itself
from hearth.family_help.tests.factories import agreed, asked_for, called, fill, sent
from hearth.plans.models import Meeting, Plan, PlanChild
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


def at(name, pk):
    return reverse(name, args=[pk])


def text(response):
    return response.content.decode()


def moment(name, when):
    when = timezone.localtime(when)
    return {
        f"{name}_day": when.day,
        f"{name}_month": when.month,
        f"{name}_year": when.year,
        f"{name}_time": when.strftime("%H:%M"),
    }


def test_from_the_list_to_a_plan_sent_and_agreed(client, rowan, worker, boss, team, today):
    task = asked_for(rowan, worker=worker, team=team)
    client.force_login(worker)
    page = client.get(at("family_help:from_task", task.pk))
    assert "Write the plan" in text(page)
    begun = client.post(at("family_help:begin_plan", task.pk))
    set_worker(hearth_itself())
    plan = Plan.objects.get()
    assert begun.url == at("plans:plan", plan.pk)
    assert client.get(at("family_help:from_task", task.pk)).url == at("plans:plan", plan.pk)
    lacking = text(client.get(at("family_help:send_plan", plan.pk)))
    assert "Put at least one action in it" in lacking
    assert "Send to a manager</button>" not in lacking
    set_worker(hearth_itself())
    fill(plan, worker)
    assert client.post(at("family_help:send_plan", plan.pk)).status_code == 302
    assert client.get(at("family_help:decide_plan", plan.pk)).status_code == 403
    client.force_login(boss)
    with at_most_queries():
        assert "Decide" in text(client.get(at("plans:plan", plan.pk)))
    unsaid = client.post(at("family_help:decide_plan", plan.pk), {"decision": "agree"})
    assert "Say from which day it stands" in text(unsaid)
    decided = client.post(
        at("family_help:decide_plan", plan.pk),
        {"decision": "agree", "started_on": today.isoformat(), "comments": "Good"},
    )
    assert decided.status_code == 302
    set_worker(hearth_itself())
    assert PlanChild.objects.get().started_on == today


def test_a_manager_returns_it_and_the_writer_sees_why(client, rowan, worker, boss):
    plan = sent(rowan, worker=worker)
    client.force_login(boss)

    client.post(
        at("family_help:decide_plan", plan.pk),
        {"decision": "return", "comments": "Say who rings the school"},
    )

    client.force_login(worker)
    assert "Say who rings the school" in text(client.get(at("plans:plan", plan.pk)))


def test_only_those_with_the_case_write_it(client, rowan, worker):
    task = asked_for(rowan, worker=worker)
    client.force_login(social_worker())

    assert client.post(at("family_help:begin_plan", task.pk)).status_code == 403
    assert "lead worker or a manager" in text(client.get(at("family_help:from_task", task.pk)))


def test_a_review_is_recorded_from_its_page(client, rowan, worker, boss, team):
    plan = agreed(rowan, worker=worker, boss=boss, team=team)
    meeting, action = called(plan, worker), plan.actions.get()
    member = meeting.members.get()
    client.force_login(worker)
    with at_most_queries():
        page = text(client.get(at("plans:hold_meeting", meeting.pk)))
    assert "Ask Gran to come" in page
    wrong = client.post(at("plans:hold_meeting", meeting.pk), {"minutes": "Words typed"})
    assert "Words typed" in text(wrong)
    answers = {
        **moment("held_at", earlier_today(minutes=5)),
        "minutes": "Gran comes.",
        "new-TOTAL_FORMS": "0",
        "new-INITIAL_FORMS": "0",
        f"member-{member.pk}-attendance": "in_person",
        f"action-{action.pk}-rating": "on_track",
        f"action-{action.pk}-words": "Four evenings of five",
        f"child-{rowan.pk}-participation": "attended",
        f"child-{rowan.pk}-views": "I like it",
        f"child-{rowan.pk}-decision": "continue",
        f"child-{rowan.pk}-reason": "It works",
    }

    held = client.post(at("plans:hold_meeting", meeting.pk), answers)

    assert held.url == at("plans:meeting", meeting.pk), text(held)
    with at_most_queries():
        assert "I like it" in text(client.get(held.url))
    with at_most_queries():
        shown = text(client.get(at("plans:plan", plan.pk)))
    assert "On track" in shown
    assert "go on with the plan" in shown


def test_the_list_shows_how_each_goes_in_a_few_queries(client, rowan, bea, worker, boss, team):
    for child in (rowan, bea):
        agreed(child, worker=worker, boss=boss, team=team)
    Task.objects.filter(step_key="family_help.review", about=[bea.pk]).update(
        due_on=timezone.localdate() - timedelta(days=1)
    )
    client.force_login(boss)
    with at_most_queries():
        page = text(client.get(reverse("family_help:in_need")))
    assert "2 plans" in page
    assert "0 of 1 actions" in page
    overdue = text(client.get(reverse("family_help:in_need"), {"show": "review"}))
    assert "1 plan" in overdue
    assert "0 plans" in text(client.get(reverse("family_help:in_need"), {"show": "late"}))
    narrowed = client.get(reverse("family_help:in_need"), {"team": team.pk})
    assert "2 plans" in text(narrowed)


def test_from_the_review_task_one_is_called_and_then_opened(client, rowan, worker, boss, team):
    plan = agreed(rowan, worker=worker, boss=boss, team=team)
    client.force_login(worker)
    at_call = at("plans:call_meeting", plan.pk)
    assert client.get(at_call).status_code == 200

    called_at = client.post(at_call, {"kind": "in_need_review"})

    set_worker(hearth_itself())
    meeting = Meeting.objects.get()
    assert called_at.url == at("plans:meeting", meeting.pk)
    assert client.get(at_call).url == at("plans:meeting", meeting.pk)
