"""Who may do what to an assessment, and what each is told who may not."""

import pytest

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.assessments import policies
from hearth.assessments.tests.factories import authorised, family, started, submitted, waiting
from hearth.casework.actions import cancel
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory, TaskFactory
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db
NOT_YOURS = ["You are not working with this family"]


def test_the_worker_their_team_and_a_co_worker_may_write_and_others_may_not():
    assessment = started()
    child = assessment.children.first()
    colleague = social_worker(team=assessment.task.team)
    co_worker = social_worker()
    AllocationFactory.create(
        episode=child.episode, child=child.child, worker=co_worker, role="co_worker"
    )

    for worker in (assessment.task.worker, colleague, co_worker):
        assert policies.write_assessment.refusals(worker, assessment) == []
        assert policies.submit_assessment.refusals(worker, assessment) == []
    assert policies.write_assessment.refusals(social_worker(), assessment) == NOT_YOURS
    assert policies.submit_assessment.refusals(social_worker(), assessment) == NOT_YOURS


def test_a_family_support_worker_contributes_and_never_sends_or_starts():
    assessment = started()
    helper = StaffFactory.create(
        user=UserFactory.create(roles=[Role.FAMILY_SUPPORT_WORKER]), team=assessment.task.team
    ).user

    assert policies.write_assessment.allows(helper, assessment)
    assert not policies.submit_assessment.allows(helper, assessment)
    assert not policies.start_assessment.allows(helper, waiting(family(1)))


def test_a_manager_returns_a_workers_words_and_does_not_alter_them():
    assert not policies.write_assessment.allows(manager(), started())


def test_only_an_assessments_own_task_starts_one_while_it_waits():
    assessment = authorised(by=manager())
    worker = assessment.task.worker
    update = Task.objects.get(step_key="assessments.update")

    assert policies.start_assessment.refusals(worker, update) == ["This task is not an assessment"]
    assert policies.start_assessment.refusals(worker, assessment.task) == [
        "This task is no longer waiting to be done"
    ]
    assert policies.start_assessment.refusals(social_worker(), waiting(family(1))) == NOT_YOURS


def test_one_that_is_cancelled_is_neither_written_nor_reviewed():
    from hearth.assessments import actions
    from hearth.assessments.tests.factories import FINISHED

    assessment = started()
    actions.cancel_assessment(assessment=assessment, reason="Twice", on=FINISHED, by=manager())
    assessment.refresh_from_db()

    assert policies.write_assessment.refusals(assessment.task.worker, assessment) == [
        "This was cancelled"
    ]
    assert policies.review_point.refusals(manager(), assessment) == ["This was cancelled"]


def test_an_agencys_answer_is_recorded_by_those_who_write_the_assessment():
    from hearth.assessments.tests.factories import hear_agency

    asked = hear_agency(started())

    assert policies.answer_agency.allows(asked.recorded_by, asked)
    assert policies.answer_agency.refusals(social_worker(), asked) == NOT_YOURS


def test_a_decision_is_a_managers_who_had_no_part_and_only_when_it_waits():
    assessment = started()
    assert policies.decide_assessment.refusals(manager(), assessment) == [
        "This is not waiting to be authorised"
    ]

    sent = submitted(family(1))
    assert policies.decide_assessment.allows(manager(), sent)
    assert not policies.decide_assessment.allows(social_worker(), sent)


def test_paper_and_additions_are_for_what_has_been_authorised():
    assessment = started()
    worker, stranger = assessment.task.worker, social_worker()
    not_yet = ["This has not been authorised yet"]
    assert policies.print_assessment.refusals(worker, assessment) == not_yet
    assert policies.family_copy.refusals(worker, assessment) == not_yet
    assert policies.add_to_assessment.refusals(worker, assessment) == [
        "This has not been authorised yet. Change it instead"
    ]

    agreed = authorised(family(1), by=manager())
    for policy in (policies.family_copy, policies.add_to_assessment):
        assert policy.allows(agreed.task.worker, agreed)
        assert policy.allows(manager(), agreed)
        assert policy.refusals(stranger, agreed) == NOT_YOURS


def test_updates_and_hand_overs_are_decided_from_their_own_waiting_tasks():
    assessment = authorised(by=manager())
    update = Task.objects.get(step_key="assessments.update")
    plan = TaskFactory.create(step_key="assessments.hand_over_early_help")
    boss = manager()
    assert policies.decide_update.allows(boss, update)
    assert policies.hand_over.allows(boss, plan)

    assert policies.decide_update.refusals(boss, plan) == ["This task does not ask that"]
    assert policies.hand_over.refusals(boss, update) == ["This task is not a hand-over"]
    for task in (update, plan):
        cancel(task, reason="Not needed", by=boss)
        task.refresh_from_db()
    over = ["This task is no longer waiting to be done"]
    assert policies.decide_update.refusals(boss, update) == over
    assert policies.hand_over.refusals(boss, plan) == over
    assert not policies.hand_over.allows(assessment.task.worker, plan)


def test_one_brought_in_from_a_return_is_nobodys_to_write():
    from datetime import date

    from hearth.assessments.actions.taking import task_of
    from hearth.assessments.models import Assessment
    from hearth.lib.errors import CannotDo

    imported = Assessment(about=[1], kind="single", started_on=date(2019, 1, 7))

    assert policies.write_assessment.refusals(social_worker(), imported) == NOT_YOURS
    with pytest.raises(CannotDo, match="brought in from a return"):
        task_of(imported)
