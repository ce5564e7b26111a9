"""Fixtures: a team, its manager and a social worker of it. A room's conftest imports them."""

import pytest

from hearth.workforce.tests.factories import TeamFactory, manager, social_worker


@pytest.fixture
def team():
    return TeamFactory.create(name="North team")


@pytest.fixture
def boss(team):
    return manager(team)


@pytest.fixture
def worker(team):
    return social_worker(team)
