"""What changed in an enquiry between two versions sent, or since one was returned."""

import pytest
from django.urls import reverse

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.protection import actions
from hearth.protection.tests.factories import submitted, write
from hearth.protection.versions import differences
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db
KEPT = {
    "family": {"home": "Two rooms, warm and clean."},
    "children": [{"child": "Ade", "analysis": "He is safe.", "words_on_visits": ["I like Nan."]}],
    "parents": [{"who": "Mother", "seen_on": "8 June 2026", "account": "It was an accident."}],
    "agencies": [{"agency": "gp", "asked_on": "8 June 2026", "said": ""}],
}


def test_what_differs_is_told_answer_by_answer_with_the_words_marked():
    after = {
        **KEPT,
        "children": [{"child": "Ade", "analysis": "He is not safe.", "words_on_visits": []}],
        "agencies": [{"agency": "gp", "asked_on": "8 June 2026", "said": "Two old bruises."}],
    }

    found = {one.label: one for one in differences(KEPT, after)}

    assert set(found) == {
        "Ade: What it means for them",
        "Ade: Their own words on visits",
        "GP practice, asked on 8 June 2026",
    }
    assert [p.text for p in found["Ade: What it means for them"].after if p.kind == "in"] == [
        "not "
    ]
    assert differences(KEPT, KEPT) == []


def test_an_answer_taken_out_since_is_told_too():
    found = differences(KEPT, {**KEPT, "parents": []})

    assert [(one.label, one.after) for one in found] == [("Mother", [])]


def test_a_returned_enquiry_stands_beside_what_it_says_now_and_then_beside_what_is_sent(client):
    made = submitted()
    worker = made.task.worker
    actions.return_enquiry(enquiry=made, comments="What is the home like?", by=manager())
    made.refresh_from_db()
    write(made, by=worker, home="One cold room.")
    client.force_login(worker)
    where = reverse("protection:enquiry", args=[made.pk])

    with at_most_queries():
        page = client.get(where).content.decode()

    assert "what stands now</strong>: 1 answer differs." in page
    assert "<ins>" in page
    set_worker(hearth_itself())
    actions.submit_enquiry(enquiry=made, by=worker)
    assert "version 2</strong>: 1 answer differs." in client.get(where).content.decode()
    client.force_login(manager())
    deciding = client.get(reverse("protection:decide_enquiry", args=[made.pk])).content.decode()
    assert "What changed since it was last sent" in deciding
