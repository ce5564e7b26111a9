"""One page of what is overdue, unrecorded and unsigned; and one of the cases not discussed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.tests.factories import InvolvementFactory
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import ChildFactory
from hearth.records.actions import record_oversight
from hearth.supervision import actions
from hearth.supervision.models import Session
from hearth.supervision.pages.cases import cases_of
from hearth.supervision.pages.standing import seen_by, standings
from hearth.supervision.tests.factories import case_of, discuss, finish, held
from hearth.supervision.tests.test_pages import ask, words
from hearth.workforce.models import Staff
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def standing(worker):
    (found,) = standings(Staff.objects.filter(user=worker))
    return found


def test_held_and_not_recorded_is_told_apart_from_overdue(worker, boss, today):
    assert standing(worker).states(today) == [("None on record", "red")]

    session = held(worker, boss)
    assert standing(worker).states(today) == [("Held, to be recorded", "orange")]

    Session.objects.update(held_on=today - timedelta(days=12))
    assert standing(worker).states(today) == [("Held, not recorded", "red")]

    Session.objects.update(held_on=today)
    finish(session)
    assert standing(worker).states(today) == [("Worker has not signed", "yellow")]
    session.refresh_from_db()
    actions.sign_session(session=session, by=worker)
    assert standing(worker).states(today) == [("In time", "green")]

    Session.objects.filter(pk=session.pk).update(held_on=today - timedelta(days=25))
    assert standing(worker).states(today) == [("Due soon", "yellow")]
    Session.objects.filter(pk=session.pk).update(held_on=today - timedelta(days=29))
    assert standing(worker).states(today) == [("Overdue", "red")]


def test_a_worker_away_is_not_overdue_until_they_are_back(worker, boss, today):
    session = actions.plan_session(staff=worker.staff, planned_on=today, by=boss)
    back = today + timedelta(days=60)

    actions.record_not_held(session=session, not_held="parental", next_on=back, by=boss)

    found = standing(worker)
    assert not found.is_overdue(today)
    assert found.due.on == back


def test_a_manager_sees_their_team_and_those_above_everybody_but_themselves(worker, boss, today):
    elsewhere = social_worker()

    assert {s.user for s in seen_by(boss, today=today)} == {worker}
    for role in (Role.SERVICE_MANAGER, Role.PRINCIPAL_SOCIAL_WORKER, Role.DIRECTOR):
        seen = {s.user for s in seen_by(UserFactory.create(roles=[role]), today=today)}
        assert seen == {worker, elsewhere, boss}, role


def test_the_page_opens_on_what_needs_the_manager_and_counts_what_it_lists(
    client, worker, boss, team
):
    other = social_worker(team)
    held(other, boss)

    page = words(ask(client, boss, "overview"))
    assert "1 of 2" in page
    assert str(worker) in page
    assert str(other) not in page.partition("</header>")[2].partition("<table")[2]
    unrecorded = words(ask(client, boss, "overview", show="unrecorded", team=team.pk))
    assert str(other) in unrecorded
    assert "Held, to be recorded" in unrecorded
    assert ask(client, boss, "mine")["Location"] == reverse("supervision:overview")
    own = reverse("supervision:worker", args=[worker.staff.pk])
    assert ask(client, worker, "mine")["Location"] == own
    assert "Your supervision" in words(client.get(own))
    nobody = words(ask(client, manager(), "overview"))
    assert "You manage nobody" in nobody


def test_cases_are_due_by_the_rule_and_the_longest_undiscussed_comes_first(worker, boss, today):
    child = case_of(worker, started_on=today - timedelta(days=35))
    risky = case_of(worker, started_on=today - timedelta(days=30))
    InvolvementFactory.create(child=risky, kind="protection")
    fresh = case_of(worker, started_on=today)

    found = cases_of([worker.pk], today=today)

    assert [case.children for case in found] == [[risky], [child], [fresh]]
    assert [case.is_late(today) for case in found] == [True, False, False]
    assert found[0].due.on == today - timedelta(days=2)
    assert "4 weeks after the last discussion, or the allocation," in found[0].due.because
    discuss(held(worker, boss), risky)
    assert not any(case.is_late(today) for case in cases_of([worker.pk], today=today))


def test_a_case_with_no_direction_since_its_allocation_is_known(worker, boss, today):
    child = case_of(worker, started_on=today - timedelta(days=40))
    (case,) = cases_of([worker.pk], today=today)
    assert case.lacks_oversight(today)

    record_oversight(children=[child], text="See him.", oversight_point="other", by=boss)

    (case,) = cases_of([worker.pk], today=today)
    assert case.overseen == today
    assert not case.lacks_oversight(today)


def test_the_cases_page_lists_late_cases_of_a_team_and_asks_why(client, worker, boss, team, today):
    late = case_of(
        worker, ChildFactory.create(given_names="Ife"), started_on=today - timedelta(days=70)
    )
    case_of(worker, ChildFactory.create(given_names="Noor"), started_on=today)

    page = words(ask(client, boss, "cases"))
    assert "1 of 2" in page
    assert str(late) in page
    assert "Noor" not in page
    assert "Noor" in words(ask(client, boss, "cases", team=team.pk, show="0"))
    assert "Ife" in words(ask(client, boss, "cases", team=team.pk, show="unseen"))
    assert "None. Every case" in words(ask(client, boss, "cases", team=team.pk, show="12"))
    assert "You manage no team" in words(ask(client, UserFactory.create(manager=True), "cases"))
    everybody = UserFactory.create(roles=[Role.SERVICE_MANAGER])
    assert "Ife" in words(ask(client, everybody, "cases", team=team.pk))


@pytest.mark.parametrize("many", [2, 8])
def test_a_list_asks_the_database_no_more_for_many_workers(client, boss, team, many):
    for _ in range(many):
        worker = social_worker(team)
        case_of(worker)
        held(worker, boss)
    client.force_login(boss)
    for name in ("supervision:overview", "supervision:cases", "desk:home"):
        with at_most_queries():
            client.get(reverse(name))


def test_a_managers_desk_and_their_teams_page_say_how_supervision_stands(
    client, worker, boss, team, today
):
    case_of(worker, started_on=today - timedelta(days=70))
    client.force_login(boss)

    desk = words(client.get(reverse("desk:home")))
    assert "Supervision overdue or not recorded (1)" in desk
    assert str(worker) in desk
    figures = reverse("supervision:team", args=[team.pk])
    for name in ("workforce:team", "desk:team_work"):
        assert figures in words(client.get(reverse(name, args=[team.pk]))), name
    with at_most_queries():
        whole = words(client.get(figures))
    assert "0 of 1</a> has had supervision in time" in whole
    assert "1 of 1 families" in whole
    assert "<html" not in words(client.get(figures, headers={"HX-Request": "true"}))
    client.force_login(worker)
    assert "Supervision overdue" not in words(client.get(reverse("desk:home")))
    assert figures not in words(client.get(reverse("workforce:team", args=[team.pk])))
    assert client.get(figures).status_code == 403


def test_a_team_with_nobody_in_it_has_no_supervision_to_tell_of(client):
    team = TeamFactory.create()
    client.force_login(UserFactory.create(roles=[Role.SERVICE_MANAGER]))

    assert "0 of 0" in words(client.get(reverse("supervision:team", args=[team.pk])))


def test_a_staff_page_leads_to_their_supervision_and_caseload_for_those_let_in(
    client, worker, boss
):
    colleague = social_worker()
    page = reverse("workforce:staff", args=[worker.staff.pk])
    ways = [
        reverse(name, args=[worker.staff.pk])
        for name in ("supervision:worker", "casework:staff_caseload")
    ]

    for who, may in ((boss, True), (worker, True), (colleague, False)):
        client.force_login(who)
        shown = words(client.get(page))
        assert [way in shown for way in ways] == [may, may], who
