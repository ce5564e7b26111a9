"""The scenes: each is found for any day, the same for the same seed."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.demo import acts
from hearth.demo import scenes as staged
from hearth.demo.staff import DOMAIN, service


def staged_on(today, seed=1):
    invented = service(full=False, seed=seed, since=today - timedelta(days=760), today=today)
    return list(staged.scenes(invented, seed=seed, today=today, pace=6.0))


@settings(max_examples=3)
@given(st.dates(date(2024, 1, 2), date(2027, 12, 20)))
def test_every_scene_is_found_on_any_morning(today):
    found = staged_on(today)

    assert [told.scene for told in found] == [scene.name for scene in staged.SCENES]


def test_the_same_seed_gives_the_same_scenes():
    today = date(2026, 3, 2)

    assert [told.story for told in staged_on(today)] == [told.story for told in staged_on(today)]


def test_those_with_known_addresses_have_work_waiting():
    given = [staged.last(told.story, acts.Allocate) for told in staged_on(date(2026, 3, 2))]
    led = {act.worker.email for act in given if act is not None}

    for address in ("social.worker", "newly.qualified", "agency.social.worker"):
        assert f"{address}@{DOMAIN}" in led


def test_a_scene_no_story_can_end_in_is_said_so(monkeypatch):
    monkeypatch.setattr(staged, "MOST_TRIES", 3)
    never = staged.Scene("never", (1, 5), lambda _story, _today: False)
    monkeypatch.setattr(staged, "SCENES", (never,))

    with pytest.raises(LookupError, match="No story ended as never must"):
        staged_on(date(2026, 3, 2))
