"""A child, and the workers around their record."""

from datetime import date

import pytest

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.a_team import boss, team, worker

__all__ = ["boss", "team", "worker"]


@pytest.fixture
def child():
    return ChildFactory.create(
        given_names="Tamsin", family_name="Quill", born_on=date(2016, 9, 14), la_child_id="T1234567"
    )


@pytest.fixture
def guardian():
    return UserFactory.create(roles=[Role.CALDICOTT])
