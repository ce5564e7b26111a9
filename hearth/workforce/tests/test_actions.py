"""Taking on, moving, registering and leaving; teams opened, renamed and closed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.lib.errors import CannotDo
from hearth.workforce import actions
from hearth.workforce.models import Staff, Team, TeamMembership
from hearth.workforce.rules import (
    is_employed,
    manages,
    teams_managed_by,
    teams_of,
    why_not_body,
    why_not_registered,
)
from hearth.workforce.tests.factories import (
    RegistrationFactory,
    StaffFactory,
    TeamFactory,
    manager,
    social_worker,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 2)


@pytest.fixture
def admin():
    return UserFactory.create(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def team():
    return TeamFactory.create()


def take_on(team, by, **kwargs):
    said: dict[str, Any] = {
        "email": "Bryony.Eastham@fenbridge.example",
        "first_name": "Bryony",
        "last_name": "Eastham",
        "roles": [Role.SOCIAL_WORKER],
        "job_title": "Social worker",
        "started_on": DAY,
        "team": team,
    }
    return actions.take_on(by=by, **(said | kwargs))


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


# Taking on


def test_somebody_taken_on_can_sign_in_holds_a_role_and_is_in_a_team(team, admin):
    staff = take_on(team, admin, manages=True, working_share=Decimal("0.6"))

    assert staff.user.username == "bryony.eastham@fenbridge.example"
    assert staff.user.has_role(Role.SOCIAL_WORKER)
    assert staff.working_share == Decimal("0.6")
    assert teams_managed_by(staff.user, on=DAY) == [team]
    assert is_employed(staff.user, on=DAY)
    assert not is_employed(staff.user, on=date(2026, 2, 1))


def test_somebody_with_an_account_is_put_on_the_staff_list_once(team, admin):
    user = UserFactory.create()
    said: dict[str, Any] = {"user": user, "job_title": "Manager", "team": team, "by": admin}

    actions.add_staff(started_on=DAY, **said)

    with pytest.raises(CannotDo, match="is already on the staff list"):
        actions.add_staff(started_on=DAY, **said)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"started_on": date(2999, 1, 1)}, "too far ahead"),
        ({"asye_until": DAY}, "ends after the first day"),
        ({"roles": []}, "at least one role"),
    ],
)
def test_somebody_is_taken_on_in_order(team, admin, change, words):
    with pytest.raises(CannotDo, match=words):
        take_on(team, admin, **change)


def test_nobody_joins_a_team_that_is_not_open(admin):
    closed = TeamFactory.create(closed_on=date(2026, 1, 1))

    with pytest.raises(CannotDo, match="is not open on 2 February 2026"):
        take_on(closed, admin)


def test_what_is_on_record_about_somebodys_work_is_changed(team, admin):
    staff = take_on(team, admin)
    said: dict[str, Any] = {
        "job_title": "Senior social worker",
        "phone": "01632 960 001",
        "employment": "agency",
        "working_share": Decimal("0.8"),
    }

    actions.change_staff(staff=staff, asye_until=date(2027, 1, 1), by=admin, **said)

    staff.refresh_from_db()
    assert (staff.job_title, staff.employment) == ("Senior social worker", "agency")
    assert staff.is_asye_on(DAY)
    assert not staff.is_asye_on(date(2027, 1, 1))
    with pytest.raises(CannotDo, match="ends after the first day"):
        actions.change_staff(staff=staff, asye_until=DAY, by=admin, **said)


def test_nobody_works_more_than_a_week_or_none_of_it(team, admin):
    for share in ("1.1", "0"):
        with pytest.raises(IntegrityError, match="some_part_of_a_week"), transaction.atomic():
            StaffFactory.create(working_share=Decimal(share))


# Teams


def test_somebody_moves_team_and_their_time_in_the_last_is_kept(team, admin):
    staff, new = take_on(team, admin), TeamFactory.create()

    actions.move_team(staff=staff, team=new, on=date(2026, 3, 2), by=admin)

    assert teams_of(staff.user, on=date(2026, 3, 1)) == [team]
    assert teams_of(staff.user, on=date(2026, 3, 2)) == [new]


def test_somebody_comes_to_manage_the_team_they_are_in(team, admin):
    staff = take_on(team, admin)
    with pytest.raises(CannotDo, match="is already in"):
        actions.move_team(staff=staff, team=team, on=date(2026, 3, 2), by=admin)

    actions.move_team(staff=staff, team=team, on=date(2026, 3, 2), manages=True, by=admin)

    other = StaffFactory.create(team=team)
    assert manages(staff.user, other.user, on=date(2026, 3, 2))
    assert not manages(staff.user, other.user, on=date(2026, 3, 1))


def test_somebody_may_be_in_two_teams_but_not_twice_in_one(team, admin):
    staff, second = take_on(team, admin), TeamFactory.create()
    actions.join_team(staff=staff, team=second, on=DAY, by=admin)

    assert set(teams_of(staff.user, on=DAY)) == {team, second}
    with pytest.raises(CannotDo, match="is already in"):
        actions.join_team(staff=staff, team=second, on=DAY, by=admin)


def test_somebody_leaves_a_team_once_and_not_before_they_joined(team, admin):
    membership = take_on(team, admin).memberships.get()

    with pytest.raises(CannotDo, match="only joined"):
        actions.leave_team(membership=membership, on=date(2026, 2, 1), by=admin)
    actions.leave_team(membership=membership, on=date(2026, 3, 2), by=admin)
    with pytest.raises(CannotDo, match=r"left .* already"):
        actions.leave_team(membership=membership, on=date(2026, 3, 2), by=admin)


# Registrations


def register(staff, by, **kwargs):
    said: dict[str, Any] = {
        "number": "sw 12345",
        "started_on": date(2025, 12, 1),
        "expires_on": date(2026, 12, 1),
    }
    return actions.add_registration(staff=staff, by=by, **(said | kwargs))


def test_a_registration_is_checked_and_kept(team, admin):
    staff = take_on(team, admin)

    registration = register(staff, admin)

    assert registration.number == "SW12345"
    assert why_not_registered(staff.user, on=DAY) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "12345"}, "is SW and then digits"),
        ({"expires_on": date(2025, 12, 1)}, "must end after it starts"),
        ({"started_on": date(2019, 1, 1)}, "Social Work England registered social workers from 2"),
        (
            {"body": "hcpc", "number": "SW12345"},
            "Health and Care Professions Council registered social workers from 1 August 2012 to 2",
        ),
    ],
)
def test_a_registration_that_cannot_be_right_is_refused(team, admin, change, words):
    with pytest.raises(CannotDo, match=words):
        register(take_on(team, admin), admin, **change)


def test_a_number_is_one_persons_and_registrations_do_not_overlap(team, admin):
    staff = take_on(team, admin)
    register(staff, admin)

    with pytest.raises(CannotDo, match="SW12345 is recorded as Bryony Eastham's"):
        register(StaffFactory.create(), admin)
    with pytest.raises(CannotDo, match="already has a registration from 1 December 2025"):
        register(staff, admin, started_on=date(2026, 11, 1), expires_on=date(2027, 12, 1))
    assert register(staff, admin, started_on=date(2026, 12, 1), expires_on=date(2027, 12, 1))


def test_an_earlier_bodys_number_is_kept_as_it_was(team, admin):
    registration = register(
        take_on(team, admin),
        admin,
        body="hcpc",
        number="sw 999 x",
        started_on=date(2014, 12, 1),
        expires_on=date(2016, 12, 1),
    )

    assert registration.number == "SW999X"


def test_a_registration_may_stop_before_its_time(team, admin):
    staff = take_on(team, admin)
    registration = register(staff, admin)

    with pytest.raises(CannotDo, match="runs from 1 December 2025 to 1 December 2026"):
        actions.end_registration(registration=registration, on=date(2025, 12, 1), by=admin)
    actions.end_registration(registration=registration, on=date(2026, 3, 2), by=admin)

    assert why_not_registered(staff.user, on=date(2026, 3, 1)) is None
    assert why_not_registered(staff.user, on=date(2026, 3, 2)) == (
        "Bryony Eastham's social work registration ran out on 2 March 2026"
    )


def test_a_registration_yet_to_start_says_when():
    staff = StaffFactory.create()
    RegistrationFactory.create(staff=staff, started_on=date(2026, 6, 1))

    assert why_not_registered(staff.user, on=DAY) == (
        f"{staff}'s social work registration only starts on 1 June 2026"
    )
    assert why_not_body("gscc", date(2005, 1, 1), date(2008, 1, 1)) is None


# Leaving


def test_a_leaver_with_no_work_goes_and_their_account_closes(team, admin):
    staff = take_on(team, admin)

    actions.leave(staff=staff, on=date(2026, 3, 2), by=admin)

    staff.refresh_from_db()
    assert staff.ended_on == date(2026, 3, 2)
    assert not User.objects.get(pk=staff.user_id).is_active
    assert not TeamMembership.objects.filter(staff=staff, ended_on=None).exists()
    assert list(Staff.objects.employed_on(DAY)) == [staff]
    assert not Staff.objects.employed_on(date(2026, 3, 2)).exists()


def test_somebody_leaves_once_after_they_started_and_on_the_day(team, admin):
    staff = take_on(team, admin)

    with pytest.raises(CannotDo, match="only started on"):
        actions.leave(staff=staff, on=date(2026, 2, 1), by=admin)
    with pytest.raises(CannotDo, match="on the day they leave"):
        actions.leave(staff=staff, on=tomorrow(), by=admin)
    actions.leave(staff=staff, on=date(2026, 3, 2), by=admin)
    with pytest.raises(CannotDo, match="left on 2 March 2026"):
        actions.leave(staff=staff, on=date(2026, 3, 3), by=admin)
    with pytest.raises(CannotDo, match="left on 2 March 2026"):
        actions.join_team(staff=staff, team=TeamFactory.create(), on=DAY, by=admin)


# Teams themselves


def test_a_team_opens_with_a_name_a_limit_and_posts(admin):
    team = actions.open_team(
        name="Court team",
        kind="family_support",
        opened_on=DAY,
        posts=Decimal("7.5"),
        caseload_limit=14,
        by=admin,
    )

    assert (team.names.get().name, team.posts.get().posts) == ("Court team", Decimal("7.5"))
    with pytest.raises(CannotDo, match="Another team is called court team"):
        actions.open_team(name="court team", kind="other", opened_on=DAY, by=admin)


def test_a_team_is_renamed_from_a_day_and_what_it_was_called_is_kept(admin, team):
    was = team.name
    with pytest.raises(CannotDo, match="to today"):
        actions.rename_team(team=team, name="North team", on=tomorrow(), by=admin)

    actions.rename_team(team=team, name="North team", on=DAY, by=admin)

    team.refresh_from_db()
    assert team.name == "North team"
    assert list(team.names.order_by("started_on").values_list("name", "ended_on")) == [
        (was, DAY),
        ("North team", None),
    ]
    with pytest.raises(CannotDo, match="only been called North team since 2 February 2026"):
        actions.rename_team(team=team, name="South team", on=date(2026, 1, 5), by=admin)


def test_a_team_changes_its_limit_and_its_posts(admin, team):
    actions.change_team(
        team=team, kind="disability", service="Specialist", caseload_limit=12, by=admin
    )
    actions.set_posts(team=team, posts=Decimal(6), on=DAY, by=admin)
    actions.set_posts(team=team, posts=Decimal(7), on=DAY, by=admin)

    team.refresh_from_db()
    assert (team.kind, team.service, team.caseload_limit) == ("disability", "Specialist", 12)
    assert team.posts.get().posts == 7
    with pytest.raises(CannotDo, match="only opened on 1 April 2005"):
        actions.set_posts(team=team, posts=Decimal(7), on=date(2005, 3, 1), by=admin)


def test_a_team_with_no_work_closes_and_everybody_leaves_it(admin, team):
    member = StaffFactory.create(team=team)

    with pytest.raises(CannotDo, match="only opened on"):
        actions.close_team(team=team, on=date(2005, 3, 1), by=admin)
    with pytest.raises(CannotDo, match="on the day it closes"):
        actions.close_team(team=team, on=tomorrow(), by=admin)
    actions.close_team(team=team, on=DAY, by=admin)

    assert teams_of(member.user, on=DAY) == []
    assert not Team.objects.open_on(DAY).exists()
    with pytest.raises(CannotDo, match="closed on 2 February 2026"):
        actions.rename_team(team=team, name="Any", on=DAY, by=admin)


def test_who_manages_whom_is_asked_of_the_day(team):
    boss, worker, stranger = manager(team), social_worker(team), social_worker()

    assert manages(boss, worker, on=DAY)
    assert not manages(worker, boss, on=DAY)
    assert not manages(boss, stranger, on=DAY)
