"""The record of a session: signed by both, and the personal part the pair's alone."""

from datetime import timedelta

import pytest
from django.db import connection

from hearth.accounts.models import Notice
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.supervision import actions
from hearth.supervision.models import Kind, Personal, Session
from hearth.supervision.tests.factories import finish, held
from hearth.workforce.models import Staff
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db


def test_a_finished_session_is_signed_and_the_next_is_planned(worker, boss, today):
    session = finish(held(worker, boss), next_on=today + timedelta(days=28))

    assert (session.finished_by, session.is_open) == (boss, False)
    after = Session.objects.planned().get()
    assert after.planned_on == today + timedelta(days=28)
    task = Task.objects.outstanding().get(step_key="supervision.session")
    assert (task.record_id, task.due_on) == (after.pk, today + timedelta(weeks=4))
    assert Notice.objects.filter(to=worker, text__contains="sign it").exists()


def test_a_late_session_asks_why(worker, boss):
    with pytest.raises(CannotDo, match="Say why it is late"):
        finish(held(worker, boss), late_reason="")


def test_a_talk_of_a_case_plans_nothing_and_meets_no_duty(worker, boss):
    finish(held(worker, boss, kind=Kind.UNPLANNED), late_reason="")

    assert not Session.objects.planned().exists()
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("days", "why"), [(0, "comes after"), (800, "Check the year")], ids=["before", "far"]
)
def test_the_next_session_comes_after_and_within_the_year(worker, boss, today, days, why):
    with pytest.raises(CannotDo, match=why):
        finish(held(worker, boss), next_on=today + timedelta(days=days))


def test_it_is_finished_once_by_whoever_held_it_with_something_said(worker, boss, team, today):
    planned = actions.plan_session(staff=worker.staff, planned_on=today, by=boss)
    with pytest.raises(CannotDo, match="has not been held"):
        finish(planned, next_on=today + timedelta(days=9))
    session = held(worker, boss)
    for given, why in (
        ({"by": manager(team)}, "writes it up"),
        ({"reflection": ""}, "reflected"),
    ):
        with pytest.raises(CannotDo, match=why):
            finish(session, **given)
    finish(session)
    with pytest.raises(CannotDo, match="already"):
        finish(session)


def test_another_manager_finishes_what_a_leaver_held(worker, boss, team, today):
    session = held(worker, boss)
    Staff.objects.filter(user=boss).update(ended_on=today)
    session.supervisor.refresh_from_db()

    with pytest.raises(CannotDo, match="not in a team you manage"):
        finish(session, by=manager())
    assert finish(session, by=manager(team)).finished_at is not None


def test_the_worker_alone_signs_once_and_may_add_what_they_see_otherwise(worker, boss):
    session = held(worker, boss)
    with pytest.raises(CannotDo, match="not been written up"):
        actions.sign_session(session=session, by=worker)
    finish(session)
    with pytest.raises(CannotDo, match="Only the worker"):
        actions.sign_session(session=session, by=boss)

    signed = actions.sign_session(session=session, comment="I asked for help twice.", by=worker)

    assert (signed.signed_by, signed.comment) == (worker, "I asked for help twice.")
    assert Notice.objects.filter(to=boss, text__contains="added something").exists()
    with pytest.raises(CannotDo, match="already"):
        actions.sign_session(session=session, by=worker)


def test_the_personal_part_is_the_pairs_alone_even_to_raw_sql(worker, boss):
    finish(held(worker, boss), wellbeing="My father is ill.")

    def rows(reader):
        with acting_as(reader), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM supervision_personal")
            return cursor.fetchone()[0]

    assert rows(worker) == rows(boss) == 1
    for role in (Role.SERVICE_MANAGER, Role.PRINCIPAL_SOCIAL_WORKER, Role.CALDICOTT):
        assert rows(UserFactory.create(roles=[role])) == 0, role
    assert Personal.objects.get().wellbeing == "My father is ill."


def test_a_session_is_hidden_by_the_database_from_whoever_does_not_answer_for_it(worker, boss):
    held(worker, boss)

    def seen(roles):
        reader = UserFactory.create(roles=roles)
        with acting_as(reader):
            return (
                Session.objects.count(),
                Session.objects.visible_to(reader).count(),
            )

    assert seen([Role.SOCIAL_WORKER]) == (0, 0)
    assert seen([Role.TEAM_MANAGER]) == (1, 0)
    assert seen([Role.DIRECTOR]) == (1, 0)
    assert seen([Role.SERVICE_MANAGER]) == (1, 1)
    assert seen([Role.PRINCIPAL_SOCIAL_WORKER]) == (1, 1)
    for pair in (worker, boss):
        with acting_as(pair):
            assert Session.objects.visible_to(pair).count() == 1
