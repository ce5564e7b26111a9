"""What this room's tests share."""

import pytest


@pytest.fixture(autouse=True)
def documents(settings, tmp_path):
    """A store of its own for what is kept as it was sent."""
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS
