"""Giving a family to a worker, on one page."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.casework import actions
from hearth.casework.models import (
    Allocation,
    Direction,
)
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.casework.tests.pages import days, look, refused, send
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


def test_allocating_shows_each_worker_now_then_and_their_limit(client, worker, boss, team, family):
    lapsed = StaffFactory.create(team=team).user
    StaffFactory.create(
        user=UserFactory.create(first_name="Hana"),
        team=team,
        registered=True,
        asye_until=date(2999, 1, 1),
    )
    for _ in range(3):
        AllocationFactory.create(worker=worker, team=team)

    page = look(client, boss, "allocate", family[0].pk, query=f"?team={team.pk}&part=lead")

    assert "Rowan Quill and family" in page
    assert "Bea Quill" in page
    assert "<strong>4.6</strong>" in page  # three, and two of one family
    assert "Over the limit" in page
    assert "First year" in page
    assert f"{lapsed} has no social work registration on record" in page


def test_a_family_is_allocated_with_its_exception_and_what_to_do_first(
    client, worker, boss, team, family
):
    answer = send(
        client,
        boss,
        "allocate",
        family[0].pk,
        team=team.pk,
        part="lead",
        children=[family[0].pk],
        worker=worker.pk,
        direction="Get to know Rowan.",
        ask_1="See Rowan at school",
        **days("on", DAY),
        **days("ask_1_by", date(2026, 2, 6)),
    )

    assert answer.url == reverse("casework:episode", args=[family[0].pk])
    assert [a.child_id for a in Allocation.objects.all()] == [family[0].child_id]
    assert Direction.objects.get().text == "See Rowan at school"
    assert "Get to know Rowan." in look(client, boss, "allocation", Allocation.objects.get().pk)


def test_what_is_missing_or_cannot_be_is_said_and_what_was_typed_stays(
    client, worker, boss, team, family
):
    for _ in range(4):
        AllocationFactory.create(worker=worker, team=team)
    said = {"team": team.pk, "part": "lead", **days("on", DAY)}

    empty = send(client, boss, "allocate", family[0].pk, **said).content.decode()
    over = send(
        client,
        boss,
        "allocate",
        family[0].pk,
        children=[e.pk for e in family],
        worker=worker.pk,
        direction="Visit at once.",
        ask_2="Ring school",
        **days("ask_3_by", DAY),
        **said,
    ).content.decode()
    too_many = send(
        client,
        boss,
        "allocate",
        family[0].pk,
        children=[e.pk for e in family],
        worker=worker.pk,
        direction="Visit at once.",
        **said,
    ).content.decode()

    assert "Choose at least one child" in empty
    assert "Say by when" in over
    assert "Say what is to be done by then" in over
    assert "Visit at once." in over
    assert "over the limit of 4.0. Say why" in too_many
    assert f'value="{worker.pk}" checked' in too_many
    assert not Allocation.objects.filter(child=family[0].child).exists()


def test_a_hand_over_asks_why_the_worker_changes_and_a_late_one_why_it_is_late(
    client, worker, boss, team, family
):
    AllocationFactory.create(worker=social_worker(team), team=team, episode=family[0])
    actions.open_step(
        "casework.allocate", children=[family[1].child], trigger=DAY, team=team, by=boss
    )

    page = look(client, boss, "allocate", family[0].pk)

    assert "Why is the worker changing?" in page
    assert "Why is the allocation late?" in page
    assert "Lead worker now" in page


def test_allocating_before_a_team_is_chosen_asks_only_for_the_team(client, boss, family):
    page = look(client, boss, "allocate", family[0].pk)

    assert "Show these workers" in page
    assert "Your direction to the worker" not in page
    answer = send(client, boss, "allocate", family[0].pk, children=[family[0].pk])
    assert answer.status_code == 200


def test_a_co_worker_needs_no_direction(client, worker, boss, team, family):
    send(
        client,
        boss,
        "allocate",
        family[0].pk,
        team=team.pk,
        part="co_worker",
        children=[family[0].pk],
        worker=worker.pk,
        **days("on", DAY),
    )

    allocation = Allocation.objects.get()
    assert allocation.role == "co_worker"
    look(client, boss, "end_allocation", allocation.pk)
    send(client, boss, "end_allocation", allocation.pk, **days("on", date(2026, 3, 2)))
    allocation.refresh_from_db()
    assert allocation.ended_on == date(2026, 3, 2)
    assert "This has ended" in refused(client, boss, "end_allocation", allocation.pk)


def test_a_team_nobody_holds_cases_in_says_so(client, boss, family):
    empty = TeamFactory.create(name="Empty team")

    page = look(client, boss, "allocate", family[0].pk, query=f"?team={empty.pk}")

    assert "Nobody in Empty team holds cases" in page


def test_only_a_manager_allocates_and_only_what_is_open(client, worker, boss):
    closed = EpisodeFactory.create(ended_on=date(2026, 2, 20), closure_reason="RC8")

    refused(client, worker, "allocate", EpisodeFactory.create().pk)
    assert "This episode is closed" in refused(client, boss, "allocate", closed.pk)


def test_a_managers_list_leads_to_the_case_with_the_direction_it_was_accepted_with(
    client, boss, team, family
):
    words = "See Rowan alone, and soon."
    task = actions.open_step(
        "casework.allocate",
        children=[episode.child for episode in family],
        trigger=DAY,
        team=team,
        brief=words,
        by=boss,
    )
    assert task.page == ("casework:allocate_children", task.pk)

    page = look(client, boss, "task", task.pk)
    assert words in page
    assert reverse("casework:allocate_children", args=[task.pk]) in page
    answer = client.get(reverse("casework:allocate_children", args=[task.pk]))
    assert answer.url == reverse("casework:allocate", args=[family[0].pk])
    assert client.get(answer.url).content.decode().count(words) == 2  # as a fact, and to send


def test_a_list_leads_to_no_case_when_none_is_open_or_it_is_not_asked(client, boss, worker, team):
    child = EpisodeFactory.create(
        started_on="2026-01-02", ended_on="2026-01-05", closure_reason="RC8"
    ).child
    opened = {"children": [child], "trigger": DAY, "team": team, "by": boss}
    closed = actions.open_step("casework.allocate", **opened)
    other = actions.open_step("casework.direction", **opened)

    client.force_login(boss)
    assert client.get(reverse("casework:allocate_children", args=[closed.pk])).status_code == 409
    assert client.get(reverse("casework:allocate_children", args=[other.pk])).status_code == 403
    actions.cancel(closed, reason="Closed already", by=boss)
    assert client.get(reverse("casework:allocate_children", args=[closed.pk])).status_code == 403
