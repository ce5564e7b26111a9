"""Every page of the room: drawn, refused, empty, and never a sibling's private words."""

import pytest
from django.urls import reverse

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import (
    RestrictionFactory,
)
from hearth.records.tests.factories import PRIVATE, note

pytestmark = pytest.mark.django_db

CHILD_PAGES = [
    "chronology",
    "notes",
    "record_note",
    "record_contact_line",
    "plan_visit",
    "record_visit",
    "documents",
    "upload_document",
]


@pytest.mark.parametrize("page", CHILD_PAGES)
def test_a_childs_page_is_drawn_within_its_queries_and_without_a_siblings_private_words(
    browser, full, ade, page
):
    with at_most_queries(15):
        answer = browser.get(reverse(f"records:{page}", args=[ade.pk]))

    assert answer.status_code == 200
    assert PRIVATE not in answer.content.decode()


@pytest.mark.parametrize("page", CHILD_PAGES)
def test_a_childs_page_is_drawn_when_nothing_is_recorded(browser, ade, page):
    assert browser.get(reverse(f"records:{page}", args=[ade.pk])).status_code == 200


RECORD_PAGES = {
    "note": ["read_note", "edit_note", "note_versions", "add_to_note", "withdraw_note"],
    "visit": ["read_visit", "edit_visit", "visit_versions", "add_to_visit", "withdraw_visit"],
    "plan": ["read_visit", "record_planned_visit", "change_visit"],
    "document": ["read_document", "add_version", "mark_confidential", "withdraw_document"],
    "entry": ["read_entry", "change_significance", "add_impact"],
}

FOR_EVERY_CHILD = {"edit_note", "edit_visit", "record_planned_visit"}


@pytest.mark.parametrize(
    ("what", "page"), [(what, page) for what, pages in RECORD_PAGES.items() for page in pages]
)
def test_a_records_page_is_drawn_on_one_childs_record_without_a_siblings_private_words(
    browser, full, ade, what, page
):
    with at_most_queries(15):
        answer = browser.get(
            reverse(f"records:{page}", args=[full[what].pk]), {"child": str(ade.pk)}
        )

    assert answer.status_code == 200
    assert (PRIVATE in answer.content.decode()) == (
        page in FOR_EVERY_CHILD - {"record_planned_visit"}
    )


@pytest.mark.parametrize("page", ["feedback_on_note", "put_in_chronology"])
def test_a_managers_page_of_a_note_is_drawn(client, manager, worker, ade, bea, page):
    routine = note(ade, bea, by=worker)
    client.force_login(manager)

    assert client.get(reverse(f"records:{page}", args=[routine.pk])).status_code == 200


def test_a_shared_record_is_read_on_each_childs_own_record(browser, full, ade, bea):
    address = reverse("records:read_note", args=[full["note"].pk])

    ades = browser.get(address, {"child": ade.pk}).content.decode()
    beas = browser.get(address, {"child": bea.pk}).content.decode()

    assert "Ade&#x27;s own." in ades
    assert PRIVATE not in ades
    assert PRIVATE in beas
    assert "Ade&#x27;s own." not in beas
    assert f'href="?child={bea.pk}"' in ades


@pytest.mark.parametrize("asked", ["999999", "x", "-1"])
def test_a_record_is_not_read_on_the_record_of_a_child_it_is_not_about(browser, full, asked):
    for what, page in (("note", "read_note"), ("document", "read_document")):
        address = reverse(f"records:{page}", args=[full[what].pk])
        assert browser.get(address, {"child": asked}).status_code == 404


def test_a_restricted_sibling_takes_the_shared_records_out_of_sight(browser, full, ade, bea):
    RestrictionFactory.create(person=bea)

    for what, pages in RECORD_PAGES.items():
        address = reverse(f"records:{pages[0]}", args=[full[what].pk])
        assert browser.get(address, {"child": ade.pk}).status_code == 404
    for page in CHILD_PAGES:
        page_of_ade = browser.get(reverse(f"records:{page}", args=[ade.pk])).content.decode()
        assert "Bea" not in page_of_ade
        assert browser.get(reverse(f"records:{page}", args=[bea.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_who_does_not_read_records_is_refused_each_page(client, full, ade, role):
    client.force_login(UserFactory.create(roles=[role]))

    for page in CHILD_PAGES:
        assert client.get(reverse(f"records:{page}", args=[ade.pk])).status_code == 403


# Nothing at all is where a guessed address points


@pytest.mark.parametrize(
    "page",
    ["read_note", "read_visit", "read_document", "download_document", "read_entry", "chronology"],
)
def test_a_guessed_address_opens_nothing(browser, page):
    assert browser.get(reverse(f"records:{page}", args=[987654321])).status_code == 404
