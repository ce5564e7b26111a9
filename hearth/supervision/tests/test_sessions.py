"""Sessions: planned, held or not held with why, never by oneself, and always with a next one."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from hearth.accounts.models import Notice
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.supervision import actions, policies
from hearth.supervision.models import Absence, Kind, Session
from hearth.supervision.pages.standing import seen_by
from hearth.supervision.tests.factories import finish, held
from hearth.workforce import actions as workforce
from hearth.workforce.tests.factories import StaffFactory, manager

pytestmark = pytest.mark.django_db


def plan(worker, boss, day, **kwargs):
    return actions.plan_session(staff=worker.staff, planned_on=day, by=boss, **kwargs)


def tasks():
    return Task.objects.outstanding().filter(step_key="supervision.session")


def test_a_planned_session_stands_on_the_managers_list_due_by_the_rule(worker, boss, today):
    session = plan(worker, boss, today + timedelta(days=3))

    task = tasks().get()
    assert (task.worker, task.record_id) == (boss, session.pk)
    assert task.family == f"Supervision of {worker}"
    assert "4 weeks after the last supervision, or starting work, on 1 April 2020" in task.because
    assert task.due_on == date(2020, 4, 29)
    assert Notice.objects.get(to=worker).page == f"/supervision/sessions/{session.pk}/"


def test_one_session_is_planned_at_a_time_and_may_be_moved(worker, boss, today):
    session = plan(worker, boss, today)
    with pytest.raises(CannotDo, match="already planned"):
        plan(worker, boss, today)

    moved = actions.move_session(session=session, planned_on=today + timedelta(days=7), by=boss)

    assert moved.planned_on == today + timedelta(days=7)
    assert tasks().get().due_on == date(2020, 4, 29)


def test_a_session_is_planned_for_a_day_to_come_and_not_in_a_year_that_is_a_slip(
    worker, boss, today
):
    for day, why in (
        (today - timedelta(days=1), "gone by"),
        (today + timedelta(days=800), "Check the year"),
    ):
        with pytest.raises(CannotDo, match=why):
            plan(worker, boss, day)


def test_nobody_supervises_themself_whatever_their_role(team, today):
    boss = manager(team)
    boss.roles = [Role.TEAM_MANAGER, Role.SERVICE_MANAGER]
    boss.save()
    for deed in (
        lambda: plan(boss, boss, today),
        lambda: actions.hold_session(staff=boss.staff, held_on=today, by=boss),
    ):
        with pytest.raises(CannotDo, match="Nobody supervises themself"):
            deed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(worker=boss, supervisor=boss, planned_on=today)


def test_a_manager_supervises_their_own_team_and_a_service_manager_anybody(worker, today):
    other = manager()
    with pytest.raises(CannotDo, match="not in a team you manage"):
        plan(worker, other, today)
    other.roles = [Role.SERVICE_MANAGER]
    other.save()

    assert plan(worker, other, today).supervisor == other


def test_a_team_manager_neither_supervises_nor_reads_their_own_service_managers(team, boss, today):
    above = manager(team)
    above.roles = [Role.SERVICE_MANAGER]
    above.save()
    director = StaffFactory.create(user=UserFactory.create(roles=[Role.DIRECTOR])).user
    with pytest.raises(CannotDo, match="service manager or the director supervises"):
        plan(above, boss, today)

    plan(above, director, today)

    assert not Session.objects.visible_to(boss).exists()
    assert policies.worker.refusals(boss, above.staff)
    assert above.staff not in seen_by(boss, today=today)


@pytest.mark.parametrize(
    ("roles", "why"),
    [([Role.SOCIAL_WORKER], "Only a manager"), ([Role.DIRECTOR], "not one that is supervised")],
)
def test_who_cannot_supervise_or_be_supervised(worker, boss, today, roles, why):
    other = StaffFactory.create(user=UserFactory.create(roles=roles)).user
    who, whom = (other, worker) if Role.SOCIAL_WORKER in roles else (boss, other)

    with pytest.raises(CannotDo, match=why):
        plan(whom, who, today)


def test_what_was_planned_is_what_is_held_and_whoever_held_it_is_its_supervisor(
    worker, boss, team, today
):
    planned = plan(worker, boss, today)
    deputy = manager(team)

    session = actions.hold_session(staff=worker.staff, held_on=today, by=deputy)

    assert (session.pk, session.supervisor, session.is_open) == (planned.pk, deputy, True)
    assert tasks().get().worker == deputy


def test_a_session_may_be_held_that_nobody_planned(worker, boss, today):
    session = held(worker, boss, on=today - timedelta(days=2))

    assert session.kind == Kind.ONE_TO_ONE
    assert tasks().get().record_id == session.pk


def test_an_unplanned_talk_of_a_case_leaves_the_planned_session_standing(worker, boss, today):
    planned = plan(worker, boss, today)

    talk = held(worker, boss, kind=Kind.UNPLANNED)

    planned.refresh_from_db()
    assert planned.is_planned
    assert talk.pk != planned.pk
    assert tasks().get().record_id == planned.pk


def test_a_session_cannot_be_held_in_the_future_before_they_came_or_twice(worker, boss, today):
    for day, why in (
        (today + timedelta(days=1), "has not come"),
        (date(2019, 1, 7), "does not work here"),
    ):
        with pytest.raises(CannotDo, match=why):
            held(worker, boss, on=day)
    held(worker, boss)
    with pytest.raises(CannotDo, match="still to be recorded"):
        held(worker, boss)


def test_a_session_not_held_says_why_and_when_instead_and_is_late_all_the_same(worker, boss, today):
    session = plan(worker, boss, today)

    actions.record_not_held(
        session=session, not_held=Absence.URGENT_WORK, next_on=today + timedelta(days=2), by=boss
    )

    after = Session.objects.planned().get()
    assert after.planned_on == today + timedelta(days=2)
    assert tasks().get().record_id == after.pk
    assert tasks().get().due_on == date(2020, 4, 29)
    cancelled = Task.objects.get(cancelled_at__isnull=False)
    assert cancelled.cancelled_reason == "Not held: Urgent work with a child came first"
    with pytest.raises(CannotDo, match="no longer planned"):
        actions.move_session(session=session, planned_on=today, by=boss)


@pytest.mark.parametrize(
    ("said", "why"),
    [("other", "Say why"), ("left", "Choose why"), ("made up", "Choose why")],
)
def test_a_reason_that_says_nothing_is_refused(worker, boss, today, said, why):
    session = plan(worker, boss, today)

    with pytest.raises(CannotDo, match=why):
        actions.record_not_held(session=session, not_held=said, next_on=today, by=boss)


def test_a_session_to_come_is_moved_and_not_called_not_held(worker, boss, today):
    session = plan(worker, boss, today + timedelta(days=1))
    with pytest.raises(CannotDo, match="Move the session"):
        actions.record_not_held(session=session, not_held="sick", next_on=today, by=boss)


def test_a_session_once_held_can_be_neither_moved_nor_called_not_held(worker, boss, today):
    session = held(worker, boss)
    for deed in (
        lambda: actions.move_session(session=session, planned_on=today, by=boss),
        lambda: actions.record_not_held(session=session, not_held="sick", next_on=today, by=boss),
    ):
        with pytest.raises(CannotDo, match="no longer planned"):
            deed()


def test_a_leavers_planned_supervision_falls_away(worker, boss, today):
    plan(worker, boss, today)

    workforce.leave(staff=worker.staff, on=today, by=boss)

    assert Session.objects.get().not_held == Absence.LEFT
    assert not tasks().exists()


def test_a_first_year_session_is_of_its_own_kind_and_counted_by_its_own_rule(worker, boss, today):
    staff = worker.staff
    staff.started_on, staff.asye_until = today - timedelta(days=20), today + timedelta(days=345)
    staff.save()

    session = held(worker, boss)

    assert session.kind == Kind.ASYE
    assert tasks().get().due_on == staff.started_on + timedelta(weeks=1)
    finish(session, next_on=today + timedelta(days=7))
    assert tasks().get().due_on == today + timedelta(weeks=1)
