"""Steps opened, done, passed on, cancelled and done again; and where nobody would find them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import (
    cancel,
    complete,
    end_involvement,
    name_children,
    open_step,
    reassign,
    reopen,
    worked_on,
)
from hearth.casework.actions.tasks import lead_worker
from hearth.casework.models import Task, TaskChild
from hearth.casework.tests.factories import (
    AllocationFactory,
    EpisodeFactory,
    InvolvementFactory,
)
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


@pytest.fixture
def worker():
    return social_worker()


@pytest.fixture
def child():
    return ChildFactory.create()


def open_one(key, children, worker, **kwargs):
    return open_step(key, children=children, trigger=DAY, worker=worker, by=worker, **kwargs)


def done(task, by, outcome="", on=DAY, **kwargs):
    complete(task, outcome=outcome, on=on, by=by, **kwargs)


# Opening


def test_an_opened_step_says_whose_when_and_why(steps, worker, child):
    task = open_one("tests.assess", [child], worker, record_id=7)

    assert (task.worker, task.record_id, task.about) == (worker, 7, [child.pk])
    assert task.due_on == date(2026, 4, 9)
    assert task.because == "Do it: 45 working days after it began on 3 February 2026 (law)"
    assert TrailEvent.objects.filter(what="Opened: Assess", about=[child.pk]).exists()


def test_a_task_carries_each_childs_open_episode(steps, worker, child):
    episode = EpisodeFactory.create(child=child)

    task = open_one("tests.plan", [child, ChildFactory.create()], worker)

    assert task.children.get(child=child).episode == episode
    assert task.children.exclude(child=child).get().episode is None


def test_the_list_calls_a_family_by_its_names(steps, worker):
    children = [ChildFactory.create(family_name=name) for name in ("Quill", "Quill", "Achebe")]

    assert open_one("tests.plan", children, worker).family == "Quill and Achebe"
    assert open_one("tests.plan", children, worker, family="The Quills").family == "The Quills"


def test_a_step_a_manager_dated_says_so(steps, worker, child):
    task = open_one("tests.plan", [child], worker, set_for=date(2026, 2, 20))

    assert task.due_on == date(2026, 2, 20)
    assert task.because == f"{worker} asked for this by 20 February 2026"


def test_a_timescale_may_be_chosen_in_place_of_the_steps_own(steps, worker, child):
    task = open_one("tests.visit", [child], worker, timescale="T-1")

    assert task.due_on == date(2026, 4, 9)


# Where nobody would find it


def test_nothing_is_given_to_nobody_a_leaver_or_an_empty_or_closed_team(steps, worker, child):
    leaver = social_worker(ended_on=date(2026, 1, 1))
    closed = TeamFactory.create(closed_on=date(2026, 1, 1))
    StaffFactory.create(team=closed)

    for who, words in (
        ({}, "Choose a worker or a team"),
        ({"worker": leaver}, "no longer works here"),
        ({"worker": UserFactory.create()}, "no longer works here"),
        ({"team": TeamFactory.create()}, "Nobody works in"),
        ({"team": closed}, "is closed"),
    ):
        with pytest.raises(CannotDo, match=words):
            open_step("tests.plan", children=[child], trigger=DAY, by=worker, **who)


def test_the_database_itself_refuses_an_open_task_that_waits_for_nobody(steps, worker, child):
    task = open_one("tests.plan", [child], worker)

    with pytest.raises(IntegrityError, match="task_waits_for_somebody"), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(worker=None)


# Doing


def test_a_finished_step_opens_what_its_outcome_leads_to(steps, worker, child):
    task = open_one("tests.plan", [child], worker)

    done(task, worker, outcome="made")

    task.refresh_from_db()
    assert (task.outcome, task.done_on, task.done_by) == ("made", DAY, worker)
    assert task.worked_by == [worker.pk]


def test_late_work_is_not_barred_but_asks_why(steps, worker, child):
    task = open_one("tests.visit", [child], worker)
    late = task.due_on + timedelta(days=1)

    with pytest.raises(CannotDo, match=r"This was due on 3 March 2026\. Say why it is late"):
        done(task, worker, on=late)

    done(task, worker, on=late, late_reason="Nobody was in, twice.")
    task.refresh_from_db()
    assert task.is_late
    assert task.late_reason == "Nobody was in, twice."


def test_work_done_on_its_day_is_not_late(steps, worker, child):
    task = open_one("tests.visit", [child], worker)

    done(task, worker, on=task.due_on)

    task.refresh_from_db()
    assert not task.is_late


def test_nothing_is_done_on_a_day_that_has_not_come(steps, worker, child):
    with pytest.raises(CannotDo, match="Plan cannot be done on a day that has not come"):
        done(
            open_one("tests.plan", [child], worker),
            worker,
            on=timezone.localdate() + timedelta(days=1),
        )


def test_qualified_work_asks_for_a_registration_on_the_day_of_the_act(steps, worker, child):
    task = open_one("tests.assess", [child], worker)
    staff = worker.staff
    staff.registrations.update(expires_on=date(2026, 2, 10))

    with pytest.raises(CannotDo, match="registration ran out on 10 February 2026"):
        done(task, worker, outcome="plan", on=date(2026, 2, 10))
    done(task, worker, outcome="plan", on=date(2026, 2, 9))


def test_work_is_done_once(steps, worker, child):
    task = open_one("tests.plan", [child], worker)
    done(task, worker)

    with pytest.raises(CannotDo, match="Plan is not waiting to be done: someone has finished it"):
        done(task, worker)


def test_whoever_had_a_hand_in_it_is_remembered_once(steps, worker, child):
    task, other = open_one("tests.assess", [child], worker), social_worker()
    worked_on(task, by=other)
    worked_on(task, by=other)
    done(task, worker, outcome="plan")

    task.refresh_from_db()
    assert task.worked_by == sorted([worker.pk, other.pk])


def test_what_follows_goes_to_whoever_did_it_unless_they_have_left(steps, monkeypatch, child):
    team = TeamFactory.create()
    worker, finisher = social_worker(team), social_worker(team)
    task = open_step(
        "tests.visit", children=[child], trigger=DAY, worker=worker, team=team, by=worker
    )
    InvolvementFactory.create(child=child)
    worker.staff.ended_on = date(2026, 2, 20)
    worker.staff.save()

    done(task, finisher)

    assert (task_after(task).worker, task_after(task).team) == (None, team)


def test_what_follows_a_leavers_work_with_no_team_goes_to_whoever_finished_it(steps, child):
    worker, finisher = social_worker(), social_worker()
    task = open_one("tests.visit", [child], worker)
    InvolvementFactory.create(child=child)
    worker.staff.ended_on = date(2026, 2, 20)
    worker.staff.save()

    done(task, finisher)

    assert task_after(task).worker == finisher


def task_after(task):
    return Task.objects.outstanding().get(pk__gt=task.pk)


# Again and again


def test_a_recurring_step_opens_the_next_counted_from_the_last_while_it_is_asked_for(
    steps, worker, child
):
    InvolvementFactory.create(child=child)
    task = open_one("tests.visit", [child], worker)

    done(task, worker, on=date(2026, 2, 20))

    assert task_after(task).due_on == date(2026, 3, 20)


def test_a_recurring_step_is_not_opened_once_nothing_asks_for_it(steps, worker, child):
    need = InvolvementFactory.create(child=child)
    task = open_one("tests.visit", [child], worker)
    need.ended_on = DAY
    need.save()

    done(task, worker)

    assert not Task.objects.outstanding().exists()


def test_the_next_is_only_for_the_children_who_still_need_it(steps, worker, child):
    sibling = ChildFactory.create()
    InvolvementFactory.create(child=child)
    InvolvementFactory.create(child=sibling, ended_on=date(2026, 2, 2))
    task = open_one("tests.visit", [child, sibling], worker)

    done(task, worker)

    assert task_after(task).about == [child.pk]


def test_a_waiting_one_is_taken_off_the_list_when_what_asked_for_it_ends(steps, worker, child):
    need = InvolvementFactory.create(child=child)
    task = open_one("tests.visit", [child], worker)

    end_involvement(involvement=need, ended_on=date(2026, 2, 20), by=worker)

    task.refresh_from_db()
    assert task.cancelled_reason == "What asked for it has ended"


def test_a_waiting_one_goes_on_for_a_sibling_with_the_same_date(steps, worker, child):
    sibling = ChildFactory.create()
    need = InvolvementFactory.create(child=child)
    InvolvementFactory.create(child=sibling)
    task = open_one("tests.visit", [child, sibling], worker)

    end_involvement(involvement=need, ended_on=date(2026, 2, 20), by=worker)

    after = task_after(task)
    assert (after.about, after.due_on, after.worker) == ([sibling.pk], task.due_on, worker)


# Passing on and cancelling


def test_a_task_is_passed_to_a_worker_or_a_team_and_the_trail_says_why(steps, worker, child):
    task, other = open_one("tests.plan", [child], worker), social_worker()

    reassign(task, worker=other, team=None, reason="Leave", by=worker)

    task.refresh_from_db()
    assert task.worker == other
    event = TrailEvent.objects.get(what=f"Reassigned to {other}: Plan")
    assert event.reason == "Leave"

    team = TeamFactory.create()
    StaffFactory.create(team=team)
    reassign(task, worker=None, team=team, by=worker)
    task.refresh_from_db()
    assert (task.worker, task.team) == (None, team)


def test_a_task_is_not_passed_to_a_leaver_nor_once_it_is_done(steps, worker, child):
    task = open_one("tests.plan", [child], worker)

    with pytest.raises(CannotDo, match="no longer works here"):
        reassign(task, worker=social_worker(ended_on=DAY), team=None, by=worker)
    done(task, worker)
    with pytest.raises(CannotDo, match="someone has finished it"):
        reassign(task, worker=social_worker(), team=None, by=worker)


def test_work_that_waits_for_sign_off_may_still_change_hands(steps, worker, child):
    task = open_one("tests.assess", [child], worker)
    done(task, worker, outcome="plan")
    other = social_worker()

    reassign(task, worker=other, team=None, by=worker)

    task.refresh_from_db()
    assert task.worker == other


def test_a_task_no_longer_needed_is_cancelled_with_why(steps, worker, child):
    task = open_one("tests.plan", [child], worker)

    with pytest.raises(CannotDo, match="Say why this is no longer needed"):
        cancel(task, reason="", by=worker)
    cancel(task, reason="The family moved to another area", by=worker)
    with pytest.raises(CannotDo, match="someone has finished it"):
        cancel(task, reason="Again", by=worker)

    task.refresh_from_db()
    assert (task.cancelled_by, task.cancelled_reason) == (
        worker,
        "The family moved to another area",
    )


# Whom it is about


def test_whom_a_task_is_about_may_be_said_later(steps, worker, child):
    EpisodeFactory.create(child=child)
    task = open_one("tests.plan", [], worker)

    name_children(task, children=[child], by=worker)

    task.refresh_from_db()
    assert (task.about, task.family) == ([child.pk], child.family_name)
    assert TaskChild.objects.get(task=task).episode is not None


def test_the_lead_worker_is_who_leads_now(worker, child):
    assert lead_worker(child) is None

    AllocationFactory.create(worker=worker, episode__child=child)

    assert lead_worker(child) == worker


# Asked for again


def test_what_turns_out_not_to_have_been_done_is_put_back_on_the_list(steps, worker, child):
    task = open_one("tests.assess", [child], worker)
    done(task, worker, opens_next=False)

    again = reopen(task, reason="It was another child", by=worker)

    assert (again.pk, again.done_on, again.outcome) == (task.pk, None, "")
    assert Task.objects.outstanding().filter(pk=task.pk).exists()
    assert TrailEvent.objects.filter(what__startswith="Put back on the list").exists()
    with pytest.raises(CannotDo, match="is not one that was done"):
        reopen(task, reason="Again", by=worker)


def test_it_is_put_back_with_a_reason_and_never_with_a_leaver(steps, worker, child):
    left = social_worker()
    task = open_one("tests.assess", [child], left)
    done(task, left, opens_next=False)
    left.staff.ended_on = DAY
    left.staff.save()
    with pytest.raises(CannotDo, match="Say why"):
        reopen(task, reason="", by=worker)

    assert reopen(task, reason="It was another child", by=worker).worker == worker
