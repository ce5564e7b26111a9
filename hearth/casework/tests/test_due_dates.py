"""Due dates worked out again: when a fact is corrected, when a child's status changes, in bulk."""

from datetime import date, datetime

import pytest
from django.db import connection

from hearth.accounts.models import TrailEvent
from hearth.casework import process, timescales
from hearth.casework.actions import (
    open_step,
    recompute,
    recompute_all,
    start_involvement,
)
from hearth.casework.models import FrameworkAdoption, LocalTimescale, Task
from hearth.casework.models.local import local_rules
from hearth.casework.process import Step, describe
from hearth.casework.tests.factories import InvolvementFactory
from hearth.casework.timescales import ENGLAND, Limit, Timescale
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


@pytest.fixture
def worker():
    return social_worker()


@pytest.fixture
def closer(steps):
    """A step that is due sooner while a child has a protection plan."""
    step = Step(
        key="tests.discuss",
        name="Discuss",
        done_by=[],
        authority="none",
        due="T-1",
        due_while={"protection": "T-2"},
        repeats_while=["child_in_need", "protection"],
    )
    process.STEPS[step.key] = step
    return step


def open_one(key, worker, child=None, trigger=DAY, **kwargs):
    children = [child or ChildFactory.create()]
    return open_step(key, children=children, trigger=trigger, worker=worker, by=worker, **kwargs)


def test_correcting_the_trigger_moves_the_date_and_leaves_a_trail(steps, worker):
    task = open_one("tests.visit", worker)

    recompute(task, trigger=date(2026, 2, 10), by=worker)

    task.refresh_from_db()
    assert (task.trigger_on, task.due_on) == (date(2026, 2, 10), date(2026, 3, 10))
    assert "on 10 February 2026" in task.because
    event = TrailEvent.objects.get(what="Due date worked out again: Visit")
    assert event.reason == "from 2026-03-03 to 2026-03-10"
    with connection.cursor() as cursor:
        cursor.execute("SELECT due_on FROM casework_taskevent WHERE pgh_obj_id = %s", [task.pk])
        assert (date(2026, 3, 3),) in cursor.fetchall()


def test_a_moment_corrected_to_a_moment_keeps_its_hour(steps, worker):
    task = open_one("tests.hours", worker, trigger=datetime(2026, 2, 3, 9, tzinfo=ENGLAND))
    assert task.due_at == datetime(2026, 2, 3, 15, tzinfo=ENGLAND)

    recompute(task, trigger=datetime(2026, 2, 3, 20, tzinfo=ENGLAND), by=worker)

    task.refresh_from_db()
    assert task.due_at == datetime(2026, 2, 4, 2, tzinfo=ENGLAND)
    assert task.due_on == date(2026, 2, 4)


def test_a_step_without_a_limit_has_no_date(steps, worker):
    task = open_one("tests.plan", worker)

    recompute(task, trigger=DAY, by=worker)

    task.refresh_from_db()
    assert (task.due_on, task.because) == (None, "")


# This authority's own limits


def test_a_limit_changed_since_rewrites_nothing_that_began_before(steps, worker):
    before = open_one("tests.visit", worker)
    LocalTimescale.objects.create(
        timescale="T-2", amount=2, since=date(2026, 3, 1), recorded_by=worker
    )
    after = open_one("tests.visit", worker, trigger=date(2026, 3, 1))

    assert recompute_all(by=worker) == 0
    before.refresh_from_db()
    assert before.due_on == date(2026, 3, 3)
    assert after.due_on == date(2026, 3, 15)


def test_what_the_authority_chose_is_read_in_order_of_date(worker):
    FrameworkAdoption.objects.create(
        framework="single", adopted_on=date(2016, 9, 1), recorded_by=worker
    )
    for since, amount in ((date(2020, 1, 1), 14), (date(2015, 1, 1), 21)):
        LocalTimescale.objects.create(
            timescale="T-2", amount=amount, since=since, recorded_by=worker
        )

    local = local_rules()

    assert local.adopted == {"single": date(2016, 9, 1)}
    assert local.amounts == {"T-2": [(date(2015, 1, 1), 21), (date(2020, 1, 1), 14)]}


