"""Giving a case to a worker: who may have it, what they would carry, and what goes with it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import allocate, allocate_family, end_allocation
from hearth.casework.allocating import candidate, choose_among
from hearth.casework.models import Allocation, Task, TaskChild
from hearth.casework.tests.factories import (
    AllocationFactory,
    EpisodeFactory,
    InvolvementFactory,
    TaskFactory,
)
from hearth.config.testing import at_most_queries
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import (
    RegistrationFactory,
    StaffFactory,
    social_worker,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


def give(episode, worker, team, by, **kwargs):
    given = {
        "on": DAY,
        "direction": "See both children by Friday.",
        "worker": worker,
        "team": team,
        "by": by,
    }
    return allocate(episode=episode, **(given | kwargs))


def waiting(episode, key, **kwargs):
    task = TaskFactory.create(step_key=key, about=[episode.child_id], **kwargs)
    TaskChild.objects.create(task=task, child=episode.child, episode=episode)
    return task


# What it records


def test_an_allocation_records_who_from_when_in_what_part_and_with_what_direction(
    worker, team, boss
):
    allocation = give(EpisodeFactory.create(), worker, team, boss)

    allocation.refresh_from_db()
    assert (allocation.role, allocation.started_on, allocation.ended_on) == ("lead", DAY, None)
    assert allocation.direction == "See both children by Friday."
    assert allocation.change_reason == "FCONTA"
    assert allocation.allocated_by == boss
    assert TrailEvent.objects.filter(about=[allocation.child_id]).exists()


def test_an_allocation_is_in_the_childs_story(worker, team, boss):
    allocation = give(EpisodeFactory.create(), worker, team, boss)

    entry = ChronologyEntry.objects.get(child=allocation.child)
    assert entry.title == f"Lead worker: {worker}, {team}"
    assert entry.text == "See both children by Friday."


# Who may not have it


def test_a_lead_needs_a_direction(worker, team, boss):
    with pytest.raises(CannotDo, match="Give your direction to the worker"):
        give(EpisodeFactory.create(), worker, team, boss, direction="")


def test_somebody_must_be_chosen(worker, team, boss):
    with pytest.raises(CannotDo, match="Choose at least one child"):
        allocate_family(episodes=[], worker=worker, team=team, on=DAY, direction="Visit.", by=boss)


def test_a_lead_must_be_registered(team, boss):
    unregistered = StaffFactory.create(team=team).user

    with pytest.raises(CannotDo, match="has no social work registration on record"):
        give(EpisodeFactory.create(), unregistered, team, boss)


def test_a_registration_that_has_run_out_or_not_begun_is_none(team, boss):
    lapsed, coming = StaffFactory.create(team=team), StaffFactory.create(team=team)
    RegistrationFactory.create(staff=lapsed, expires_on=date(2026, 2, 3))
    RegistrationFactory.create(staff=coming, started_on=date(2026, 2, 4))

    with pytest.raises(CannotDo, match="registration ran out on 3 February 2026"):
        give(EpisodeFactory.create(), lapsed.user, team, boss)
    with pytest.raises(CannotDo, match="registration only starts on 4 February 2026"):
        give(EpisodeFactory.create(), coming.user, team, boss)


def test_a_co_worker_need_not_be_registered(team, boss):
    helper = StaffFactory.create(
        team=team, user=UserFactory.create(roles=[Role.FAMILY_SUPPORT_WORKER])
    ).user

    assert give(EpisodeFactory.create(), helper, team, boss, role="co_worker", direction="")


def test_somebody_who_does_not_hold_cases_is_given_none(team, boss):
    clerk = StaffFactory.create(
        team=team, user=UserFactory.create(roles=[Role.BUSINESS_SUPPORT])
    ).user

    with pytest.raises(CannotDo, match="does not hold cases: they are a business support"):
        give(EpisodeFactory.create(), clerk, team, boss, role="co_worker")


def test_a_leaver_is_given_no_case(team, boss):
    leaver = social_worker(team, ended_on=date(2026, 2, 1))

    with pytest.raises(CannotDo, match="does not work here on that day"):
        give(EpisodeFactory.create(), leaver, team, boss)


def test_a_user_who_is_nobodys_member_of_staff_is_given_no_case(team, boss):
    with pytest.raises(CannotDo, match="does not work here on that day"):
        give(EpisodeFactory.create(), UserFactory.create(), team, boss)


def test_a_worker_of_another_team_is_given_no_case_of_this_one(team, boss):
    with pytest.raises(CannotDo, match=f"is not in {team} on that day"):
        give(EpisodeFactory.create(), social_worker(), team, boss)


def test_a_newly_qualified_worker_is_not_alone_with_a_child_who_has_a_protection_plan(team, boss):
    new = social_worker(team, asye_until=date(2026, 9, 1))
    episode = EpisodeFactory.create()
    InvolvementFactory.create(child=episode.child, kind="protection")

    with pytest.raises(CannotDo, match="Give the case an experienced co-worker first"):
        give(episode, new, team, boss)

    give(episode, social_worker(team), team, boss, role="co_worker", direction="")
    assert give(episode, new, team, boss)


# When


def test_a_case_is_not_allocated_before_its_referral_after_its_closing_or_ahead_of_time(
    worker, team, boss
):
    open_one = EpisodeFactory.create()
    closed = EpisodeFactory.create(ended_on=date(2026, 2, 10), closure_reason="RC8")

    with pytest.raises(CannotDo, match="was only referred on 2 February 2026"):
        give(open_one, worker, team, boss, on=date(2026, 2, 1))
    with pytest.raises(CannotDo, match="a day that has not come"):
        give(open_one, worker, team, boss, on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(CannotDo, match="was closed on 10 February 2026"):
        give(closed, worker, team, boss)


# Caseload


def test_more_than_the_limit_asks_for_its_reason_and_keeps_it(worker, team, boss):
    for _ in range(4):
        give(EpisodeFactory.create(), worker, team, boss)
    fifth = EpisodeFactory.create()

    with pytest.raises(CannotDo, match=r"to 5\.0, over the limit of 4\.0\. Say why"):
        give(fifth, worker, team, boss)

    given = give(fifth, worker, team, boss, over_limit_reason="Two close this week.")
    assert given.over_limit_reason == "Two close this week."


def test_a_reason_is_not_kept_where_none_was_needed(worker, team, boss):
    given = give(EpisodeFactory.create(), worker, team, boss, over_limit_reason="Just in case.")

    assert given.over_limit_reason == ""


def test_a_newly_qualified_workers_limit_is_shown_less_a_tenth(team):
    new = social_worker(team, asye_until=date(2026, 9, 1))
    for _ in range(4):
        AllocationFactory.create(worker=new)

    found = candidate(
        new, team=team, episodes=[EpisodeFactory.create()], part="lead", on=DAY, today=DAY
    )

    assert found is not None
    assert found.limit == Decimal("3.6")
    assert found.warning is not None
    assert found.warning.endswith("limit of 3.6, less a tenth in their assessed and supported year")


def test_those_who_could_be_given_a_case_are_shown_the_lightest_first(team, worker, boss):
    busy, lapsed = social_worker(team), StaffFactory.create(team=team).user
    for _ in range(3):
        AllocationFactory.create(worker=busy)
    StaffFactory.create(team=team, user=UserFactory.create(roles=[Role.BUSINESS_SUPPORT]))
    episodes = [EpisodeFactory.create()]

    with at_most_queries(4):
        choice = choose_among(team=team, episodes=episodes, part="lead", on=DAY, today=DAY)

    found = choice.candidates

    assert [c.worker for c in found][2:] == [busy, lapsed]
    assert {c.worker for c in found[:2]} == {worker, boss}
    assert found[2].after.weighted == Decimal("4.0")
    assert not found[2].is_over
    assert found[3].refusals == [f"{lapsed} has no social work registration on record"]


# Handing over


def test_a_change_of_lead_ends_the_last_ones_spell_and_says_why(worker, team, boss):
    episode, new = EpisodeFactory.create(), social_worker(team)
    first = give(episode, worker, team, boss)

    with pytest.raises(CannotDo, match="Choose why the worker is changing"):
        give(episode, new, team, boss, on=date(2026, 3, 2))
    with pytest.raises(CannotDo, match="has no code WHIM"):
        give(episode, new, team, boss, on=date(2026, 3, 2), change_reason="WHIM")
    give(episode, new, team, boss, on=date(2026, 3, 2), change_reason="ABSENC")

    first.refresh_from_db()
    assert first.ended_on == date(2026, 3, 2)
    assert Allocation.objects.current().leading().get(episode=episode).worker == new


def test_open_work_goes_with_the_case(steps, worker, team, boss):
    episode, new = EpisodeFactory.create(), social_worker(team)
    give(episode, worker, team, boss)
    theirs = waiting(episode, "tests.plan", worker=worker)
    others = waiting(episode, "tests.plan", worker=boss)
    give(episode, new, team, boss, on=date(2026, 3, 2), change_reason="ABSENC")

    theirs.refresh_from_db()
    others.refresh_from_db()
    assert (theirs.worker, theirs.team) == (new, team)
    assert others.worker == boss


def test_a_first_lead_takes_up_what_waited_for_the_team_and_is_theirs_to_do(
    steps, worker, team, boss
):
    episode = EpisodeFactory.create()
    plan = waiting(episode, "tests.plan", worker=None, team=team)
    managers_own = waiting(episode, "tests.allocate", worker=None, team=team)

    give(episode, worker, team, boss)

    plan.refresh_from_db()
    managers_own.refresh_from_db()
    assert plan.worker == worker
    assert managers_own.worker is None


def test_work_shared_with_a_sibling_stays_while_the_last_lead_still_has_the_sibling(
    steps, worker, team, boss
):
    one, two, new = EpisodeFactory.create(), EpisodeFactory.create(), social_worker(team)
    for episode in (one, two):
        give(episode, worker, team, boss)
    task = waiting(one, "tests.plan", worker=worker)
    TaskChild.objects.create(task=task, child=two.child, episode=two)
    Task.objects.filter(pk=task.pk).update(about=sorted([one.child_id, two.child_id]))

    give(one, new, team, boss, on=date(2026, 3, 2), change_reason="MANAGE")
    task.refresh_from_db()
    assert task.worker == worker

    give(two, new, team, boss, on=date(2026, 3, 2), change_reason="MANAGE")
    task.refresh_from_db()
    assert task.worker == new


def test_the_same_worker_is_not_given_the_same_part_twice(worker, team, boss):
    episode = EpisodeFactory.create()
    give(episode, worker, team, boss)

    with pytest.raises(CannotDo, match=r"already has .+ case in that part"):
        give(episode, worker, team, boss, on=date(2026, 3, 2), change_reason="MANAGE")


def test_a_co_worker_may_become_the_lead(worker, team, boss):
    episode = EpisodeFactory.create()
    give(episode, worker, team, boss, role="co_worker", direction="")

    give(episode, worker, team, boss, on=date(2026, 3, 2))

    spells = Allocation.objects.filter(episode=episode).order_by("started_on")
    assert [(s.role, s.ended_on) for s in spells] == [
        ("co_worker", date(2026, 3, 2)),
        ("lead", None),
    ]


def test_an_allocation_cannot_be_slipped_in_before_one_already_made(worker, team, boss):
    episode = EpisodeFactory.create()
    give(episode, worker, team, boss, on=date(2026, 3, 2))

    with pytest.raises(CannotDo, match="was allocated on 2 March 2026, after that day"):
        give(episode, social_worker(team), team, boss, change_reason="MANAGE")


# Families


def test_brothers_and_sisters_are_allocated_at_once(worker, team, boss):
    episodes = [EpisodeFactory.create() for _ in range(3)]

    given = allocate_family(
        episodes=episodes, worker=worker, team=team, on=DAY, direction="Visit.", by=boss
    )

    assert {a.child_id for a in given} == {e.child_id for e in episodes}


def test_allocating_is_done_once_every_child_of_the_family_has_a_lead(worker, team, boss):
    one, two = EpisodeFactory.create(), EpisodeFactory.create()
    task = waiting(one, "casework.allocate", worker=boss, due_on=DAY)
    TaskChild.objects.create(task=task, child=two.child, episode=two)
    Task.objects.filter(pk=task.pk).update(about=sorted([one.child_id, two.child_id]))

    give(one, worker, team, boss)
    task.refresh_from_db()
    assert task.done_at is None
    assert task.worker == boss

    give(two, social_worker(team), team, boss)
    task.refresh_from_db()
    assert (task.outcome, task.done_on, task.done_by) == ("allocated", DAY, boss)


def test_allocating_late_asks_why(worker, team, boss):
    episode = EpisodeFactory.create()
    waiting(episode, "casework.allocate", worker=boss, due_on=date(2026, 2, 2))

    with pytest.raises(CannotDo, match="This was due on 2 February 2026"):
        give(episode, worker, team, boss)
    assert give(episode, worker, team, boss, late_reason="Snow closed the office.")


# Ending


def test_an_allocation_ends_once_and_not_before_it_began(worker, team, boss):
    allocation = give(EpisodeFactory.create(), worker, team, boss)

    with pytest.raises(CannotDo, match="only had the case from 3 February 2026"):
        end_allocation(allocation=allocation, on=date(2026, 2, 2), by=boss)
    end_allocation(allocation=allocation, on=date(2026, 2, 4), by=boss)
    with pytest.raises(CannotDo, match="This allocation ended on 4 February 2026"):
        end_allocation(allocation=allocation, on=date(2026, 2, 5), by=boss)


def test_a_child_with_no_record_of_a_family_is_given_alone(worker, team, boss):
    child = ChildFactory.create()

    assert give(EpisodeFactory.create(child=child), worker, team, boss).child == child
