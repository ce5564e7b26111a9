"""One search finds what is written, and nothing that is hidden."""

from datetime import date

import pytest

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import RestrictionFactory
from hearth.records import actions
from hearth.records.search import marked, search
from hearth.records.tests.factories import ALONE, document, note, visit

pytestmark = pytest.mark.django_db


def found(text, worker):
    with acting_as(worker), at_most_queries(2):
        return search(text, worker)


def test_a_note_is_found_by_its_words_in_any_form(worker, ade):
    written = note(ade, by=worker, text="He was frightened of the dog next door.")

    (hit,) = found("frightening dogs", worker)

    assert (hit.kind, hit.title) == ("Note", "Call with the school")
    assert (hit.children, hit.happened_on) == ([ade], date(2026, 3, 2))
    assert hit.address == f"/notes/{written.pk}/?child={ade.pk}"
    assert "<mark>frightened</mark>" in hit.excerpt


def test_words_private_to_a_child_are_found_under_that_child(worker, ade, bea):
    written = note(ade, bea, by=worker, texts={bea.pk: "Bea mentioned a trampoline."})

    (hit,) = found("trampoline", worker)

    assert hit.children == [bea]
    assert hit.address == f"/notes/{written.pk}/?child={bea.pk}"


def test_visits_what_children_said_additions_and_documents_are_found(worker, ade):
    made = visit(ade, by=worker, parts=[(ade, ALONE | {"own_words": "The zebra ate my homework"})])
    document(ade, by=worker, title="Zebra drawing")
    actions.add_addendum(written=made, text="The zebra is a toy.", by=worker)
    note(ade, by=worker, headline="Zebra again")

    hits = found("zebra", worker)

    assert sorted((hit.kind, hit.title) for hit in hits) == [
        ("Document", "Zebra drawing"),
        ("Note", "Zebra again"),
        ("Visit", "Child in need visit"),
        ("Visit", "Child in need visit"),
    ]


def test_nothing_about_a_restricted_child_is_found_not_even_shared(worker, ade, bea):
    note(ade, bea, by=worker, text="Shared giraffe", texts={bea.pk: "Own giraffe"})
    visit(ade, bea, by=worker, account="Visited giraffe")
    made = note(ade, by=worker, text="Nothing of note")
    actions.add_addendum(written=made, text="Only Ade's giraffe", by=worker)
    document(bea, by=worker, title="Giraffe")
    RestrictionFactory.create(person=bea)

    assert [str(hit.excerpt) for hit in found("giraffe", worker)] == [
        "Only Ade's <mark>giraffe</mark>".replace("'", "&#x27;")
    ]


def test_what_was_withdrawn_is_not_found(worker, ade):
    actions.withdraw_written(written=note(ade, by=worker), reason="Mistake", by=worker)
    actions.withdraw_written(written=visit(ade, by=worker), reason="Mistake", by=worker)
    actions.withdraw_document(document=document(ade, by=worker), reason="Mistake", by=worker)

    assert found("school OR mother OR report", worker) == []


@pytest.mark.parametrize("text", ["", "   ", "the", "''\"((", "\x00", "a" * 5000, "-", "%_"])
def test_any_words_at_all_may_be_sought(worker, ade, text):
    note(ade, by=worker)

    with acting_as(worker):
        assert search(text, worker) == []


def test_only_those_who_read_records_search_them(ade, worker):
    note(ade, by=worker)
    analyst = UserFactory.create(roles=[Role.ANALYST])

    with acting_as(analyst):
        assert search("school", analyst) == []


def test_what_was_typed_is_never_markup():
    assert marked("<b>\ue000dog\ue001") == "&lt;b&gt;<mark>dog</mark>"
