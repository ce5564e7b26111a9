"""The pages of staff and teams."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.config.testing import at_most_queries
from hearth.workforce.models import Registration, Staff, Team, TeamName
from hearth.workforce.tests.factories import (
    RegistrationFactory,
    StaffFactory,
    TeamFactory,
    TeamMembershipFactory,
    manager,
    social_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory.create(name="North team")


@pytest.fixture
def boss(team):
    return manager(team)


@pytest.fixture
def service_manager():
    return StaffFactory.create(user=UserFactory.create(roles=[Role.SERVICE_MANAGER])).user


@pytest.fixture
def colleague(team):
    user = UserFactory.create(first_name="Amara", last_name="Ashdown")
    return StaffFactory.create(user=user, registered=True, team=team, phone="01632 960 001")


def look(client, user, name, *args, query="", most=15):
    client.force_login(user)
    with at_most_queries(most):
        response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def send(client, worker, address, /, *args, **data):
    client.force_login(worker)
    return client.post(reverse(address, args=args), data)


def days(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


# The staff list


def test_everybody_finds_a_colleague_their_team_and_telephone(client, colleague, boss):
    page = look(client, UserFactory.create(), "workforce:staff_list", query="?name=ama+ash")

    assert "Amara Ashdown" in page
    assert "North team" in page
    assert "01632 960 001" in page
    assert "Registered" in page
    assert "1 person" in page


def test_the_list_is_narrowed_by_team_and_role_and_shows_those_who_left(client, team, colleague):
    gone = StaffFactory.create(
        user=UserFactory.create(first_name="Gethin", last_name="Holt"), ended_on=date(2026, 1, 1)
    )
    TeamMembershipFactory.create(staff=gone, team=team, ended_on=date(2026, 1, 1))

    user = UserFactory.create()
    here = look(client, user, "workforce:staff_list", query=f"?team={team.pk}&role=social_worker")
    left = look(client, user, "workforce:staff_list", query=f"?team={team.pk}&left=left")
    nobody = look(client, user, "workforce:staff_list", query="?name=zebedee")

    assert "Amara Ashdown" in here
    assert "Gethin Holt" not in here
    assert "Gethin Holt" in left
    assert "Nobody matches" in nobody


def test_the_list_asks_as_little_for_fifty_as_for_one(client, team):
    for _ in range(20):
        social_worker(team)

    look(client, UserFactory.create(), "workforce:staff_list", most=12)


# One member of staff


def test_a_workers_page_tells_their_teams_roles_and_registration(client, team, boss, colleague):
    old = TeamFactory.create(name="Old team", closed_on=date(2025, 1, 1))
    TeamMembershipFactory.create(
        staff=colleague, team=old, started_on=date(2010, 1, 1), ended_on=date(2015, 1, 1)
    )
    colleague.user.roles = [Role.SENIOR_SOCIAL_WORKER]
    colleague.user.save()

    page = look(client, boss, "workforce:staff", colleague.pk)

    for words in ("North team", "Old team", "SW1", "Senior social worker", "Social worker, until"):
        assert words in page
    assert "Record a registration" in page


@pytest.mark.parametrize(
    ("ends_in", "words"),
    [
        (200, "Registered"),
        (90, "90 days of registration"),
        (1, "1 day of registration"),
        (0, "out"),
    ],
)
def test_a_registration_counts_down_and_runs_out(client, boss, colleague, ends_in, words):
    Registration.objects.update(expires_on=timezone.localdate() + timedelta(days=ends_in))

    assert words in look(client, boss, "workforce:staff", colleague.pk)


def test_the_page_of_somebody_without_a_registration_or_a_team_says_so(client, boss):
    staff = StaffFactory.create(asye_until=date(2999, 1, 1))

    page = look(client, boss, "workforce:staff", staff.pk)

    assert "Not registered" in page
    assert "In no team yet" in page
    assert "First year, assessed and supported" in page


def test_a_colleague_sees_nothing_to_change(client, colleague):
    page = look(client, UserFactory.create(), "workforce:staff", colleague.pk)

    assert "Record a registration" not in page
    assert "Change team" not in page


def test_somebody_with_an_account_is_put_on_the_list(client, service_manager, team):
    user = UserFactory.create()

    answer = send(
        client,
        service_manager,
        "workforce:add_staff",
        user=user.pk,
        job_title="Social worker",
        employment="agency",
        working_share="0.6",
        team=team.pk,
        phone="",
        **days("started_on", date(2026, 2, 2)),
    )

    assert answer.status_code == 302
    assert Staff.objects.get(user=user).employment == "agency"
    assert "Add somebody" in look(client, service_manager, "workforce:add_staff")


def test_what_cannot_be_done_is_said_on_the_form_with_all_that_was_typed(
    client, service_manager, team
):
    answer = send(
        client,
        service_manager,
        "workforce:add_staff",
        user=UserFactory.create().pk,
        job_title="Social worker \N{WAVING HAND SIGN}",
        employment="permanent",
        working_share="1",
        team=team.pk,
        **days("started_on", date(2999, 2, 2)),
    )

    page = answer.content.decode()
    assert "The first day at work is too far ahead" in page
    assert "Social worker \N{WAVING HAND SIGN}" in page


def test_somebodys_work_is_changed(client, boss, colleague):
    assert "North team" not in look(client, boss, "workforce:change_staff", colleague.pk)

    send(
        client,
        boss,
        "workforce:change_staff",
        colleague.pk,
        job_title="Practice lead",
        employment="permanent",
        working_share="0.8",
    )

    colleague.refresh_from_db()
    assert colleague.job_title == "Practice lead"


def test_somebody_moves_or_joins_one_more_team(client, boss, colleague, team):
    second, third = TeamFactory.create(), TeamFactory.create()
    look(client, boss, "workforce:move_team", colleague.pk)

    for chosen, stays in ((second, "on"), (third, "")):
        send(
            client,
            boss,
            "workforce:move_team",
            colleague.pk,
            team=chosen.pk,
            stays=stays,
            **days("on", date(2026, 3, 2)),
        )

    open_ones = colleague.memberships.filter(ended_on=None)
    assert {m.team for m in open_ones} == {third}


def test_a_registration_is_recorded_and_ended(client, boss, team):
    staff = StaffFactory.create(team=team)
    look(client, boss, "workforce:add_registration", staff.pk)
    said = {"body": "swe", "number": "SW4321", **days("started_on", date(2025, 12, 1))}

    wrong = send(
        client,
        boss,
        "workforce:add_registration",
        staff.pk,
        **said,
        **days("expires_on", date(2025, 12, 1)),
    )
    send(
        client,
        boss,
        "workforce:add_registration",
        staff.pk,
        **said,
        **days("expires_on", date(2099, 12, 1)),
    )

    assert "must end after it starts" in wrong.content.decode()
    registration = staff.registrations.get()
    look(client, boss, "workforce:end_registration", registration.pk)
    send(
        client,
        boss,
        "workforce:end_registration",
        registration.pk,
        **days("on", date(2026, 3, 2)),
    )
    registration.refresh_from_db()
    assert registration.expires_on == date(2026, 3, 2)


def test_nobody_records_their_own_registration(client, boss):
    client.force_login(boss)

    answer = client.get(reverse("workforce:add_registration", args=[boss.staff.pk]))

    assert answer.status_code == 403
    assert "Somebody else records your registration" in answer.content.decode()


def test_registrations_running_out_are_listed_the_soonest_first(client, boss, team):
    soon, late = StaffFactory.create(team=team), StaffFactory.create(team=team)
    RegistrationFactory.create(staff=soon, expires_on=timezone.localdate() + timedelta(days=30))
    RegistrationFactory.create(staff=late, expires_on=timezone.localdate() + timedelta(days=400))

    page = look(client, boss, "workforce:registrations")

    assert "30 days of registration left" in page
    assert str(late) not in page


# Leaving


def test_somebody_with_no_work_leaves(client, boss, colleague):
    assert "has no open cases" in look(client, boss, "workforce:leave", colleague.pk)

    send(client, boss, "workforce:leave", colleague.pk, **days("on", date(2026, 3, 2)))

    colleague.refresh_from_db()
    assert colleague.ended_on == date(2026, 3, 2)
    assert "Left" in look(client, boss, "workforce:staff", colleague.pk)


def test_nobody_records_their_own_leaving(client, boss):
    client.force_login(boss)

    assert client.get(reverse("workforce:leave", args=[boss.staff.pk])).status_code == 403


# Teams


def test_the_teams_say_who_manages_each(client, boss, team):
    TeamFactory.create(name="Nobody's team")
    TeamFactory.create(name="Long gone", closed_on=date(2020, 1, 1))

    page = look(client, boss, "workforce:teams")
    closed = look(client, boss, "workforce:teams", query="?closed")

    assert str(boss) in page
    assert "Long gone" not in page
    assert "Long gone" in closed


def test_a_team_tells_who_is_in_it_who_was_and_its_vacancies(
    client, boss, team, colleague, service_manager
):
    TeamName.objects.create(team=team, name="Eastside", started_on=date(2005, 4, 1))
    TeamName.objects.create(team=team, name="North team", started_on=date(2015, 4, 1))
    StaffFactory.create(team=team, employment="agency")
    TeamMembershipFactory.create(team=team, ended_on=date(2020, 1, 1))
    send(
        client,
        service_manager,
        "workforce:change_team",
        team.pk,
        kind="assessment",
        service="",
        caseload_limit="16",
        posts="5.5",
    )

    page = look(client, boss, "workforce:team", team.pk)

    assert "Eastside" in page
    assert "5.5: 2.00 filled, 1.00 by agency workers, 2.50 vacant" in page
    assert "(manager)" in page
    assert "16 weighted" in page


def test_an_empty_team_says_that_no_work_can_be_given_to_it(client, service_manager):
    page = look(client, service_manager, "workforce:team", TeamFactory.create().pk)

    assert "no work can be given to it" in page


def test_a_team_is_opened_renamed_and_closed(client, service_manager):
    look(client, service_manager, "workforce:open_team")
    send(
        client,
        service_manager,
        "workforce:open_team",
        name="Court team",
        kind="other",
        service="",
        caseload_limit="14",
        **days("opened_on", date(2026, 2, 2)),
    )
    team = Team.objects.get(name="Court team")
    look(client, service_manager, "workforce:change_team", team.pk)
    look(client, service_manager, "workforce:rename_team", team.pk)
    send(
        client,
        service_manager,
        "workforce:rename_team",
        team.pk,
        name="Legal team",
        **days("on", date(2026, 3, 2)),
    )
    look(client, service_manager, "workforce:close_team", team.pk)
    send(client, service_manager, "workforce:close_team", team.pk, **days("on", date(2026, 3, 3)))

    team.refresh_from_db()
    assert (team.name, team.closed_on) == ("Legal team", date(2026, 3, 3))
    client.force_login(service_manager)
    assert client.get(reverse("workforce:rename_team", args=[team.pk])).status_code == 403


def test_a_team_manager_does_not_open_or_close_teams(client, boss, team):
    client.force_login(boss)

    for name, args in (("open_team", []), ("close_team", [team.pk])):
        assert client.get(reverse(f"workforce:{name}", args=args)).status_code == 403
