"""A task's own page, and a direction's, as the people who use them see them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.casework import actions
from hearth.casework.models import (
    Direction,
    Task,
)
from hearth.casework.tests.pages import a_task, days, look, refused, send
from hearth.config.testing import hearth_itself
from hearth.people.tests.factories import (
    ChildFactory,
    RestrictionFactory,
)
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


# A task's own page


def test_a_task_says_what_whose_why_due_and_on_what_authority(steps, client, worker, boss, team):
    task = a_task(worker, team, key="tests.visit")

    page = look(client, boss, "task", task.pk)

    assert "Do it: 4 weeks after it began on 3 February 2026 (law)" in page
    assert "late" in page
    assert "North team" in page
    assert "Opened" in page


def test_a_task_tells_what_happened_to_it_by_whom_and_why(steps, client, worker, boss, team):
    task, other = a_task(worker, team, key="tests.assess"), social_worker(team)
    send(client, boss, "reassign_task", task.pk, to=f"worker:{other.pk}", reason="Leave")
    actions.recompute(task, trigger=date(2026, 2, 10), by=boss)
    with acting_as(other):
        actions.submit(
            task, outcome="plan", on=date(2026, 5, 20), content={}, late_reason="Snow.", by=other
        )
    set_worker(hearth_itself())
    actions.return_work(task, comments="What does Bea say?", by=boss)
    actions.submit(
        task, outcome="plan", on=date(2026, 5, 21), content={}, late_reason="Snow.", by=other
    )
    actions.sign_off(task, by=boss)

    page = look(client, boss, "task", task.pk)

    for words in (
        f"Given to {other}, by {boss}",
        "Due date moved from 9 April 2026 to 16 April 2026",
        f"Done, by {other}. Snow.",
        "Returned to be changed",
        "Signed off",
        "What does Bea say?",
    ):
        assert words in page, words
    assert "Give this to somebody else" not in page


def test_reassigning_takes_one_choice_and_goes_back_to_the_teams_work(
    steps, client, worker, boss, team
):
    task, other = a_task(worker, team), social_worker(team)

    answer = send(client, boss, "reassign_task", task.pk, to=f"worker:{other.pk}")

    assert answer.url == reverse("desk:team_work", args=[team.pk])
    task.refresh_from_db()
    assert task.worker == other


def test_a_task_may_be_left_for_a_team_and_one_without_goes_back_to_itself(
    steps, client, worker, boss, team
):
    task, loose = a_task(worker, team), a_task(worker, None)

    send(client, boss, "reassign_task", task.pk, to=f"team:{team.pk}")
    answer = send(client, boss, "reassign_task", loose.pk, to=f"worker:{social_worker().pk}")

    task.refresh_from_db()
    assert task.worker is None
    assert answer.url == reverse("casework:task", args=[loose.pk])


def test_those_who_have_left_or_do_no_such_work_are_not_offered(steps, client, worker, boss, team):
    gone = social_worker(team, ended_on=date(2026, 1, 1))
    clerk = StaffFactory.create(
        team=team, user=UserFactory.create(roles=[Role.BUSINESS_SUPPORT])
    ).user
    task = a_task(worker, team)

    page = look(client, boss, "task", task.pk)
    late = send(client, boss, "reassign_task", task.pk, to=f"worker:{gone.pk}")

    assert f"worker:{gone.pk}" not in page
    assert f"worker:{clerk.pk}" not in page
    assert late.status_code == 200
    assert "Select a valid choice" in late.content.decode()


def test_a_manager_of_another_team_may_not_take_a_task(steps, client, worker, team):
    task = a_task(worker, team)

    assert "a team you do not manage" in refused(client, manager(), "reassign_task", task.pk)
    assert "a team you do not manage" in refused(client, manager(), "cancel_task", task.pk)
    assert "a team you do not manage" in look(client, manager(), "task", task.pk)


def test_a_service_manager_or_the_workers_own_manager_may(steps, client, worker, senior, boss):
    task = a_task(worker, None)

    assert "It is no longer needed" in look(client, senior, "task", task.pk)
    assert "It is no longer needed" in look(client, boss, "task", task.pk)


def test_a_task_is_taken_off_the_list_with_why(steps, client, worker, boss, team):
    task = a_task(worker, team)
    look(client, boss, "cancel_task", task.pk)

    empty = send(client, boss, "cancel_task", task.pk, reason="")
    send(client, boss, "cancel_task", task.pk, reason="The family moved away")
    twice = send(client, boss, "cancel_task", task.pk, reason="Again")

    assert "Why is this no longer needed?" in empty.content.decode()
    assert "The family moved away" in look(client, boss, "task", task.pk)
    assert "someone has finished it" in twice.content.decode()


def test_a_restricted_childs_task_is_not_found(steps, client, worker, boss, team):
    child = ChildFactory.create()
    task = a_task(worker, team, child)
    RestrictionFactory.create(person=child)
    client.force_login(boss)

    assert client.get(reverse("casework:task", args=[task.pk])).status_code == 404


def test_a_task_with_a_page_of_its_own_says_where_it_is_done(client, worker, boss, team):
    direction = actions.give_direction(
        children=[ChildFactory.create()],
        text="Visit.",
        owner=worker,
        due_on=date(2026, 2, 10),
        on=DAY,
        team=team,
        by=boss,
    )

    page = look(client, boss, "task", Task.objects.get().pk)

    assert reverse("casework:direction", args=[direction.pk]) in page


# Directions


def test_a_direction_is_read_and_done_on_one_page(client, worker, boss):
    child = ChildFactory.create()
    direction = actions.give_direction(
        children=[child],
        text="See Bea alone.",
        owner=worker,
        due_on=timezone.localdate() + timedelta(days=3),
        on=timezone.localdate(),
        by=boss,
    )

    assert "See Bea alone." in look(client, worker, "direction", direction.pk)
    assert f"This was given to {worker}" in look(client, social_worker(), "direction", direction.pk)
    look(client, worker, "do_direction", direction.pk)
    send(
        client,
        worker,
        "do_direction",
        direction.pk,
        result="Seen at school.",
        **days("on", timezone.localdate()),
    )

    assert "Seen at school." in look(client, boss, "direction", direction.pk)
    assert "no longer waiting" in refused(client, worker, "do_direction", direction.pk)


def test_a_late_direction_asks_why(client, worker, boss):
    direction = actions.give_direction(
        children=[ChildFactory.create()],
        text="See Bea alone.",
        owner=worker,
        due_on=date(2026, 2, 10),
        on=DAY,
        by=boss,
    )

    answer = send(
        client, worker, "do_direction", direction.pk, result="Seen.", **days("on", date(2026, 3, 2))
    )

    assert "Say why it is late" in answer.content.decode()
    assert Direction.objects.get().result == ""
