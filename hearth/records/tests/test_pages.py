"""Every page of the room: drawn, refused, empty, and never a sibling's private words."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import (
    PersonFactory,
    RelationshipFactory,
    RestrictionFactory,
)
from hearth.records import actions
from hearth.records.models import ChronologyEntry, DocumentVersion, Draft, Visit
from hearth.records.tests.factories import ALONE, NOT_SEEN, PDF, document, note, upload, visit

pytestmark = pytest.mark.django_db
PRIVATE = "Only Bea knows about the blue door"


@pytest.fixture
def mother(ade, bea):
    """What makes Ade and Bea siblings."""
    mother = PersonFactory.create(given_names="Dana", family_name="Quill")
    for child in (ade, bea):
        RelationshipFactory.create(person=mother, other_person=child)
    return mother


@pytest.fixture
def browser(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def full(worker, manager, ade, bea, mother):
    """A family with one of everything, Bea's private words in all of it."""
    both = note(
        ade, bea, by=worker, significance="medium", texts={bea.pk: PRIVATE, ade.pk: "Ade's own."}
    )
    made = visit(
        ade,
        bea,
        by=worker,
        parts=[
            (ade, ALONE | {"own_words": "I am Ade and I am fine"}),
            (bea, ALONE | {"own_words": PRIVATE, "observation": PRIVATE}),
        ],
        home="Warm.",
        present="Dana Quill",
        announced=False,
        concern=True,
        place="Home",
    )
    actions.add_addendum(written=both, text=PRIVATE, child=bea, by=worker)
    actions.add_addendum(written=made, text=PRIVATE, child=bea, by=worker)
    actions.give_feedback(written=both, text="Thank you.", by=manager)
    kept = document(ade, bea, by=worker, confidential_from_family=True, source="School")
    actions.record_oversight(
        children=[ade, bea],
        text="See both by Friday.",
        oversight_point="allocation",
        texts={bea.pk: PRIVATE},
        by=manager,
    )
    today = timezone.localdate()
    plan = actions.plan_visit(
        children=[ade, bea], kind="child_in_need", planned_on=today, worker=worker, by=worker
    )
    entry = ChronologyEntry.objects.of_source(both).get(child=ade)
    actions.add_impact(entry=entry, text="He slept again.", by=worker)
    actions.change_significance(entry=entry, significance="high", reason="Third", by=worker)
    beas = ChronologyEntry.objects.of_source(both).get(child=bea)
    actions.add_impact(entry=beas, text=PRIVATE, by=worker)
    return {"note": both, "visit": made, "document": kept, "plan": plan, "entry": entry}


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


# Notes


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


# Visits


def seen(*children, **kwargs):
    sent = {
        "kind": "child_in_need",
        "outcome": "made",
        "happened_at": "2026-03-03 4pm",
        "account": "Their mother let us in.",
    }
    for child, sight in children:
        sent[f"child-{child.pk}-sight"] = sight
    return sent | kwargs


def test_a_visit_is_recorded_with_what_was_seen_of_each_child(browser, worker, ade, bea, mother):
    answer = browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen(
            (ade, "alone"),
            (bea, "with_others"),
            **{
                f"child-{bea.pk}-reason": "too_young",
                f"child-{ade.pk}-own_words": "I like it here",
                f"child-{ade.pk}-bedroom_seen": "yes",
                "concern": "no",
                "next_visit_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
            },
        ),
        follow=True,
    )

    assert "Visit recorded" in answer.content.decode()
    assert "I like it here" in answer.content.decode()
    set_worker(hearth_itself())
    assert (ade.visit_parts.seen(ade)[0].seen_alone, bea.visit_parts.seen(bea)[0].seen_alone) == (
        True,
        False,
    )
    assert Visit.objects.planned().count() == 1


def test_a_sibling_not_part_of_the_visit_has_no_part(browser, ade, bea, mother):
    browser.post(
        reverse("records:record_visit", args=[ade.pk]), seen((ade, "alone"), (bea, "not_part"))
    )

    set_worker(hearth_itself())
    assert not bea.visit_parts.exists()


