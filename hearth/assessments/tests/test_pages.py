"""The pages of an assessment: written, checked, decided on, compared, and refused."""

import pytest
from django.urls import reverse

from hearth.assessments.models import Assessment
from hearth.assessments.tests.factories import (
    started,
    waiting,
)
from hearth.config.testing import at_most_queries

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"assessments:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def being_written(client):
    assessment = started()
    client.force_login(assessment.task.worker)
    return assessment


def test_a_task_leads_to_where_its_assessment_is_started(client):
    task = waiting()
    client.force_login(task.worker)

    page = client.get(address("from_task", task.pk), follow=True)

    assert page.redirect_chain[-1][0] == address("start_assessment", task.pk)
    assert "Start: single assessment" in text(page)


def test_starting_it_opens_the_assessment(client):
    task = waiting()
    client.force_login(task.worker)

    page = client.post(
        address("start_assessment", task.pk),
        {"started_on": "2026-02-04", "questions": "Are they safe?"},
        follow=True,
    )

    assessment = Assessment.objects.get(task=task)
    assert page.redirect_chain[-1][0] == address("open_assessment", assessment.pk)
    assert assessment.questions == "Are they safe?"


@pytest.mark.parametrize(
    "section",
    ["plan", "voice", "needs", "identity", "family", "history", "risk", "conclusion"],
)
def test_each_section_opens_within_the_budget(client, being_written, section):
    with at_most_queries(15):
        page = client.get(address("write_section", being_written.pk, section))

    assert page.status_code == 200


@pytest.mark.parametrize("name", ["open_assessment", "parents", "agencies", "submit_assessment"])
def test_each_page_of_the_writer_opens_within_the_budget(client, being_written, name):
    with at_most_queries(15):
        page = client.get(address(name, being_written.pk))

    assert page.status_code == 200
