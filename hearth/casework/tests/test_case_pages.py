"""Who has the case, who has none, and what is carried."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework import actions
from hearth.casework.models import (
    Allocation,
)
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.casework.tests.pages import a_task, days, look, refused, send
from hearth.people.tests.factories import (
    ChildFactory,
)
from hearth.workforce.models import Registration, Staff
from hearth.workforce.tests.factories import TeamFactory, social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


# Who has the case


def test_a_childs_workers_are_told_with_when_and_why_they_changed(client, worker, boss, team):
    episode = EpisodeFactory.create()
    for number in range(3):
        AllocationFactory.create(
            episode=episode,
            started_on=timezone.localdate() - timedelta(days=90 - 30 * number),
            ended_on=timezone.localdate() - timedelta(days=60 - 30 * number)
            if number < 2
            else None,
            change_reason="LEFTRL",
        )

    page = look(client, boss, "case_history", episode.child_id)

    assert "3 lead workers in the last 12 months" in page
    assert "Previous worker left role" in page
    assert "Nobody has been given" in look(client, boss, "case_history", ChildFactory.create().pk)


def test_a_lead_is_not_ended_by_itself(client, boss):
    allocation = AllocationFactory.create()

    assert "Give the case to another lead" in refused(client, boss, "end_allocation", allocation.pk)


def test_an_episode_tells_all_of_it(steps, client, worker, boss, team):
    allocation = AllocationFactory.create(worker=worker, team=team, episode__primary_need="N1")
    episode = allocation.episode
    InvolvementFactory.create(child=episode.child, episode=episode, kind="protection")
    a_task(worker, team, episode.child)
    actions.give_direction(
        children=[episode.child],
        text="Visit weekly.",
        owner=worker,
        due_on=date(2026, 2, 10),
        on=DAY,
        by=boss,
    )

    page = look(client, boss, "episode", episode.pk)

    for words in ("Child protection plan", "Plan", "Visit weekly.", str(worker), "Allocate"):
        assert words in page, words


def test_a_closed_episode_says_why_and_by_whom(client, boss):
    episode = EpisodeFactory.create(
        ended_on=date(2026, 3, 2),
        closure_reason="RC8",
        closure_summary="All is well.",
        closed_by=boss,
    )
    nothing_more = EpisodeFactory.create(
        ended_on=date(2026, 2, 2), no_further_action=True, primary_need=""
    )

    page = look(client, boss, "episode", episode.pk)

    assert "Case closed after assessment" in page
    assert "All is well." in page
    assert "no further action" in look(client, boss, "episode", nothing_more.pk)


def test_every_page_of_a_child_says_who_has_the_case_with_a_telephone(client, worker, boss, team):
    case = AllocationFactory.create(worker=worker, team=team)
    InvolvementFactory.create(child=case.child, kind="protection")

    page = look(client, boss, "case_history", case.child_id)

    assert f"{worker}, 01632 960 001" in page
    assert "Child protection plan" in page
    assert str(boss) in page


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (ChildFactory.create, "Not known to us before"),
        (lambda: EpisodeFactory.create().child, "Not allocated"),
        (
            lambda: EpisodeFactory.create(ended_on=date(2026, 3, 2), closure_reason="RC8").child,
            "Closed on 2 March 2026",
        ),
    ],
)
def test_a_childs_status_is_worked_out(client, boss, make, words):
    assert words in look(client, boss, "case_history", make().pk)


def test_a_childs_front_page_says_what_is_next(steps, client, worker, boss, team):
    child = ChildFactory.create()
    for _ in range(14):
        a_task(worker, team, child, key="tests.visit")
    client.force_login(boss)

    page = client.get(reverse("desk:child", args=[child.pk])).content.decode()
    quiet = client.get(reverse("desk:child", args=[ChildFactory.create().pk])).content.decode()

    assert "4 weeks after it began" in page
    assert "There is more to do" in page
    assert "Nothing is waiting to be done" in quiet


# Children nobody has been given


def test_those_nobody_has_been_given_are_listed_the_gravest_first_as_families(
    client, boss, team, family
):
    planned = EpisodeFactory.create(primary_need="", child__family_name="Pemberton")
    InvolvementFactory.create(child=planned.child, kind="protection")
    last = AllocationFactory.create(ended_on=date(2026, 3, 2))
    AllocationFactory.create(worker=social_worker(team))
    actions.open_step(
        "casework.allocate", children=[e.child for e in family], trigger=DAY, team=team, by=boss
    )

    page = look(client, boss, "unallocated")
    ours = look(client, boss, "unallocated", query=f"?team={team.pk}")

    assert page.index(str(planned.child)) < page.index("Rowan Quill")
    assert "Had a worker before" in page
    assert "since 2 March 2026" in page
    assert str(last.child) in page
    assert "4 children" in page
    assert "2 children" in ours
    assert "North team" in ours


@pytest.mark.parametrize(
    ("done", "why"),
    [
        ({"user": {"is_active": False}}, "account is closed"),
        ({"user": {"ends_on": date(2026, 2, 1)}}, "account is closed"),
        ({"staff": {"ended_on": date(2026, 2, 1)}}, "does not work here now"),
        ({"registration": {"expires_on": date(2026, 2, 1)}}, "is not registered"),
    ],
)
def test_a_case_whose_worker_can_no_longer_act_is_listed_as_nobodys(
    client, boss, worker, team, done, why
):
    case = AllocationFactory.create(worker=worker, team=team)
    assert str(case.child) not in look(client, boss, "unallocated")
    rows = {
        "user": User.objects.filter(pk=worker.pk),
        "staff": Staff.objects.filter(user=worker),
        "registration": Registration.objects.filter(staff__user=worker),
    }
    for what, values in done.items():
        rows[what].update(**values)

    page = look(client, boss, "unallocated", query=f"?team={team.pk}")

    assert str(case.child) in page
    assert why in page


def test_when_all_are_allocated_the_list_says_so(client, boss):
    assert "Every child with an open episode has a lead worker" in look(client, boss, "unallocated")


# Handing over


def test_all_a_workers_work_is_handed_over_on_one_page(client, worker, boss, team):
    case, to = AllocationFactory.create(worker=worker, team=team), social_worker(team)

    page = look(client, boss, "hand_over", worker.staff.pk)
    answer = send(
        client,
        boss,
        "hand_over",
        worker.staff.pk,
        to=to.pk,
        change_reason="LEFTRL",
        direction="Meet each family together.",
        **days("on", date(2026, 3, 2)),
    )

    assert str(case.child) in page
    assert answer.url == reverse("workforce:staff", args=[worker.staff.pk])
    assert Allocation.objects.current().get().worker == to
    leave = client.get(reverse("workforce:leave", args=[worker.staff.pk])).content.decode()
    assert "has no open cases" in leave


def test_a_workers_leaving_page_lists_what_they_have_with_links(client, worker, boss, team, admin):
    case = AllocationFactory.create(worker=worker, team=team)
    address = reverse("workforce:leave", args=[worker.staff.pk])

    client.force_login(boss)
    page = client.get(address).content.decode()
    client.force_login(admin)
    told = client.get(address).content.decode()

    assert f"/allocations/{case.pk}/" in page
    assert "Give it all to somebody else" in page
    assert str(case.child) not in told
    assert "cases (1)" in told


# What is carried


def test_a_team_sees_who_carries_what_the_fullest_first(client, worker, boss, team):
    for _ in range(5):
        AllocationFactory.create(worker=worker, team=team)
    light = social_worker(team)

    page = look(client, boss, "team_caseload", team.pk)

    assert "1 over their limit" in page
    assert page.index(str(worker)) < page.index(str(light))
    assert "How it has gone" in page
    assert "Nobody in" in look(client, boss, "team_caseload", TeamFactory.create().pk)


def test_a_worker_sees_their_own_load_child_by_child(client, worker, boss, team):
    case = AllocationFactory.create(worker=worker, team=team)
    InvolvementFactory.create(child=case.child, kind="assessment")

    page = look(client, worker, "staff_caseload", worker.staff.pk)

    assert "Being assessed" in page
    assert "1.3" in page
    assert "has no cases" in look(client, boss, "staff_caseload", boss.staff.pk)
    assert "what you carry yourself" in refused(
        client, social_worker(), "staff_caseload", worker.staff.pk
    )


def test_the_weights_are_published_with_their_reasons(client, worker):
    page = look(client, worker, "weights")

    assert "core groups and conferences to write for" in page
    assert "Each further child of a family counts 0.60" in page
