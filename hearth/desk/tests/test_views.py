"""The desk's pages."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.accounts.actions import system_worker
from hearth.accounts.tests.factories import UserFactory
from hearth.config.testing import at_most_queries
from hearth.people.actions import NewPerson, create_child
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.records.tests.factories import note

pytestmark = pytest.mark.django_db


def known_child(given_names, family_name):
    new = NewPerson(
        given_names=given_names,
        family_name=family_name,
        birth_kind="known",
        born_on=date(2016, 9, 14),
    )
    return create_child(new=new, today=date(2026, 2, 2), by=system_worker())


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


def test_a_search_finds_a_child_by_a_misspelt_name(client):
    child = known_child("Tamsin", "Pemberton")
    client.force_login(UserFactory.create())

    with at_most_queries(15):
        page = client.get(reverse("desk:search"), {"q": "tamsyn pembertin"}).content.decode()

    assert reverse("desk:child", args=[child.pk]) in page


def test_a_search_never_shows_a_restricted_child(client):
    RestrictionFactory.create(person=known_child("Tamsin", "Pemberton"))
    client.force_login(UserFactory.create())

    page = client.get(reverse("desk:search"), {"q": "tamsin pemberton"}).content.decode()

    assert "Nobody found" in page


def test_a_search_finds_what_is_written_below_the_people(client):
    worker, child = UserFactory.create(), ChildFactory.create()
    written = note(child, by=worker, text="He keeps a tortoise <b>called</b> Speedy.")
    client.force_login(worker)

    with at_most_queries(15):
        page = client.get(reverse("desk:search"), {"q": "tortoises"}).content.decode()

    assert "In notes, visits and documents" in page
    assert f"/notes/{written.pk}/?child={child.pk}" in page
    assert "<mark>tortoise</mark>" in page
    assert "<b>called" not in page
