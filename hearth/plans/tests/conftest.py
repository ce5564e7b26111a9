"""Two children of one family, their worker and manager; property tests untimed."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import settings

from hearth.casework.tests.factories import EpisodeFactory
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.a_team import boss, team, worker

__all__ = ["boss", "team", "worker"]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def rowan():
    child = ChildFactory.create(given_names="Rowan", family_name="Quill", born_on=date(2012, 1, 1))
    EpisodeFactory.create(child=child)
    return child


@pytest.fixture
def bea():
    child = ChildFactory.create(given_names="Bea", family_name="Quill", born_on=date(2016, 1, 1))
    EpisodeFactory.create(child=child)
    return child
