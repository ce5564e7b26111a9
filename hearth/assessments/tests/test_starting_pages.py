"""The pages that start an assessment, from the task that asks for it."""

import pytest

from hearth.assessments.models import Assessment
from hearth.assessments.tests.factories import (
    waiting,
)
from hearth.assessments.tests.pages import address, text
from hearth.config.testing import at_most_queries
from hearth.workforce.tests.factories import StaffFactory, manager

pytestmark = pytest.mark.django_db


def test_a_task_leads_to_where_its_assessment_is_started(client):
    task = waiting()
    client.force_login(task.worker)

    page = client.get(address("from_task", task.pk), follow=True)

    assert page.redirect_chain[-1][0] == address("start_assessment", task.pk)
    assert "Start: single assessment" in text(page)


def test_what_the_manager_asked_for_stands_once_beside_the_plan_of_it(client):
    task = waiting()
    client.force_login(task.worker)

    with at_most_queries():
        page = client.get(address("start_assessment", task.pk))

    assert text(page).count("See every child this week.") == 1


def test_a_task_leads_to_its_assessment_once_there_is_one(client, being_written):
    for name in ("from_task", "start_assessment"):
        page = client.get(address(name, being_written.task_id))
        assert page.url == address("open_assessment", being_written.pk)


def test_a_manager_is_told_that_it_has_not_been_started_and_why_they_may_not(client):
    task = waiting()
    client.force_login(manager())

    page = text(client.get(address("from_task", task.pk)))

    assert "This has not been started." in page
    assert "Your role does not allow this" in page


def test_a_worker_whose_registration_is_not_on_record_is_told_so(client):
    task = waiting()
    worker = StaffFactory.create(team=task.team).user
    client.force_login(worker)

    assert "no social work registration" in text(client.get(address("from_task", task.pk)))


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


def test_a_start_that_makes_no_sense_keeps_what_was_typed(client):
    task = waiting()
    client.force_login(task.worker)

    page = text(
        client.post(
            address("start_assessment", task.pk),
            {"started_on_day": "31", "started_on_month": "2", "started_on_year": "2026"}
            | {"questions": "Kept as it was"},
        )
    )

    assert "There is no 31 February 2026" in page
    assert "Kept as it was" in page
    assert not Assessment.objects.exists()