# What a child is to us


def test_a_child_who_comes_to_have_a_plan_is_discussed_sooner(closer, worker):
    child = ChildFactory.create()
    InvolvementFactory.create(child=child)
    task = open_one("tests.discuss", worker, child)
    assert task.due_on == date(2026, 4, 9)

    start_involvement(
        child=child, kind="protection", started_on=date(2026, 2, 10), episode=None, by=worker
    )

    task.refresh_from_db()
    assert task.due_on == date(2026, 3, 3)


def test_what_makes_no_difference_to_a_date_leaves_no_trail(closer, worker):
    child = ChildFactory.create()
    InvolvementFactory.create(child=child)
    open_one("tests.discuss", worker, child)

    start_involvement(
        child=child, kind="early_help", started_on=date(2026, 2, 10), episode=None, by=worker
    )

    assert not TrailEvent.objects.filter(what__startswith="Due date worked out").exists()


def test_the_process_page_says_when_a_step_is_due_sooner(closer):
    text = describe(process.Process(name="P", steps=[closer]))

    assert "- Due instead while protection: 4 weeks (law) after it began" in text


# All at once


def test_a_boroughs_open_tasks_are_worked_out_in_a_few_statements(closer, worker):
    wrong = [open_one("tests.visit", worker) for _ in range(20)]
    child = ChildFactory.create()
    InvolvementFactory.create(child=child, kind="protection")
    plan = open_one("tests.discuss", worker, child)
    by_hand = open_one("tests.plan", worker, set_for=date(2026, 2, 20))
    Task.objects.exclude(pk=by_hand.pk).update(due_on=date(2020, 1, 1))
    ended = open_one("tests.visit", worker)
    Task.objects.filter(pk=ended.pk).update(
        due_on=date(2020, 1, 1), done_on=DAY, done_at="2026-02-03T12:00Z", done_by=worker
    )

    with at_most_queries(40):
        changed = recompute_all(by=worker)

    assert changed == 21
    assert set(Task.objects.filter(pk__in=[t.pk for t in wrong]).values_list("due_on")) == {
        (date(2026, 3, 3),)
    }
    plan.refresh_from_db()
    by_hand.refresh_from_db()
    ended.refresh_from_db()
    assert plan.due_on == date(2026, 3, 3)
    assert by_hand.due_on == date(2026, 2, 20)
    assert ended.due_on == date(2020, 1, 1)
    event = TrailEvent.objects.get(what="Due date worked out again: Visit", about=wrong[0].about)
    assert event.reason == "from 2020-01-01 to 2026-03-03"
    assert TrailEvent.objects.filter(what__endswith="again: 21 changed").exists()


def test_hours_worked_out_again_in_bulk_keep_their_moment(steps, worker):
    task = open_one("tests.hours", worker, trigger=datetime(2026, 2, 3, 9, tzinfo=ENGLAND))
    Task.objects.filter(pk=task.pk).update(due_at=None)

    assert recompute_all(by=worker) == 1

    task.refresh_from_db()
    assert task.due_at == datetime(2026, 2, 3, 15, tzinfo=ENGLAND)


def test_a_step_that_lost_its_limit_for_the_day_leaves_no_date(steps, worker):
    task = open_one("tests.visit", worker)
    old = Limit(4, "weeks", "law", framework="wt_2013")
    timescales.TIMESCALES["T-2"] = Timescale(key="T-2", duty="D", trigger="t", limits=[old])
    Task.objects.filter(pk=task.pk).update(trigger_on=date(2010, 1, 4))

    assert recompute_all(by=worker) == 1

    task.refresh_from_db()
    assert (task.due_on, task.because) == (None, "")
