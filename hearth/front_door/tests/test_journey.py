"""A family from the first contact to an allocated referral."""

from datetime import UTC, date, datetime

import pytest

from hearth.casework.models import Allocation, Episode, Task
from hearth.front_door import actions
from hearth.front_door.tests.factories import TUESDAY
from hearth.front_door.tests.steps import record, screen
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import TeamFactory, social_worker

pytestmark = pytest.mark.django_db


def test_three_siblings_are_referred_allocated_and_assessed_in_one_decision(officer, decider):
    children = ChildFactory.create_batch(3, family_name="Okafor")
    assessment = TeamFactory.create()
    worker = social_worker(assessment)
    contact = screen(record(children, officer), officer)

    decision = actions.decide_contact(
        contact=contact,
        outcome="referral",
        threshold_level="3",
        exceptions={children[2].pk: actions.ForOneChild(outcome="strategy_discussion")},
        rationale="All three saw it. Adaeze was hurt.",
        direction="See all three, alone, tomorrow.",
        team=assessment,
        worker=worker,
        at=TUESDAY,
        by=decider,
    )

    assert [part.outcome for part in decision.children.order_by("pk")] == [
        "referral",
        "referral",
        "strategy_discussion",
    ]
    episodes = Episode.objects.order_by("child_id")
    assert [(e.started_on, e.referral_source, e.primary_need) for e in episodes] == [
        (date(2026, 2, 2), "6", "N1")
    ] * 3
    assert Allocation.objects.filter(worker=worker, team=assessment).count() == 3
    waiting = {task.step_key: task for task in Task.objects.outstanding()}
    assert set(waiting) == {
        "assessments.single",
        "protection.strategy_discussion",
        "front_door.feedback",
    }
    assert waiting["assessments.single"].worker == worker
    assert waiting["assessments.single"].about == [child.pk for child in children]
    assert waiting["protection.strategy_discussion"].about == [children[2].pk]
    assert waiting["protection.strategy_discussion"].due_on == date(2026, 2, 4)
    assert decision.feedback.text.startswith("Dear PC Adeyemi")


def test_a_contact_sent_twice_is_recorded_once(officer):
    child = ChildFactory.create()
    key = "6f1d0c9a-8b1e-4a7b-9d2c-0a4c6d1e2f30"

    first = record([child], officer, form_key=key)
    again = record([child], officer, form_key=key)

    assert first == again
    assert Task.objects.outstanding().count() == 1


def test_screening_is_due_by_the_end_of_the_next_working_day(officer):
    friday = datetime(2026, 1, 30, 16, 55, tzinfo=UTC)

    contact = record([ChildFactory.create()], officer, received_at=friday)

    [task] = Task.objects.filter(record_id=contact.pk)
    assert (task.step_key, task.due_on) == ("front_door.screen_contact", date(2026, 2, 2))
