"""Notes, recorded, corrected and narrowed on their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.records import actions
from hearth.records.models import Draft
from hearth.records.tests.factories import note

pytestmark = pytest.mark.django_db


def typed(**kwargs):
    return {
        "kind": "phone",
        "happened_at": "2026-03-02 2:00pm",
        "headline": "Call with the school",
        "significance": "low",
    } | kwargs


def test_a_note_is_recorded_for_the_children_ticked(browser, worker, ade, bea, mother):
    answer = browser.post(
        reverse("records:record_note", args=[ade.pk]),
        typed(
            text="He is tired.", **{f"child-{bea.pk}-included": "on", f"child-{bea.pk}-text": "B"}
        ),
        follow=True,
    )

    assert "Note recorded" in answer.content.decode()
    set_worker(hearth_itself())
    written = ade.note_parts.get().note
    assert written.about == sorted([ade.pk, bea.pk])
    assert bea.note_parts.get().text == "B"


def test_words_written_for_a_child_who_was_not_ticked_are_asked_about(browser, ade, bea, mother):
    answer = browser.post(
        reverse("records:record_note", args=[ade.pk]), typed(**{f"child-{bea.pk}-text": "Bea"})
    )

    assert answer.status_code == 200
    assert "Tick the box to make this about them" in answer.content.decode()


def test_a_note_sent_wrong_keeps_every_word_and_says_what_to_do(browser, ade):
    answer = browser.post(
        reverse("records:record_note", args=[ade.pk]),
        typed(headline="", text="Half a thought \u202eabout", happened_at="30/2/2026"),
    )

    page = answer.content.decode()
    assert "There is a problem" in page
    assert "Half a thought" in page
    assert "data-draft-posted" in page


def test_a_note_sent_twice_from_one_page_is_recorded_once(browser, ade):
    page = browser.get(reverse("records:record_note", args=[ade.pk]))
    once = page.context["form"]["uuid"].value()

    for _ in range(2):
        browser.post(reverse("records:record_note", args=[ade.pk]), typed(uuid=str(once)))

    set_worker(hearth_itself())
    assert ade.note_parts.count() == 1


def test_a_sent_note_takes_its_draft_with_it(browser, worker, ade):
    actions.save_draft(
        key=f"records.note.{ade.pk}", version=0, fields={"text": ["x"]}, about=[ade.pk], by=worker
    )

    browser.post(reverse("records:record_note", args=[ade.pk]), typed())

    set_worker(hearth_itself())
    assert not Draft.objects.unfinished().exists()


def test_routine_contact_takes_one_line(browser, ade):
    answer = browser.post(
        reverse("records:record_contact_line", args=[ade.pk]),
        {"kind": "phone", "headline": "Left a message for the school"},
        follow=True,
    )

    assert "Left a message for the school" in answer.content.decode()


def test_a_manager_directs_the_whole_sibling_group_at_once(client, manager, ade, bea, mother):
    client.force_login(manager)
    page = client.get(reverse("records:record_oversight", args=[ade.pk]))
    assert f'name="child-{bea.pk}-included"' in page.content.decode()

    answer = client.post(
        reverse("records:record_oversight", args=[ade.pk]),
        {
            "oversight_point": "allocation",
            "text": "See both by Friday.",
            f"child-{bea.pk}-included": "on",
        },
        follow=True,
    )

    assert "Direction recorded" in answer.content.decode()
    set_worker(hearth_itself())
    assert bea.note_parts.get().note == ade.note_parts.get().note


def test_only_a_manager_opens_the_page_for_direction(browser, ade):
    assert browser.get(reverse("records:record_oversight", args=[ade.pk])).status_code == 403


def test_a_note_is_edited_on_its_day_and_the_page_says_what_it_said_before(browser, worker, ade):
    written = note(ade, by=worker)

    browser.post(
        reverse("records:edit_note", args=[written.pk]),
        typed(version=1, headline="Call with the nurse", **{f"child-{ade.pk}-text": "Private"}),
    )

    page = browser.get(reverse("records:read_note", args=[written.pk])).content.decode()
    before = browser.get(reverse("records:note_versions", args=[written.pk])).content.decode()
    assert "Call with the nurse" in page
    assert "Edited" in page
    assert "Call with the school" in before


def test_an_edit_of_words_changed_since_shows_both_and_is_saved_when_sent_again(
    browser, worker, ade
):
    written = note(ade, by=worker)
    address = reverse("records:edit_note", args=[written.pk])
    browser.post(address, typed(version=1, text="Written in the other window"))

    clash = browser.post(address, typed(version=1, text="Written here"))

    page = clash.content.decode()
    assert "What it says now" in page
    assert "Written in the other window" in page
    assert "Written here" in page
    again = browser.post(
        address, typed(version=clash.context["form"]["version"].value(), text="Both")
    )
    assert again.status_code == 302


def test_a_draft_of_an_edit_older_than_the_latest_edit_is_shown_beside_it(browser, worker, ade):
    written = note(ade, by=worker)
    actions.save_draft(
        key=f"records.edit-note.{written.pk}",
        version=0,
        fields={"text": ["Begun earlier"]},
        about=[ade.pk],
        by=worker,
    )
    Draft.objects.update(updated_at=timezone.now() - timedelta(minutes=5))
    actions.edit_note(
        note=written,
        version=1,
        happened_at=written.happened_at,
        headline="x",
        text="Changed elsewhere",
        texts={},
        by=worker,
    )

    page = browser.get(reverse("records:edit_note", args=[written.pk])).content.decode()

    assert "What it says now" in page


def test_what_is_said_about_a_note_afterwards_stands_under_it(client, worker, manager, ade, bea):
    written = note(ade, bea, by=worker)
    client.force_login(manager)
    client.post(reverse("records:mark_note_read", args=[written.pk]))
    client.post(reverse("records:feedback_on_note", args=[written.pk]), {"text": "Clear."})
    client.post(
        reverse("records:add_to_note", args=[written.pk]), {"text": "For Ade.", "child": ade.pk}
    )
    client.post(reverse("records:put_in_chronology", args=[written.pk]), {"significance": "medium"})

    address = reverse("records:read_note", args=[written.pk])
    ades = client.get(address, {"child": ade.pk}).content.decode()
    assert "Clear." in ades
    assert "For Ade." in ades
    assert f"Read by {manager}" in ades
    assert "For Ade." not in client.get(address, {"child": bea.pk}).content.decode()


def test_a_withdrawn_note_is_read_by_a_manager_and_not_by_others(client, worker, manager, ade):
    written = note(ade, by=worker, text="Another child's secret")
    client.force_login(worker)
    client.post(reverse("records:withdraw_note", args=[written.pk]), {"reason": "Wrong child"})
    address = reverse("records:read_note", args=[written.pk])

    mine = client.get(address).content.decode()
    listed = client.get(reverse("records:notes", args=[ade.pk]), {"show": "withdrawn"})
    client.force_login(manager)

    assert "Wrong child" in mine
    assert "secret" not in mine
    assert "Wrong child" in listed.content.decode()
    assert "secret" not in listed.content.decode()
    assert "secret" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("asked", "found", "not_found"),
    [
        ({"show": "notes"}, "Call with the school", "Child in need visit"),
        ({"show": "visits"}, "Child in need visit", "Call with the school"),
        ({"show": "oversight"}, "at allocation", "Call with the school"),
        ({"text": "tired"}, "Call with the school", "at allocation"),
        ({"text": "i am ade"}, "Child in need visit", "Call with the school"),
        ({"text": "blue door"}, "Nothing matches", "Call with the school"),
        ({"show": "nonsense", "page": "999"}, "Call with the school", "Nothing matches"),
    ],
)
def test_notes_and_visits_are_narrowed(browser, full, ade, asked, found, not_found):
    page = browser.get(reverse("records:notes", args=[ade.pk]), asked).content.decode()

    assert found in page
    assert not_found not in page.replace("Record a visit", "")


def test_the_list_costs_no_more_with_many_notes(browser, worker, ade):
    for number in range(30):
        note(ade, by=worker, headline=f"Note {number}")

    with at_most_queries(15):
        page = browser.get(reverse("records:notes", args=[ade.pk])).content.decode()

    assert "30 notes and visits, showing 1 to 25" in page
