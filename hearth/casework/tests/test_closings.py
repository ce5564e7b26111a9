"""Closing a family's episodes: a worker asks, a manager who took no part decides."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.casework.actions import (
    ClosingPart,
    agree_closing,
    ask_to_close,
    open_step,
    return_closing,
)
from hearth.casework.closing import needs_senior, obstacles_to_closing
from hearth.casework.models import Closing, Submission, Task
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.records.models import ChronologyEntry, NoteChild
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def episode(team, worker):
    return AllocationFactory.create(worker=worker, team=team).episode


def part(episode, **kwargs):
    said: dict[str, Any] = {
        "closure_reason": "RC7",
        "summary": "Home is safe and warm, and Tamsin is at school every day.",
        "last_seen_on": date(2026, 2, 27),
    }
    return ClosingPart(episode=episode, **(said | kwargs))


def ask(by, *parts, **kwargs):
    said: dict[str, Any] = {
        "parts": parts,
        "ended_on": DAY,
        "told_family": "Told Mum at home on 27 February.",
        "told_agencies": "School and health visitor by letter.",
    }
    return ask_to_close(by=by, **(said | kwargs))


def test_a_worker_asks_and_the_closing_waits_for_a_manager_of_the_team(episode, worker, team):
    closing = ask(worker, part(episode))

    task = Task.objects.get(closing=closing)
    assert (task.step_key, task.team, task.done_by) == ("casework.close", team, worker)
    assert list(Task.objects.awaiting_sign_off()) == [task]
    assert task.page == ("casework:closing", closing.pk)
    episode.refresh_from_db()
    assert episode.ended_on is None


def test_a_manager_agrees_and_every_child_is_closed_with_their_own_reason(worker, boss, team):
    one, two = (AllocationFactory.create(worker=worker, team=team).episode for _ in range(2))
    closing = ask(worker, part(one), part(two, closure_reason="RC5", summary="Moved to Norfolk."))

    agree_closing(closing=closing, by=boss)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.ended_on, one.closure_reason, one.closed_by) == (DAY, "RC7", boss)
    assert (two.ended_on, two.closure_reason, two.closure_summary) == (
        DAY,
        "RC5",
        "Moved to Norfolk.",
    )
    told = ChronologyEntry.objects.filter(kind="closure")
    assert {entry.child_id for entry in told} == {one.child_id, two.child_id}
    note = NoteChild.objects.directions(one.child).get().note
    assert (note.kind, note.oversight_point) == ("management_decision", "sign_off")
    assert note.text == f"Agreed that the case closes on {in_words(DAY)}."


def test_nobody_agrees_a_closing_they_asked_for(episode, boss, team):
    closing = ask(boss, part(episode))

    with pytest.raises(CannotDo, match="someone else must sign it off"):
        agree_closing(closing=closing, by=boss)
    agree_closing(closing=closing, by=manager(team))


def test_a_closing_is_returned_with_why_sent_again_and_both_versions_kept(episode, worker, boss):
    closing = ask(worker, part(episode))
    return_closing(closing=closing, comments="What does school say?", by=boss)

    again = ask(worker, part(episode, summary="School agrees."))

    assert again == closing
    assert Submission.objects.filter(task=closing.task).count() == 2
    agree_closing(closing=again, by=boss)
    episode.refresh_from_db()
    assert episode.closure_summary == "School agrees."


def test_a_closing_is_not_sent_twice(episode, worker):
    ask(worker, part(episode))

    with pytest.raises(CannotDo, match="already been sent to a manager"):
        ask(worker, part(episode))


def test_a_closing_returned_and_asked_for_other_children_takes_the_firsts_place(
    episode, worker, boss, team
):
    other = AllocationFactory.create(worker=worker, team=team).episode
    first = ask(worker, part(episode), part(other))
    return_closing(closing=first, comments="Not the younger one yet.", by=boss)

    second = ask(worker, part(episode))

    assert second != first
    first.task.refresh_from_db()
    assert first.task.cancelled_at is not None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"told_family": ""}, "who in the family"),
        ({"told_agencies": ""}, "which agencies"),
        ({"parts": []}, "Choose the children to close"),
        ({"ended_on": date(2026, 2, 1)}, "was only referred on 2 February 2026"),
        ({"ended_on": date(2999, 1, 1)}, "a day that has not come"),
    ],
)
def test_a_closing_says_when_and_who_was_told(episode, worker, change, words):
    with pytest.raises(CannotDo, match=words):
        ask(worker, part(episode), **change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"summary": ""}, "Write what was done"),
        ({"closure_reason": "RC99"}, "has no code RC99"),
        ({"last_seen_on": None}, "was last seen, or why they were not"),
        ({"last_seen_on": timezone.localdate() + timedelta(days=1)}, "cannot have been seen"),
    ],
)
def test_each_childs_part_is_whole(episode, worker, change, words):
    with pytest.raises(CannotDo, match=words):
        ask(worker, part(episode, **change))


def test_a_child_not_seen_is_closed_with_why(episode, worker):
    assert ask(worker, part(episode, last_seen_on=None, not_seen_reason="Moved abroad on 1 Feb."))


def test_what_is_closed_is_not_closed_again(worker):
    closed = EpisodeFactory.create(ended_on=date(2026, 2, 20), closure_reason="RC8")

    with pytest.raises(CannotDo, match="was closed on 20 February 2026"):
        ask(worker, part(closed))


def test_nothing_is_closed_while_work_is_outstanding(steps, episode, worker, boss):
    closing = ask(worker, part(episode))
    task = open_step("tests.plan", children=[episode.child], trigger=DAY, worker=worker, by=worker)

    assert [o.task for o in obstacles_to_closing(episode)] == [task]
    with pytest.raises(CannotDo, match="Plan is still open"):
        agree_closing(closing=closing, by=boss)
    return_closing(closing=closing, comments="Finish the plan.", by=boss)
    with pytest.raises(CannotDo, match="Plan is still open"):
        ask(worker, part(episode))


# Who decides


def test_a_service_manager_decides_when_somebody_does_not_agree(episode, worker, boss, team):
    closing = ask(worker, part(episode), against_advice=True)

    with pytest.raises(CannotDo, match="does not agree with closing, so a service manager"):
        agree_closing(closing=closing, by=boss)

    boss.roles = ["service_manager"]
    boss.save()
    agree_closing(closing=closing, by=boss)


def test_a_service_manager_decides_within_a_year_of_a_protection_plan(episode, worker):
    InvolvementFactory.create(
        child=episode.child,
        kind="protection",
        started_on=date(2024, 1, 1),
        ended_on=date(2025, 3, 3),
    )
    closing = ask(worker, part(episode))

    assert needs_senior(closing, [episode]) == (
        f"{episode.child} had a child protection plan in the last 12 months"
    )
    closing.ended_on = date(2026, 3, 3)
    assert needs_senior(closing, [episode]) is None


def test_a_closing_says_when_it_is(episode, worker):
    assert str(Closing.objects.get(pk=ask(worker, part(episode)).pk)) == "Closing on 2 March 2026"
