"""Nobody leaves, and no team closes, with children still theirs."""

from datetime import date

import pytest

from hearth.accounts.actions import deactivate_worker
from hearth.accounts.models import Notice
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.actions import allocate, hand_over_all, open_step, return_work, submit
from hearth.casework.models import Allocation, Task
from hearth.casework.tests.factories import AllocationFactory
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.workforce.actions import close_team, leave, move_team
from hearth.workforce.leaving import held_by
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def hand_over(worker, to, team, boss, **kwargs):
    return hand_over_all(
        worker=worker,
        to=to,
        team=team,
        on=DAY,
        direction="Meet each family with the last worker.",
        change_reason="LEFTRL",
        by=boss,
        **kwargs,
    )


def open_plan(worker, team, child=None):
    return open_step(
        "tests.plan",
        children=[child or ChildFactory.create()],
        trigger=DAY,
        worker=worker,
        team=team,
        by=worker,
    )


def test_a_leaver_is_kept_by_their_cases_and_tasks_and_told_of_them(steps, worker, boss, team):
    case = AllocationFactory.create(worker=worker, team=team)
    open_plan(worker, team, case.child)

    with pytest.raises(CannotDo, match=r"still has work: cases \(1\), tasks \(1\)\. Give it"):
        leave(staff=worker.staff, on=DAY, by=boss)

    held = held_by(worker, worker=boss)
    assert [item.text for kind in held.work for item in kind.items] == [
        f"{case.child}, lead worker",
        f"Plan: {case.child}",
    ]
    assert held.work[0].items[0].href == f"/allocations/{case.pk}/"


def test_a_leaver_is_kept_by_a_restricted_childs_case_which_is_counted_and_not_named(
    worker, boss, team
):
    case = AllocationFactory.create(worker=worker, team=team)
    RestrictionFactory.create(person=case.child)
    set_worker(boss)

    held = held_by(worker, worker=boss)

    assert (held.work, held.hidden) == ([], 1)
    with pytest.raises(CannotDo, match=r"work on records you may not open \(1\)"):
        leave(staff=worker.staff, on=DAY, by=boss)
    assert not Allocation.objects.filter(pk=case.pk).exists()  # still out of the manager's sight


def test_the_last_manager_of_a_team_is_kept_by_what_only_they_could_sign_off(
    steps, worker, boss, team
):
    task = open_step(
        "tests.assess",
        children=[ChildFactory.create()],
        trigger=DAY,
        worker=worker,
        team=team,
        by=worker,
    )
    submit(task, outcome="plan", on=DAY, content={}, by=worker)

    other = manager(TeamFactory.create())
    with pytest.raises(CannotDo, match=r"work to sign off \(1\)"):
        leave(staff=boss.staff, on=DAY, by=other)

    manager(team)
    leave(staff=boss.staff, on=DAY, by=other)


def test_work_sent_back_after_its_worker_left_waits_for_their_team(steps, worker, boss, team):
    task = open_step(
        "tests.assess",
        children=[ChildFactory.create()],
        trigger=DAY,
        worker=worker,
        team=team,
        by=worker,
    )
    submit(task, outcome="plan", on=DAY, content={}, by=worker)
    leave(staff=worker.staff, on=DAY, by=boss)

    return_work(task, comments="What does Owen say?", by=boss)

    task.refresh_from_db()
    assert (task.worker, task.team) == (None, team)


def test_a_team_is_kept_open_by_its_cases_and_tasks(steps, worker, boss, team):
    AllocationFactory.create(worker=worker, team=team)
    open_step("tests.plan", children=[], trigger=DAY, team=team, family="Quill", by=boss)

    with pytest.raises(CannotDo, match=r"cases \(1\), tasks \(1\)"):
        close_team(team=team, on=DAY, by=boss)
    assert held_by(team, worker=boss).work[1].items[0].text == "Plan: Quill"


def test_when_an_account_is_closed_at_once_its_managers_are_told_what_is_left(
    client, steps, worker, boss, team
):
    case = AllocationFactory.create(worker=worker, team=team)
    open_plan(worker, team, case.child)
    RestrictionFactory.create(person=case.child)
    admin = UserFactory.create(roles=[Role.ADMINISTRATOR])
    client.force_login(admin)

    page = client.get(f"/accounts/workers/{worker.pk}/close/").content.decode()
    set_worker(admin)
    deactivate_worker(worker=worker, by=admin)

    assert "They still have work: cases (1), tasks (1)" in page
    assert str(case.child) not in page
    told = Notice.objects.get(to=boss)
    assert "still has cases (1), tasks (1)" in told.text
    assert told.page == f"/staff/{worker.staff.pk}/hand-over/"


def test_an_account_with_nothing_left_is_closed_without_a_word(worker, boss):
    deactivate_worker(worker=worker, by=UserFactory.create(roles=[Role.ADMINISTRATOR]))

    assert not Notice.objects.filter(to=boss).exists()


# Handing over


def test_all_that_one_worker_has_is_given_to_another(steps, worker, boss, team):
    led, helped = (
        AllocationFactory.create(worker=worker, team=team, role=role)
        for role in ("lead", "co_worker")
    )
    task, to = open_plan(worker, team), social_worker(team)

    assert hand_over(worker, to, team, boss) == 3

    current = Allocation.objects.current()
    assert {(a.child_id, a.role, a.worker_id) for a in current} == {
        (led.child_id, "lead", to.pk),
        (helped.child_id, "co_worker", to.pk),
    }
    task.refresh_from_db()
    assert task.worker == to
    leave(staff=worker.staff, on=DAY, by=boss)


def test_where_the_new_worker_already_leads_the_old_part_only_ends(worker, boss, team):
    to = social_worker(team)
    lead = AllocationFactory.create(worker=to, team=team)
    AllocationFactory.create(worker=worker, team=team, episode=lead.episode, role="co_worker")

    hand_over(worker, to, team, boss)

    assert list(Allocation.objects.current()) == [lead]


def test_a_handing_over_that_cannot_be_whole_is_not_begun(worker, boss, team):
    AllocationFactory.create(worker=worker, team=team)
    unregistered = StaffFactory.create(team=team).user

    with pytest.raises(CannotDo, match="has no social work registration"):
        hand_over(worker, unregistered, team, boss)
    with pytest.raises(CannotDo, match="Choose somebody else"):
        hand_over(worker, worker, team, boss)
    with pytest.raises(CannotDo, match="no cases or tasks to hand over"):
        hand_over(social_worker(team), unregistered, team, boss)
    assert Allocation.objects.current().get().worker == worker


def test_a_worker_who_moves_team_keeps_what_they_carry(worker, boss, team):
    case, new = AllocationFactory.create(worker=worker, team=team), TeamFactory.create()

    move_team(staff=worker.staff, team=new, on=DAY, by=boss)

    case.refresh_from_db()
    assert (case.worker, case.team, case.ended_on) == (worker, team, None)


def test_the_lead_of_a_case_is_not_made_its_co_worker_by_mistake(worker, boss, team):
    case = AllocationFactory.create(worker=worker, team=team)

    with pytest.raises(CannotDo, match="Give it another lead first"):
        allocate(
            episode=case.episode,
            worker=worker,
            team=team,
            on=DAY,
            direction="",
            role="co_worker",
            by=boss,
        )


def test_an_administrator_is_nobodys_last_manager(team):
    admin = StaffFactory.create(user=UserFactory.create(roles=[Role.ADMINISTRATOR]), team=team)

    assert held_by(admin.user, worker=admin.user).count == 0
    assert Task.objects.count() == 0
