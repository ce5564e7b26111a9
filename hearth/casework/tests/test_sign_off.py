"""Sign-off: never by anyone who did the work, returned with why, both versions kept."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import open_step, return_work, sign_off, submit, worked_on
from hearth.casework.actions.sign_off import why_not_sign_off
from hearth.casework.models import Submission, Task
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


@pytest.fixture
def sent(steps, worker, team):
    """An assessment, done and sent to be signed off."""
    task = open_step(
        "tests.assess",
        children=[ChildFactory.create()],
        trigger=DAY,
        worker=worker,
        team=team,
        by=worker,
    )
    send(task, worker, "First thoughts.")
    return task


def send(task, worker, text):
    return submit(task, outcome="plan", on=date(2026, 2, 20), content={"analysis": text}, by=worker)


def test_what_is_sent_is_kept_as_it_was_sent(sent, worker):
    submission = Submission.objects.get(task=sent)

    assert (submission.number, submission.submitted_by) == (1, worker)
    assert submission.content == {"analysis": "First thoughts."}
    assert list(Task.objects.awaiting_sign_off()) == [sent]


def test_nothing_follows_until_it_is_signed_off_and_then_counts_from_the_day_it_was_done(
    sent, boss
):
    assert not Task.objects.outstanding().exists()

    [plan] = sign_off(sent, comments="Clear and fair.", by=boss)

    sent.refresh_from_db()
    assert (sent.signed_off_by, plan.step_key, plan.trigger_on) == (
        boss,
        "tests.plan",
        date(2026, 2, 20),
    )
    submission = Submission.objects.get(task=sent)
    assert (submission.decision, submission.decided_by) == ("authorised", boss)


def test_work_is_returned_with_comments_and_both_versions_are_kept(sent, worker, boss):
    with pytest.raises(CannotDo, match="Say what must change"):
        return_work(sent, comments="", by=boss)
    return_work(sent, comments="What does Owen say himself?", by=boss)

    sent.refresh_from_db()
    assert (sent.done_at, sent.done_by, sent.outcome) == (None, None, "")
    send(sent, worker, "Second thoughts.")
    sign_off(sent, by=boss)

    assert list(
        Submission.objects.filter(task=sent)
        .order_by("number")
        .values_list("content", "decision", "comments")
    ) == [
        ({"analysis": "First thoughts."}, "returned", "What does Owen say himself?"),
        ({"analysis": "Second thoughts."}, "authorised", ""),
    ]


# Never one's own


def test_whoever_finished_it_may_not_sign_it_off(steps, sent, worker):
    worker.roles = ["team_manager"]
    worker.save()

    assert why_not_sign_off(sent_now(sent), worker) == (
        "You did some of this work, so someone else must sign it off"
    )
    for decide in (
        lambda: sign_off(sent, by=worker),
        lambda: return_work(sent, comments="Change this.", by=worker),
    ):
        with pytest.raises(CannotDo, match="someone else must sign it off"):
            decide()


def test_a_manager_who_had_a_hand_in_it_may_not_sign_it_off_even_after_it_was_returned(
    steps, worker, team, boss
):
    other = manager(team)
    task = open_step(
        "tests.assess",
        children=[ChildFactory.create()],
        trigger=DAY,
        worker=worker,
        team=team,
        by=worker,
    )
    worked_on(task, by=boss)
    send(task, worker, "First thoughts.")
    return_work(task, comments="More, please.", by=other)
    send(task, worker, "Second thoughts.")

    with pytest.raises(CannotDo, match="someone else must sign it off"):
        sign_off(task, by=boss)
    assert sign_off(task, by=other)


def test_the_first_version_of_another_hand_still_counts_as_work(steps, worker, team, boss):
    author = manager(team)
    task = open_step(
        "tests.assess",
        children=[ChildFactory.create()],
        trigger=DAY,
        worker=author,
        team=team,
        by=author,
    )
    send(task, author, "First thoughts.")
    return_work(task, comments="More, please.", by=boss)
    send(task, worker, "Second thoughts.")

    with pytest.raises(CannotDo, match="someone else must sign it off"):
        sign_off(task, by=author)


def test_only_the_roles_a_step_names_may_sign_it_off(sent):
    with pytest.raises(CannotDo, match="Your role does not sign this off"):
        sign_off(sent, by=social_worker())


def test_what_does_not_wait_is_not_signed_off(sent, boss):
    sign_off(sent, by=boss)

    with pytest.raises(CannotDo, match="Assess is not waiting to be signed off"):
        sign_off(sent, by=boss)


def test_work_done_elsewhere_with_no_version_sent_is_signed_off_all_the_same(sent, boss):
    Submission.objects.update(
        decision="returned", comments="x", decided_by=boss, decided_at="2026-02-21T09:00Z"
    )

    sign_off(sent, by=boss)

    sent.refresh_from_db()
    assert sent.signed_off_by == boss


# The database itself, asked in plain SQL


def sent_now(task):
    return Task.objects.get(pk=task.pk)


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


SIGN = "UPDATE casework_task SET signed_off_at = now(), signed_off_by_id = %s WHERE id = %s"


def test_no_sql_signs_off_for_whoever_finished_it(sent, worker):
    with pytest.raises(IntegrityError, match="task_not_signed_off_by_who_did_it"):
        sql(SIGN, worker.pk, sent.pk)


def test_no_sql_signs_off_for_whoever_had_a_hand_in_it(sent):
    helper = UserFactory.create(manager=True)
    worked_on(sent_now(sent), by=helper)

    with pytest.raises(IntegrityError, match="task_not_signed_off_by_who_did_it"):
        sql(SIGN, helper.pk, sent.pk)


def test_no_sql_signs_off_what_is_not_done(steps, worker, boss):
    task = open_step(
        "tests.assess", children=[ChildFactory.create()], trigger=DAY, worker=worker, by=worker
    )

    with pytest.raises(IntegrityError, match="task_signed_off_at_and_by_together"):
        sql(SIGN, boss.pk, task.pk)


def test_no_sql_lets_a_worker_decide_on_what_they_sent(sent, worker):
    with pytest.raises(IntegrityError, match="submission_decided_by_another"):
        sql(
            "UPDATE casework_submission SET decision = 'authorised', decided_at = now(), "
            "decided_by_id = %s WHERE task_id = %s",
            worker.pk,
            sent.pk,
        )


def test_no_sql_returns_work_without_saying_why(sent, boss):
    with pytest.raises(IntegrityError, match="submission_returned_with_comments"):
        sql(
            "UPDATE casework_submission SET decision = 'returned', decided_at = now(), "
            "decided_by_id = %s WHERE task_id = %s",
            boss.pk,
            sent.pk,
        )
