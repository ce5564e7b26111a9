"""What every test runs under."""

import pytest

from hearth.config import testing

pytest_plugins = ["tests.browser.harness"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """This process's own database, made by its owner and used as the application."""
    with django_db_blocker.unblock():
        testing.make_database()


@pytest.fixture(autouse=True)
def _work_as_hearth_itself(request):
    """Let a test that uses the database see what it makes, until it acts as somebody."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        return
    committing = bool(marker.kwargs.get("transaction")) or "live_server" in request.fixturenames
    request.getfixturevalue("transactional_db" if committing else "db")
    testing.work_as_hearth_itself(committing=committing)


def pytest_collection_modifyitems(items):
    """Begin what takes long first, so that no process is left with it when the others are done."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
