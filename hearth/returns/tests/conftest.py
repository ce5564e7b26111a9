"""Files that the tests of returns make are put where the test ends with them."""

import pytest


@pytest.fixture
def documents(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS
