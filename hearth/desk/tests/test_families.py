"""A family's page: every child a column, and what is open for each."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.config.testing import at_most_queries
from hearth.desk.families import page_of_family
from hearth.people.tests.factories import (
    ChildFactory,
    PersonFactory,
    RelationshipFactory,
    RestrictionFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def siblings():
    """Two children of one mother, the elder with an open case."""
    mother = PersonFactory.create(given_names="Nadia", family_name="Quill")
    elder = ChildFactory.create(given_names="Owen", family_name="Quill")
    younger = ChildFactory.create(given_names="Leela", family_name="Quill")
    for child in (elder, younger):
        RelationshipFactory.create(person=mother, other_person=child)
    AllocationFactory.create(episode=EpisodeFactory.create(child=elder))
    return elder, younger


def test_each_child_of_the_family_has_a_column(siblings):
    elder, younger = siblings

    page = page_of_family(elder, today=TODAY)

    assert [column.child for column in page.columns] == [elder, younger]
    assert page.columns[0].lead
    assert page.columns[1].lead == ""


def test_the_page_names_the_adults_and_stays_within_its_queries(client, siblings):
    client.force_login(UserFactory.create())

    with at_most_queries(15):
        page = client.get(reverse("desk:family", args=[siblings[0].pk])).content.decode()

    assert "Nadia Quill" in page
    assert "Nobody allocated" in page


def test_a_restricted_sibling_leaves_no_trace(client, siblings):
    RestrictionFactory.create(person=siblings[1])
    client.force_login(UserFactory.create())

    page = client.get(reverse("desk:family", args=[siblings[0].pk])).content.decode()

    assert "Leela" not in page
