"""The scenes: each is found for any day, the same for the same seed."""

from datetime import date, timedelta
from functools import cache

import pytest

from hearth.demo import acts
from hearth.demo import scenes as staged
from hearth.demo.protection_acts import HoldConference
from hearth.demo.staff import DOMAIN, service

DAYS = (date(2026, 3, 2), date(2025, 1, 2))


@cache
def invented(today):
    return service(full=False, seed=1, since=today - timedelta(days=760), today=today)


def staged_on(today, *, many=None):
    return list(staged.scenes(invented(today), seed=1, today=today, pace=6.0, many=many))


@cache
def all_staged_on(today):
    return staged_on(today)


@pytest.mark.parametrize("today", DAYS)
def test_every_scene_is_found_on_an_ordinary_morning_and_after_a_holiday(today):
    found = all_staged_on(today)

    assert [told.scene for told in found] == [scene.name for scene in staged.SCENES]


def test_the_same_seed_gives_the_same_scenes():
    once = {told.family.number: told for told in all_staged_on(DAYS[0])}
    again = staged_on(DAYS[0], many=8)

    assert [told.story for told in again] == [once[told.family.number].story for told in again]


def test_those_with_known_addresses_have_work_waiting():
    given = [staged.last(told.story, acts.Allocate) for told in all_staged_on(DAYS[0])]
    led = {act.worker.email for act in given if act is not None}

    for address in ("social.worker", "newly.qualified", "agency.social.worker"):
        assert f"{address}@{DOMAIN}" in led


def test_a_scene_no_story_can_end_in_is_said_so(monkeypatch):
    monkeypatch.setattr(staged, "MOST_TRIES", 3)
    never = staged.Scene("never", (1, 5), lambda _story, _today: False)
    monkeypatch.setattr(staged, "SCENES", (never,))

    with pytest.raises(LookupError, match="No story ended as never must"):
        staged_on(DAYS[0])


def test_a_child_who_needs_nothing_more_is_let_go_and_the_others_case_goes_on():
    """Of the scene in which a conference decided otherwise for one child."""
    (told,) = [t for t in all_staged_on(DAYS[0]) if t.scene == "children decided differently"]
    held = staged.last(told.story, HoldConference)
    assert held is not None
    after = told.story[told.story.index(held) :]
    closed = [act for act in after if isinstance(act, acts.AskToClose)]
    visited = {n for act in after if isinstance(act, acts.Visit) for n in act.parts}

    assert held.decision == "in_need"
    assert {n for act in closed[:1] for n in act.summaries} <= set(held.apart)
    assert visited.isdisjoint(held.apart)
