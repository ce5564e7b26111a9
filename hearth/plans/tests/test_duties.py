"""The strictest of a child's duties says by when they are seen; a desk says it of every child."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hearth.casework.actions import open_step
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, earlier_today
from hearth.plans import actions
from hearth.plans.duties import strictest
from hearth.plans.models import MeetingKind, PlanKind
from hearth.plans.tests.factories import action, plan
from hearth.workforce.tests.factories import social_worker

DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


@dataclass(frozen=True)
class Asked:
    due_on: date | None


@given(st.lists(DAYS), DAYS)
def test_a_further_duty_never_lets_a_child_be_seen_later(days, another):
    before = strictest(map(Asked, days))
    after = strictest(map(Asked, [*days, another]))

    assert (before is None) == (not days)
    assert after is not None
    dated = [day for day in [*days, another] if day is not None]
    assert after.due_on == min(dated, default=None)
    if before is not None and before.due_on is not None:
        assert after.due_on is not None
        assert after.due_on <= before.due_on


@given(st.lists(DAYS, min_size=1))
def test_the_order_in_which_duties_ask_says_nothing(days):
    assert strictest(map(Asked, days)) == strictest(map(Asked, reversed(days)))


@pytest.fixture
def led(rowan, bea, worker, team):
    for child in (rowan, bea):
        AllocationFactory.create(episode=child.episodes.get(), worker=worker, team=team)
    return rowan, bea


def protected(children, worker, started_on):
    made = plan(*children, by=worker, kind=PlanKind.PROTECTION, started_on=started_on)
    for part in made.children.all():
        actions.open_visits(part=part, trigger=started_on, by=worker)
    kind = MeetingKind.CORE_GROUP
    actions.open_gathering(plan=made, kind=kind, trigger=started_on, by=worker)
    return made


@pytest.mark.django_db
def test_a_child_with_two_duties_is_listed_once_by_the_stricter(client, led, worker, today):
    rowan, _bea = led
    protected([rowan], worker, today)
    in_need = today - timedelta(days=30)
    open_step("family_help.visit", children=[rowan], trigger=in_need, worker=worker, by=worker)
    client.force_login(worker)

    page = client.get(reverse("plans:visits_due")).content.decode()

    assert page.count(f'href="/children/{rowan.pk}/"') == 1
    assert "asked for by 1 other duty too" in page


@pytest.mark.django_db
def test_whoever_leads_sees_each_childs_plan_on_the_desk(client, led, worker, boss, today):
    made = protected(led, worker, today)
    client.force_login(worker)

    with at_most_queries():
        page = client.get("/").content.decode()

    assert "Your children with plans" in page
    assert reverse("plans:plan", args=[made.pk]) in page
    assert page.count("To be seen by") == len(led)
    assert "Looked at together by" in page
    client.force_login(social_worker())
    assert "Your children with plans" not in client.get("/").content.decode()
    client.force_login(boss)
    assert "with something late" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_manager_sees_the_plans_of_which_something_is_late(client, led, worker, boss, today):
    protected(led, worker, today - timedelta(days=60))
    client.force_login(boss)

    with at_most_queries():
        page = client.get("/").content.decode()

    assert "Plans of your teams with something late" in page
    assert "late" in page


@pytest.mark.django_db
def test_a_child_who_leaves_a_plan_is_asked_about_no_more(led, worker, today):
    rowan, bea = led
    made = protected(led, worker, today - timedelta(days=30))
    ring = action(owner_worker=worker, due_on=today)
    asked = actions.set_action(plan=made, action=ring, set_on=today, by=worker)
    actions.issue_plan(plan=made, on=today, by=worker)

    part = made.children.get(child=rowan)
    actions.end_plan(part=part, ended_on=today, reason="conference", by=worker)

    waiting = Task.objects.outstanding()
    group = waiting.get(step_key="protection.core_group")
    assert (group.about, waiting.get(step_key="plans.action").about) == ([bea.pk], [bea.pk])
    assert not waiting.for_child(rowan).filter(step_key="protection.core_group").exists()
    actions.end_plan(
        part=made.children.get(child=bea), ended_on=today, reason="conference", by=worker
    )
    assert not Task.objects.outstanding().filter(record_id__in=[made.pk, asked.pk]).exists()


@pytest.mark.django_db
def test_a_core_group_sets_actions_for_some_of_the_children(client, led, worker, today):
    bea = led[1]
    made = protected(led, worker, today - timedelta(days=5))
    meeting = actions.call_gathering(plan=made, kind=MeetingKind.CORE_GROUP, by=worker)
    at = earlier_today(minutes=5)
    sent = {
        "held_at": f"{at:%Y-%m-%d} {at:%H:%M}",
        "minutes": "The nurse comes on Fridays.",
        "quorate_reason": "The school was closed",
        "new-TOTAL_FORMS": "2",
        "new-INITIAL_FORMS": "0",
        "new-0-what": "Take Bea to the dentist",
        "new-0-owner": str(worker),
        "new-0-due_on": today.isoformat(),
        "new-0-children": [str(bea.pk)],
    }
    for member in meeting.members.all():
        sent[f"member-{member.pk}-attendance"] = "in_person"
    for child in led:
        sent[f"child-{child.pk}-participation"] = "views_told"
    client.force_login(worker)
    address = reverse("plans:hold_meeting", args=[meeting.pk])

    refused = client.post(address, sent).content.decode()
    assert "Say how we will know it is done" in refused
    assert "Take Bea to the dentist" in refused
    client.post(address, sent | {"new-0-measure": "Her card"})

    (set_there,) = made.actions.all()
    assert (set_there.about, set_there.owner_worker) == ([bea.pk], worker)
    assert (set_there.set_at_id, set_there.measure) == (meeting.pk, "Her card")