def test_an_attempted_visit_asks_only_when(browser, ade):
    browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen(outcome="attempted", account=""),
    )

    set_worker(hearth_itself())
    part = ade.visit_parts.get()
    assert (part.visit.state, part.seen, part.reason) == ("attempted", False, "not_home")


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Say whether they were seen, and alone"),
        ({"sight": "with_others"}, "Say why they were not seen alone"),
        ({"sight": "not_seen"}, "Say why they were not seen"),
        ({"sight": "elsewhere"}, "Select a valid choice"),
    ],
)
def test_a_visit_that_leaves_a_child_out_is_asked_about_and_keeps_every_word(
    browser, ade, sent, why
):
    answer = browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen(home="Cold.", **{f"child-{ade.pk}-{name}": value for name, value in sent.items()}),
    )

    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert "Cold." in answer.content.decode()


def test_a_visit_says_what_happened_and_the_next_is_to_come(browser, ade):
    answer = browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen((ade, "alone"), account="", next_visit_on="2020-01-01"),
    ).content.decode()

    assert "Say what happened on the visit" in answer
    assert "The next visit must be today or later" in answer


def test_words_for_a_sibling_not_part_of_the_visit_are_asked_about(browser, ade, bea, mother):
    answer = browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen((ade, "alone"), (bea, "not_part"), **{f"child-{bea.pk}-own_words": "Hello"}),
    )

    assert "take out the words written for them" in answer.content.decode()


def test_a_visit_is_planned_moved_made_and_leaves_the_day(browser, worker, ade, bea, mother):
    today = timezone.localdate()
    browser.post(
        reverse("records:plan_visit", args=[ade.pk]),
        {
            "kind": "child_in_need",
            "planned_on": today.isoformat(),
            "planned_time": "4pm",
            "worker": worker.pk,
            "also": [bea.pk],
        },
    )
    set_worker(hearth_itself())
    plan = Visit.objects.planned().get()
    assert plan.about == sorted([ade.pk, bea.pk])
    assert "Ade Quill, Bea Quill" in browser.get(reverse("records:day")).content.decode()

    moved = {"planned_on": (today + timedelta(days=1)).isoformat(), "worker": worker.pk}
    browser.post(reverse("records:change_visit", args=[plan.pk]), moved)
    assert "No visit is planned" in browser.get(reverse("records:day")).content.decode()

    browser.post(
        reverse("records:record_planned_visit", args=[plan.pk]),
        seen((ade, "alone"), (bea, "alone")),
    )
    done = browser.get(reverse("records:day"), {"on": "2026-03-03"}).content.decode()
    assert "Child in need visit: Ade Quill, Bea Quill" in done


def test_a_planned_visit_is_cancelled_with_why(browser, worker, full):
    answer = browser.post(
        reverse("records:change_visit", args=[full["plan"].pk]),
        {"worker": worker.pk, "cancelled_reason": "The family is away"},
        follow=True,
    )

    assert "The family is away" in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "why"), [("", "Enter the day, or say why"), ("2020-01-01", "today or later")]
)
def test_a_visit_is_moved_to_a_day_to_come(browser, worker, full, day, why):
    answer = browser.post(
        reverse("records:change_visit", args=[full["plan"].pk]),
        {"planned_on": day, "worker": worker.pk},
    )

    assert why in answer.content.decode()


def test_a_visit_is_not_planned_for_a_day_gone_by(browser, worker, ade):
    answer = browser.post(
        reverse("records:plan_visit", args=[ade.pk]),
        {"kind": "child_in_need", "planned_on": "2020-01-01", "worker": worker.pk},
    )

    assert "The day must be today or later" in answer.content.decode()


def test_a_visit_of_an_earlier_day_waits_to_be_written_up(browser, worker, full):
    Visit.objects.filter(pk=full["plan"].pk).update(planned_on=date(2026, 3, 2))

    with at_most_queries(15):
        page = browser.get(reverse("records:day"), {"on": "nonsense"}).content.decode()

    assert "Still to be written up" in page


def test_a_visit_is_edited_on_its_day(browser, worker, ade):
    made = visit(ade, by=worker)

    browser.post(
        reverse("records:edit_visit", args=[made.pk]),
        seen((ade, "with_others"), version=1, **{f"child-{ade.pk}-reason": "asleep"}),
    )

    page = browser.get(reverse("records:read_visit", args=[made.pk])).content.decode()
    before = browser.get(reverse("records:visit_versions", args=[made.pk])).content.decode()
    assert "seen, not alone" in page
    assert "made tea" in before


def test_an_attempted_visit_is_edited_without_asking_who_was_seen(browser, worker, ade):
    made = visit(ade, by=worker, attempted=True, account="", parts=[(ade, NOT_SEEN)])

    answer = browser.post(
        reverse("records:edit_visit", args=[made.pk]),
        {"version": 1, "happened_at": "2026-03-03 5pm", "agreed": "A letter was left."},
    )

    assert answer.status_code == 302


