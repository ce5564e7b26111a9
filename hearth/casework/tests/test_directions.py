"""What a manager directs: with an owner and a date, on the owner's list until it is done."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hearth.accounts.models import Notice
from hearth.casework.actions import allocate, do_direction, give_direction
from hearth.casework.models import Direction, Task
from hearth.casework.tests.factories import EpisodeFactory
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


def give(children, worker, boss, **kwargs):
    said: dict[str, Any] = {
        "text": "See Rowan alone at school.",
        "due_on": date(2026, 2, 10),
        "on": DAY,
    }
    return give_direction(children=children, owner=worker, by=boss, **(said | kwargs))


def test_a_direction_stands_on_its_owners_list_with_its_date_and_who_asked(worker, boss):
    episode = EpisodeFactory.create()

    direction = give([episode.child, ChildFactory.create()], worker, boss)

    task = Task.objects.get(step_key="casework.direction")
    assert (task.worker, task.due_on, task.record_id) == (worker, date(2026, 2, 10), direction.pk)
    assert task.because == f"{boss} asked for this by 10 February 2026"
    assert task.page == ("casework:direction", direction.pk)
    assert direction.task == task
    assert direction.children.get(child=episode.child).episode == episode
    assert list(Direction.objects.for_children(episode.child_id)) == [direction]
    assert Notice.objects.get(to=worker).page == f"/directions/{direction.pk}/"


def test_nobody_is_told_of_what_they_asked_of_themselves(boss):
    give([ChildFactory.create()], boss, boss)

    assert not Notice.objects.exists()


def test_a_direction_says_what_for_whom_and_by_a_day_to_come(worker, boss):
    child = ChildFactory.create()

    with pytest.raises(CannotDo, match="Say what is to be done"):
        give([child], worker, boss, text="")
    with pytest.raises(CannotDo, match="Choose the children"):
        give([], worker, boss)
    with pytest.raises(CannotDo, match="by 2 February 2026, before it was asked for on 3 Feb"):
        give([child], worker, boss, due_on=date(2026, 2, 2))
    with pytest.raises(CannotDo, match="no longer works here"):
        give([child], social_worker(ended_on=DAY), boss)


def test_a_direction_is_done_with_what_came_of_it(worker, boss):
    direction = give([ChildFactory.create()], worker, boss)

    with pytest.raises(CannotDo, match="Say what was done"):
        do_direction(direction=direction, result="", on=date(2026, 2, 5), by=worker)
    with pytest.raises(CannotDo, match="only asked for on 3 February 2026"):
        do_direction(direction=direction, result="Seen.", on=date(2026, 2, 2), by=worker)
    with pytest.raises(CannotDo, match="Say why it is late"):
        do_direction(direction=direction, result="Seen.", on=date(2026, 2, 11), by=worker)
    do_direction(direction=direction, result="Seen. He is happier.", on=date(2026, 2, 5), by=worker)

    direction.refresh_from_db()
    assert direction.result == "Seen. He is happier."
    assert direction.task.done_on == date(2026, 2, 5)
    with pytest.raises(CannotDo, match="someone has finished it"):
        do_direction(direction=direction, result="Again.", on=date(2026, 2, 5), by=worker)


def test_a_direction_that_never_had_a_task_is_not_finished(worker, boss):
    direction = give([ChildFactory.create()], worker, boss)
    Direction.objects.update(task=None)

    with pytest.raises(CannotDo, match="has no task to finish"):
        do_direction(direction=direction, result="Done.", on=DAY, by=worker)


def test_a_manager_may_ask_for_things_by_a_date_when_allocating(team, worker, boss):
    episode = EpisodeFactory.create()

    allocate(
        episode=episode,
        worker=worker,
        team=team,
        on=DAY,
        direction="Get to know them.",
        asked=[("Visit.", date(2026, 2, 5)), ("Ring school.", date(2026, 2, 6))],
        by=boss,
    )

    tasks = Task.objects.outstanding().filter(worker=worker).order_by("due_on")
    assert [task.direction.text for task in tasks] == ["Visit.", "Ring school."]
    assert {task.direction.source for task in tasks} == {"allocation"}
    assert Notice.objects.filter(
        to=worker, text__startswith=f"{boss} made you lead worker"
    ).exists()


def test_the_database_refuses_a_direction_due_before_it_was_given(worker, boss):
    direction = give([ChildFactory.create()], worker, boss)

    with pytest.raises(IntegrityError, match="direction_due_on_or_after"), transaction.atomic():
        Direction.objects.filter(pk=direction.pk).update(due_on=date(2026, 1, 1))
