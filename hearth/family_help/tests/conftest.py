"""A family whose assessment found them in need, their worker, and the manager."""

from datetime import date

import pytest

from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.people.tests.factories import ChildFactory
from hearth.plans.tests.conftest import today
from hearth.workforce.tests.a_team import boss, team, worker

__all__ = ["boss", "team", "today", "worker"]


def _child(name, born, worker, team):
    child = ChildFactory.create(given_names=name, family_name="Quill", born_on=born)
    episode = EpisodeFactory.create(child=child)
    AllocationFactory.create(episode=episode, worker=worker, team=team)
    return child


@pytest.fixture
def rowan(worker, team):
    return _child("Rowan", date(2012, 1, 1), worker, team)


@pytest.fixture
def bea(worker, team):
    return _child("Bea", date(2016, 1, 1), worker, team)
