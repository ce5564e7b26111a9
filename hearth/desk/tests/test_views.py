"""The desk's pages."""

import pytest
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import ChildFactory, RestrictionFactory

pytestmark = pytest.mark.django_db


def test_an_empty_desk_says_that_nothing_is_overdue(client):
    client.force_login(UserFactory.create())

    with at_most_queries(15):
        page = client.get(reverse("desk:home")).content.decode()

    assert "Nothing is overdue." in page


def test_a_childs_front_page_names_the_child(client):
    child = ChildFactory.create(given_names="Tamsin", family_name="Quill")
    client.force_login(UserFactory.create())

    page = client.get(reverse("desk:child", args=[child.pk])).content.decode()

    assert "Tamsin Quill" in page


def test_a_restricted_childs_front_page_is_not_found(client):
    child = RestrictionFactory.create().person
    client.force_login(UserFactory.create())

    assert client.get(reverse("desk:child", args=[child.pk])).status_code == 404
