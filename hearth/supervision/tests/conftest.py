"""A worker, their manager, and the day of most of these tests."""

from datetime import date

import pytest
from django.utils import timezone

from hearth.workforce.tests.factories import TeamFactory, manager, social_worker


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def team():
    return TeamFactory.create()


@pytest.fixture
def worker(team):
    return social_worker(team, started_on=date(2020, 4, 1))


@pytest.fixture
def boss(team):
    return manager(team)
