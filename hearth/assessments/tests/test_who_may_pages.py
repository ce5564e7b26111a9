"""Who may open an assessment's pages, and who may only read."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.assessments.models import Assessment
from hearth.assessments.tests.factories import (
    authorised,
    family,
    started,
    submitted,
)
from hearth.assessments.tests.pages import address, as_hearth, text
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import (
    ChildFactory,
    RestrictionAccessFactory,
    RestrictionFactory,
)
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def test_somebody_not_working_with_the_family_may_read_and_not_write(client, being_written):
    client.force_login(social_worker())

    assert client.get(address("open_assessment", being_written.pk)).status_code == 200
    for name in ("parents", "agencies", "submit_assessment"):
        refused = client.get(address(name, being_written.pk))
        assert refused.status_code == 403
        assert "You are not working with this family" in text(refused)


def test_a_co_worker_may_write(client, being_written):
    helper = StaffFactory.create(user=UserFactory.create(roles=[Role.FAMILY_SUPPORT_WORKER])).user
    child = being_written.children.first()
    AllocationFactory.create(
        episode=child.episode, child=child.child, worker=helper, role="co_worker"
    )
    client.force_login(helper)

    assert client.get(address("parents", being_written.pk)).status_code == 200
    assert client.get(address("submit_assessment", being_written.pk)).status_code == 403


def test_the_author_may_not_decide(client):
    assessment = submitted()
    author = assessment.task.worker
    author.roles = [Role.SOCIAL_WORKER, Role.TEAM_MANAGER]
    author.save(update_fields=["roles"])
    client.force_login(author)

    refused = client.get(address("decide_assessment", assessment.pk))

    assert refused.status_code == 403
    assert "You did some of this work" in text(refused)


def test_a_restricted_sibling_hides_the_whole_assessment_from_those_not_named(client):
    tamsin, rowan = family()
    assessment = started([tamsin, rowan])
    RestrictionFactory.create(person=rowan)
    worker = assessment.task.worker
    client.force_login(worker)
    pages = ("open_assessment", "parents", "agencies", "submit_assessment")
    for name in pages:
        assert client.get(address(name, assessment.pk)).status_code == 404
    listed = text(client.get(address("team_assessments", assessment.task.team.pk)))
    assert "Pemberton" not in listed
    assert "Assessment</h2>" not in text(client.get(reverse("desk:child", args=[tamsin.pk])))

    as_hearth()
    RestrictionAccessFactory.create(person=rowan, worker=worker)
    for name in pages:
        assert client.get(address(name, assessment.pk)).status_code == 200


def test_ids_that_are_guessed_are_not_found(client, being_written):
    for name in ("open_assessment", "parents", "answer_agency", "from_task", "team_assessments"):
        assert client.get(address(name, 999_999)).status_code == 404


def test_an_imported_assessment_is_read_and_never_written(client):
    child = ChildFactory.create(given_names="Old", family_name="Record")
    imported = Assessment.objects.create(
        about=[child.pk],
        kind="single",
        trigger_on=date(2019, 1, 7),
        started_on=date(2019, 1, 7),
        authorised_on=date(2019, 2, 7),
        recorded_by=hearth_itself(),
    )
    imported.children.create(child=child)
    client.force_login(manager())

    page = text(client.get(address("open_assessment", imported.pk)))

    assert "Authorised" in page
    assert "Old Record" in page
    assert client.get(address("submit_assessment", imported.pk)).status_code == 403
    assert client.get(address("print_assessment", imported.pk)).status_code == 200


def test_somebody_with_no_part_in_an_authorised_assessment_opens_it_within_the_budget(client):
    assessment = authorised(family(), by=manager())
    client.force_login(social_worker())

    with at_most_queries():
        response = client.get(address("open_assessment", assessment.pk))

    assert response.status_code == 200
