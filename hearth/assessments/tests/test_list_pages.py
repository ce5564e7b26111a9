"""The lists of assessments, and their copies on paper."""

import pytest
from django.urls import reverse

from hearth.assessments.tests.factories import (
    authorised,
    family,
    started,
)
from hearth.assessments.tests.pages import address, as_hearth, text
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import (
    ChildFactory,
)
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = pytest.mark.django_db


def test_a_teams_assessments_are_listed_by_the_day_they_are_due(client):
    assessment = started()
    team = assessment.task.team
    done = authorised(family(1), worker=social_worker(team=team), by=manager())
    client.force_login(assessment.task.worker)
    at = address("team_assessments", team.pk)

    with at_most_queries(15):
        page = text(client.get(at))

    assert address("open_assessment", assessment.pk) in page
    assert address("open_assessment", done.pk) not in page
    shown = {
        show: text(client.get(at, {"show": show}))
        for show in ("overdue", "waiting", "authorised", "nonsense")
    }
    assert "1 assessment" in shown["overdue"]
    assert "No assessment of this kind" in shown["waiting"]
    assert address("open_assessment", done.pk) in shown["authorised"]
    assert "1 assessment" in shown["nonsense"]


def test_the_list_does_not_ask_more_for_more_rows(client):
    assessment = started()
    team = assessment.task.team
    worker = assessment.task.worker
    for _ in range(4):
        started(family(3), worker=worker)
    client.force_login(worker)

    with at_most_queries(15):
        page = text(client.get(address("team_assessments", team.pk)))

    assert "5 assessments" in page


def test_a_childs_assessments_are_listed_and_the_last_is_on_their_front_page(client):
    children = family()
    assessment = authorised(children, by=manager())
    client.force_login(assessment.task.worker)

    listed = text(client.get(address("child_assessments", children[0].pk)))
    front = text(client.get(reverse("desk:child", args=[children[0].pk])))

    assert address("open_assessment", assessment.pk) in listed
    assert "authorised on 16 March 2026" in front
    assert "Moderate: health or development" in front


def test_an_unassessed_childs_list_says_so(client):
    child = ChildFactory.create(given_names="New", family_name="Here")
    client.force_login(social_worker())

    assert "New Here has not been assessed" in text(
        client.get(address("child_assessments", child.pk))
    )


def test_an_authorised_assessment_prints_and_one_that_is_not_does_not(client, being_written):
    assert client.get(address("print_assessment", being_written.pk)).status_code == 403
    as_hearth()
    assessment = authorised(family(1), by=manager())

    printed = client.get(address("print_assessment", assessment.pk))

    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")


def test_a_copy_for_the_family_is_made_as_the_worker_chose(client):
    tamsin, rowan = family()
    assessment = authorised([tamsin, rowan], by=manager())
    client.force_login(assessment.task.worker)
    at = address("family_copy", assessment.pk)
    assert "Whose own words may this reader be given?" in text(client.get(at))
    mother = assessment.parents.get()

    for reader in (f"parent-{mother.pk}", f"child-{tamsin.pk}"):
        made = client.post(at, {"reader": reader, "words_of": [str(tamsin.pk)]})
        assert made.content.startswith(b"%PDF")
    assert client.post(at, {"reader": "parent-0"}).status_code == 200