def test_a_manager_reads_a_visit_and_says_so(client, worker, manager, ade):
    made = visit(ade, by=worker)
    client.force_login(manager)

    client.post(reverse("records:mark_visit_read", args=[made.pk]))
    client.post(reverse("records:feedback_on_visit", args=[made.pk]), {"text": "Good."})
    client.post(reverse("records:add_to_visit", args=[made.pk]), {"text": "Later."})
    page = client.get(reverse("records:read_visit", args=[made.pk])).content.decode()
    client.post(reverse("records:withdraw_visit", args=[made.pk]), {"reason": "Mistake"})
    withdrawn = client.get(reverse("records:read_visit", args=[made.pk])).content.decode()

    assert f"Read by {manager}" in page
    assert "Good." in page
    assert "Later." in page
    assert "Mistake" in withdrawn


# Documents


@pytest.fixture
def version(full):
    return DocumentVersion.objects.get(document=full["document"])


def test_a_document_is_uploaded_and_downloaded_as_it_was(browser, ade, bea, mother, tmp_path):
    browser.post(
        reverse("records:upload_document", args=[ade.pk]),
        {"file": upload(name="School report.pdf"), "kind": "education", "also": [bea.pk]},
    )
    set_worker(hearth_itself())
    kept = DocumentVersion.objects.get()

    answer = browser.get(reverse("records:download_document", args=[kept.pk]))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="School report.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "no-store"
    assert kept.about == sorted([ade.pk, bea.pk])


def test_a_file_that_lies_is_refused_in_words(browser, ade):
    answer = browser.post(
        reverse("records:upload_document", args=[ade.pk]),
        {"file": upload(b"MZ\x90\x00", "Report.pdf"), "kind": "education"},
    )

    assert "is not one inside" in answer.content.decode()


def test_a_file_the_scanner_kept_back_is_not_downloaded(browser, version):
    DocumentVersion.objects.filter(pk=version.pk).update(scan="infected")

    refused = browser.get(reverse("records:download_document", args=[version.pk]))
    page = browser.get(reverse("records:read_document", args=[version.document_id]))
    again = browser.post(reverse("records:scan_again", args=[version.pk]))

    assert refused.status_code == again.status_code == 403
    assert "a virus was found" in page.content.decode()
    assert "Download" not in page.content.decode()


def test_a_withdrawn_document_is_opened_by_a_manager_alone(client, worker, manager, version):
    client.force_login(worker)
    address = reverse("records:download_document", args=[version.pk])
    page = reverse("records:withdraw_document", args=[version.document_id])
    client.post(page, {"reason": "Wrong child"})

    mine = client.get(address)
    client.force_login(manager)

    assert mine.status_code == 403
    assert b"".join(client.get(address).streaming_content) == PDF


def test_a_file_gone_from_the_store_is_said_to_be(browser, version, settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "elsewhere"

    answer = browser.get(reverse("records:download_document", args=[version.pk]))

    assert answer.status_code == 409
    assert "not in the store" in answer.content.decode()


def test_a_document_is_scanned_again_marked_and_given_a_newer_version(browser, version):
    browser.get(reverse("records:scan_again", args=[version.pk]))
    browser.post(reverse("records:scan_again", args=[version.pk]))
    document = version.document
    browser.post(reverse("records:mark_confidential", args=[document.pk]), {})
    browser.post(reverse("records:add_version", args=[document.pk]), {"file": upload()})

    page = browser.get(reverse("records:read_document", args=[document.pk])).content.decode()
    assert "Confidential from the family" not in page
    assert page.count("Download Report.pdf") == 2


def test_withdrawn_documents_are_listed_apart(browser, worker, ade):
    kept = document(ade, by=worker)
    actions.withdraw_document(document=kept, reason="Mistake", by=worker)
    address = reverse("records:documents", args=[ade.pk])

    assert "School report" not in browser.get(address).content.decode()
    assert "School report" in browser.get(address, {"show": "withdrawn"}).content.decode()


# Nothing at all is where a guessed address points


@pytest.mark.parametrize(
    "page",
    ["read_note", "read_visit", "read_document", "download_document", "read_entry", "chronology"],
)
def test_a_guessed_address_opens_nothing(browser, page):
    assert browser.get(reverse(f"records:{page}", args=[987654321])).status_code == 404
