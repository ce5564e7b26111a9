"""A child, and the workers around their record."""

from datetime import date

import pytest

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.people.tests.factories import (
    ChildFactory,
)
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker


@pytest.fixture
def child():
    return ChildFactory.create(
        given_names="Tamsin", family_name="Quill", born_on=date(2016, 9, 14), la_child_id="T1234567"
    )


@pytest.fixture
def team():
    return TeamFactory.create()


@pytest.fixture
def boss(team):
    return manager(team)


@pytest.fixture
def worker(team):
    return social_worker(team)


@pytest.fixture
def guardian():
    return UserFactory.create(roles=[Role.CALDICOTT])
