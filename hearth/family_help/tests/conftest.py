"""A family whose assessment found them in need, their worker, and the manager."""

from datetime import date

import pytest
from django.utils import timezone

from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def team():
    return TeamFactory.create(name="North team")


@pytest.fixture
def worker(team):
    return social_worker(team)


@pytest.fixture
def boss(team):
    return manager(team)


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
