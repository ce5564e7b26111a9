"""What this room's tests share."""

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import manager as a_manager
from hearth.workforce.tests.factories import social_worker


@pytest.fixture
def worker():
    """A registered social worker."""
    return social_worker()


@pytest.fixture
def manager():
    return a_manager()


@pytest.fixture
def other():
    """Another worker."""
    return UserFactory.create()


@pytest.fixture
def ade():
    return ChildFactory.create(given_names="Ade", family_name="Quill")


@pytest.fixture
def bea():
    return ChildFactory.create(given_names="Bea", family_name="Quill")


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
