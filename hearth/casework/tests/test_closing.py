"""What keeps an episode open, and what falls away when it closes."""

from datetime import date

import pytest

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework import process
from hearth.casework.actions import close_episode
from hearth.casework.models import TaskChild
from hearth.casework.process import Process, Step
from hearth.casework.tests.factories import EpisodeFactory, TaskFactory
from hearth.lib.errors import CannotDo

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(monkeypatch):
    monkeypatch.setattr(process, "PROCESSES", [])
    for step in (
        Step(key="tests.plain", name="Plain", done_by=[], authority="none"),
        Step(
            key="tests.signed",
            name="Signed",
            done_by=[],
            authority="none",
            signed_off_by=[Role.TEAM_MANAGER],
        ),
        Step(key="tests.falls", name="Falls", done_by=[], authority="none", ends_with_episode=True),
    ):
        monkeypatch.setitem(process.STEPS, step.key, step)
    return process.register


def waiting(episode, key, **kwargs):
    task = TaskFactory.create(step_key=key, about=[episode.child_id], **kwargs)
    TaskChild.objects.create(task=task, child=episode.child, episode=episode)
    return task


def close(episode):
    close_episode(
        episode=episode, ended_on=date(2026, 3, 2), closure_reason="RC7", by=UserFactory.create()
    )


def test_work_waiting_to_be_done_keeps_an_episode_open(steps):
    episode = EpisodeFactory.create()
    waiting(episode, "tests.plain")

    with pytest.raises(CannotDo, match="Plain is still open for Pemberton"):
        close(episode)


def test_work_waiting_to_be_signed_off_keeps_an_episode_open(steps):
    episode, worker = EpisodeFactory.create(), UserFactory.create()
    waiting(
        episode,
        "tests.signed",
        done_on=date(2026, 3, 1),
        done_at="2026-03-01T12:00Z",
        done_by=worker,
    )

    with pytest.raises(CannotDo, match="Signed is waiting to be signed off"):
        close(episode)


def test_what_only_an_open_episode_asks_for_falls_away_when_it_closes(steps):
    episode = EpisodeFactory.create()
    task = waiting(episode, "tests.falls")

    close(episode)

    task.refresh_from_db()
    assert task.cancelled_reason == "The episode closed"


def test_it_stays_while_a_siblings_episode_is_open(steps):
    episode, sibling = EpisodeFactory.create(), EpisodeFactory.create()
    task = waiting(episode, "tests.falls")
    TaskChild.objects.create(task=task, child=sibling.child, episode=sibling)

    close(episode)

    task.refresh_from_db()
    assert task.cancelled_at is None


def test_a_step_says_in_the_documentation_that_it_falls_away():
    step = Step(key="t", name="T", done_by=[], authority="none", ends_with_episode=True)

    text = process.describe(Process(name="P", steps=[step]))

    assert "Falls away when the episode closes" in text


def test_a_task_knows_the_page_where_it_is_done(monkeypatch):
    for key, page, by_task in (
        ("tests.a", "room:page", False),
        ("tests.b", "room:page", True),
        ("tests.c", None, False),
    ):
        step = Step(
            key=key, name=key, done_by=[], authority="none", page=page, page_by_task=by_task
        )
        monkeypatch.setitem(process.STEPS, key, step)
    of_record = TaskFactory.create(step_key="tests.a", record_id=7)
    of_task = TaskFactory.create(step_key="tests.b", record_id=7)
    nowhere = TaskFactory.create(step_key="tests.c", record_id=7)

    assert of_record.page == ("room:page", 7)
    assert of_task.page == ("room:page", of_task.pk)
    assert nowhere.page is None
