"""A worker, their manager, and the day of most of these tests."""

from datetime import date

import pytest
from django.utils import timezone

from hearth.workforce.tests.a_team import boss, team
from hearth.workforce.tests.factories import social_worker

__all__ = ["boss", "team"]


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def worker(team):
    return social_worker(team, started_on=date(2020, 4, 1))
