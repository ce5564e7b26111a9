"""Starting an assessment from its task."""

from datetime import date

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.assessments import actions
from hearth.assessments.models import Assessment, State
from hearth.assessments.tests.factories import REFERRED, STARTED, family, started, waiting
from hearth.casework.models import FrameworkAdoption, Task
from hearth.casework.models.local import local_rules
from hearth.casework.rules import assessment_step_on
from hearth.casework.tests.factories import TaskFactory
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, social_worker

pytestmark = pytest.mark.django_db


def start(task, **kwargs):
    given = {"task": task, "started_on": STARTED, "on": STARTED, "by": task.worker}
    return actions.start_assessment(**(given | kwargs))


def test_it_opens_with_a_part_for_each_child_and_each_is_being_assessed():
    children = family(3)
    assessment = started(children)

    assert [part.child for part in assessment.children.all()] == children
    assert assessment.state == State.IN_PROGRESS
    assert (assessment.kind, assessment.framework) == ("single", "single")
    for child in children:
        kinds = child.involvements.filter(ended_on=None).values_list("kind", flat=True)
        assert list(kinds) == ["assessment"]
        assert assessment.children.get(child=child).episode == child.episodes.get()


def test_children_are_eldest_first_and_one_not_yet_born_last():
    eldest, baby = family(1)[0], ChildFactory.create(unborn=True)
    task = waiting([eldest])
    task.about = sorted([eldest.pk, baby.pk])
    task.save(update_fields=["about"])

    assert [part.child for part in start(task).children.all()] == [eldest, baby]


def test_a_managers_review_opens_beside_a_single_assessment():
    assessment = started()

    review = Task.objects.get(step_key="assessments.review_point", record_id=assessment.pk)

    assert review.due_on == date(2026, 2, 18)
    assert assessment.internal_review_on == review.due_on
    assert review.worker is None
    assert review.team == assessment.task.team


def test_an_initial_assessment_has_no_review_and_keeps_the_guidance_it_began_under():
    FrameworkAdoption.objects.create(
        framework="initial_10", adopted_on=date(2013, 4, 15), recorded_by=UserFactory.create()
    )
    day = date(2011, 6, 1)
    worker = social_worker()
    children = [ChildFactory.create(born_on=date(2005, 3, 1))]
    from hearth.casework.tests.factories import EpisodeFactory

    EpisodeFactory.create(child=children[0], started_on=day)
    step = assessment_step_on(day, local_rules())

    assessment = started(children, worker=worker, step=step, trigger=day)

    assert assessment.kind == "initial"
    assert assessment.framework == "fa_2000"
    assert assessment.task.due_on == date(2011, 6, 10)
    assert not Task.objects.filter(step_key="assessments.review_point").exists()


def test_it_stands_in_each_childs_story():
    children = family()
    assessment = started(children)

    entries = ChronologyEntry.objects.of_source(assessment)

    assert {entry.child for entry in entries} == set(children)
    assert {entry.title for entry in entries} == {"Single assessment started"}


def test_the_task_knows_its_assessment_and_who_began_it():
    assessment = started()

    assessment.task.refresh_from_db()
    assert assessment.task.record_id == assessment.pk
    assert assessment.task.worker_id in assessment.task.worked_by


def test_it_is_started_once():
    task = waiting()
    start(task)

    with pytest.raises(CannotDo, match="already been started"):
        start(task)
    assert Assessment.objects.count() == 1


def test_only_a_registered_social_worker_may_own_one():
    task = waiting()
    unqualified = StaffFactory.create(team=TeamFactory.create()).user

    with pytest.raises(CannotDo, match="no social work registration"):
        start(task, by=unqualified)


@pytest.mark.parametrize(
    ("started_on", "why"),
    [(date(2026, 2, 5), "in the future"), (date(2026, 2, 1), "before 2 February 2026")],
)
def test_it_starts_between_what_led_to_it_and_today(started_on, why):
    with pytest.raises(CannotDo, match=why):
        start(waiting(), started_on=started_on)


def test_a_task_of_another_kind_starts_nothing():
    task = TaskFactory.create(step_key="assessments.update", worker=social_worker())

    with pytest.raises(CannotDo, match="not an assessment"):
        start(task)


def test_a_finished_task_starts_nothing():
    task = waiting()
    from hearth.casework.actions import cancel

    cancel(task, reason="Not needed", by=social_worker())

    with pytest.raises(CannotDo, match="someone has finished it"):
        start(task)


def test_a_worker_in_no_team_is_told_so():
    worker = StaffFactory.create(registered=True).user
    children = family(1)
    task = waiting(children, worker=social_worker())
    task.worker, task.team = worker, None
    task.save(update_fields=["worker", "team"])

    with pytest.raises(CannotDo, match="is in no team"):
        start(task, by=worker)


def test_without_a_team_on_the_task_it_is_the_workers_team():
    task = waiting()
    team, task.team = task.team, None
    task.save(update_fields=["team"])

    start(task)

    assert Task.objects.get(step_key="assessments.review_point").team == team
    assert task.trigger_on == REFERRED
