"""Two workers at once, on two connections of their own: one is heard, the other is told why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from hearth.accounts.worker_context import set_worker
from hearth.casework.actions import allocate, complete, open_episode, open_step, sign_off, submit
from hearth.casework.models import Allocation, Episode, Submission, Task
from hearth.casework.tests.factories import EpisodeFactory
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 2, 3)


def at_once(*deeds):
    """Do each as its worker, on a connection of its own, all starting together."""
    ready = Barrier(len(deeds))

    def do(worker, deed):
        try:
            with transaction.atomic():
                set_worker(worker)
                ready.wait(timeout=10)
                deed()
        except CannotDo as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        running = [pool.submit(do, worker, deed) for worker, deed in deeds]
        return sorted(each.result(timeout=30) for each in running)


def test_two_workers_finish_one_task_and_one_is_told(steps):
    team = TeamFactory.create()
    one, two = social_worker(team), social_worker(team)
    task = open_step("tests.plan", children=[ChildFactory.create()], trigger=DAY, team=team, by=one)

    answers = at_once(
        (one, lambda: complete(task, outcome="one", on=DAY, by=one)),
        (two, lambda: complete(task, outcome="two", on=DAY, by=two)),
    )

    assert answers == ["Plan is not waiting to be done: someone has finished it", "done"]
    assert Task.objects.get().done_by in (one, two)


def test_two_managers_sign_off_one_piece_of_work_and_one_is_told(steps):
    team = TeamFactory.create()
    worker, one, two = social_worker(team), manager(team), manager(team)
    task = open_step(
        "tests.assess", children=[ChildFactory.create()], trigger=DAY, worker=worker, by=worker
    )
    submit(task, outcome="plan", on=DAY, content={}, by=worker)

    answers = at_once((one, lambda: sign_off(task, by=one)), (two, lambda: sign_off(task, by=two)))

    assert answers == ["Assess is not waiting to be signed off", "done"]
    assert Submission.objects.get().decision == "authorised"
    assert Task.objects.outstanding().count() == 1


def test_two_workers_open_one_childs_episode_and_one_is_told():
    child, one, two = ChildFactory.create(), social_worker(), social_worker()

    answers = at_once(
        *(
            (
                who,
                lambda who=who: open_episode(
                    child=child, started_on=DAY, referral_source="1A", by=who
                ),
            )
            for who in (one, two)
        )
    )

    assert answers == [
        f"{child} already has an episode open from 3 February 2026",
        "done",
    ]
    assert Episode.objects.count() == 1


def test_two_managers_allocate_one_child_and_one_is_told():
    team = TeamFactory.create()
    one, two = manager(team), manager(team)
    episode = EpisodeFactory.create()

    answers = at_once(
        *(
            (
                who,
                lambda who=who: allocate(
                    episode=episode,
                    worker=who,
                    team=team,
                    on=DAY,
                    direction="Visit this week.",
                    by=who,
                ),
            )
            for who in (one, two)
        )
    )

    told = f"has led {episode.child}'s case since 3 February 2026. Choose why"
    assert told in answers[0]
    assert answers[1] == "done"
    assert Allocation.objects.current().leading().count() == 1
