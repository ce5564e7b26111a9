"""An assessment being written, and the browser of who writes it."""

import pytest

from hearth.assessments.tests.factories import (
    started,
)


@pytest.fixture
def being_written(client):
    assessment = started()
    client.force_login(assessment.task.worker)
    return assessment
