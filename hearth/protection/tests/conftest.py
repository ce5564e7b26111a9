"""What this room's tests share."""

import pytest

from hearth.workforce.tests.a_team import boss, team, worker

__all__ = ["boss", "team", "worker"]


@pytest.fixture(autouse=True)
def documents(settings, tmp_path):
    """A store of its own for what is kept as it was sent."""
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS
