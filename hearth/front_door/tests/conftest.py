"""What every test of the front door may ask for."""

import pytest

from hearth.casework import process
from hearth.casework.process import Step
from hearth.front_door.tests.factories import front_door_team, managers_of, screening_officer


@pytest.fixture
def team():
    return front_door_team()


@pytest.fixture
def officer(team):
    return screening_officer(team)


@pytest.fixture
def decider(team):
    return managers_of(team)[0]


@pytest.fixture(autouse=True)
def assessment_steps(monkeypatch):
    """The assessment rooms' keys, where this room is tested without them."""
    for key in ("assessments.initial", "assessments.single"):
        if key not in process.STEPS:
            step = Step(key=key, name="Assessment", done_by=[], authority="none")
            monkeypatch.setitem(process.STEPS, key, step)
