"""A manager's direction at allocation stands with the rest of their oversight."""

from datetime import date

import pytest

from hearth.casework.actions import allocate, allocate_family
from hearth.casework.tests.factories import EpisodeFactory
from hearth.lib.dates import in_words
from hearth.records.models import ChronologyEntry, NoteChild

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


def test_the_direction_is_a_managers_oversight_of_every_child_told_once(worker, team, boss):
    family = [EpisodeFactory.create(), EpisodeFactory.create()]

    allocate_family(
        episodes=family,
        worker=worker,
        team=team,
        on=DAY,
        direction="See both children by Friday.",
        asked=[("Ring the school.", DAY)],
        by=boss,
    )

    for episode in family:
        part = NoteChild.objects.directions(episode.child).get()
        assert part.note.oversight_point == "allocation"
        assert part.note.recorded_by == boss
        assert "See both children by Friday." in part.note.text
        assert f"Ring the school. By {in_words(DAY)}." in part.note.text
        assert ChronologyEntry.objects.filter(child=episode.child, kind="oversight").count() == 0


def test_a_co_worker_brings_no_direction(worker, team, boss):
    episode = EpisodeFactory.create()

    allocate(
        episode=episode, worker=worker, team=team, on=DAY, role="co_worker", direction="", by=boss
    )

    assert not NoteChild.objects.directions(episode.child).exists()
