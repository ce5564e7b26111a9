"""Asking for a family to be closed, and deciding it."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.accounts.roles import Role
from hearth.casework.models import (
    Closing,
)
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.casework.tests.pages import a_task, days, look, refused, send
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


def part(child, **kwargs):
    said = {"closes": "yes", "closure_reason": "RC7", "summary": "Home is safe.", **kwargs}
    return {
        **{f"child-{child.pk}-{name}": value for name, value in said.items()},
        **days(f"child-{child.pk}-last_seen_on", date(2026, 2, 27)),
    }


CLOSING = {
    "told_family": "Mum and Rowan, who are glad.",
    "told_agencies": "School.",
    "against_advice": "no",
    **days("ended_on", date(2026, 3, 2)),
}


def test_a_closing_is_written_child_by_child_sent_and_agreed(client, worker, boss, team, family):
    for episode in family:
        AllocationFactory.create(worker=worker, team=team, episode=episode)
    one, two = (episode.child for episode in family)

    assert "Bea Quill" in look(client, worker, "ask_to_close", family[0].pk, most=25)
    send(
        client,
        worker,
        "ask_to_close",
        family[0].pk,
        **CLOSING,
        **part(one),
        **{f"child-{two.pk}-closes": "no"},
    )
    closing = Closing.objects.get()
    assert "Home is safe." in look(client, boss, "closing", closing.pk, most=20)
    assert "someone else must sign it off" in refused_or_read(client, worker, closing)
    send(client, boss, "decide_closing", closing.pk, decision="agree", comments="")

    family[0].refresh_from_db()
    family[1].refresh_from_db()
    assert family[0].ended_on == date(2026, 3, 2)
    assert family[1].ended_on is None
    assert "not waiting for a decision" in refused(client, boss, "decide_closing", closing.pk)


def refused_or_read(client, worker, closing):
    worker.roles = [Role.TEAM_MANAGER]
    worker.save()
    return refused(client, worker, "decide_closing", closing.pk)


def test_a_closing_lists_what_is_to_be_finished_first_with_links(steps, client, worker, boss, team):
    episode = AllocationFactory.create(worker=worker, team=team).episode
    task = a_task(worker, team, episode.child)
    InvolvementFactory.create(child=episode.child, kind="protection")

    page = look(client, worker, "ask_to_close", episode.pk, most=25)
    answer = send(
        client, worker, "ask_to_close", episode.pk, **CLOSING, **part(episode.child)
    ).content.decode()

    assert reverse("casework:task", args=[task.pk]) in page
    assert "Child protection plan still stands" in page
    assert "Plan is still open" in answer
    assert "Mum and Rowan, who are glad." in answer


def test_each_child_that_closes_is_whole(client, worker, team):
    episode = AllocationFactory.create(worker=worker, team=team).episode
    key = f"child-{episode.child_id}"

    answer = send(
        client, worker, "ask_to_close", episode.pk, **CLOSING, **{f"{key}-closes": "yes"}
    ).content.decode()

    for words in ("Choose why it closes", "Write what was done", "or why they were not"):
        assert words in answer


def test_a_returned_closing_comes_back_with_all_it_said_and_why(client, worker, boss, team):
    episode = AllocationFactory.create(worker=worker, team=team).episode
    send(client, worker, "ask_to_close", episode.pk, **CLOSING, **part(episode.child))
    closing = Closing.objects.get()

    silent = send(client, boss, "decide_closing", closing.pk, decision="return", comments="")
    send(client, boss, "decide_closing", closing.pk, decision="return", comments="Ask school.")

    assert "Say what must change" in silent.content.decode()
    page = look(client, worker, "ask_to_close", episode.pk, most=25)
    assert "Ask school." in page
    assert "Home is safe." in page
    assert "Mum and Rowan, who are glad." in page


def test_only_whoever_has_the_case_or_a_manager_asks_to_close(client, boss):
    episode = EpisodeFactory.create()
    closed = EpisodeFactory.create(ended_on=date(2026, 3, 2), closure_reason="RC8")

    assert "Only a worker who has this case" in refused(
        client, social_worker(), "ask_to_close", episode.pk
    )
    assert "This episode is closed" in refused(client, boss, "ask_to_close", closed.pk)
