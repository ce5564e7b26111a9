"""The pages of parents' views and of agencies."""

import pytest

from hearth.assessments.tests.pages import address, sent_form, text

pytestmark = pytest.mark.django_db


def test_parents_are_asked_and_somebody_else_may_be_added(client, being_written):
    at = address("parents", being_written.pk)
    page = client.get(at)
    assert "Marian Pemberton" in text(page)
    [mother, _] = page.context["parts"]
    given = sent_form(page) | {
        f"adult-{mother.child.pk}-views": "I am tired.",
        f"adult-{mother.child.pk}-seen_on": "2026-02-11",
        "adult-other-new-name": "Joss",
        "adult-other-new-views": "I am her friend.",
    }

    done = client.post(at, given)

    assert done.url == address("agencies", being_written.pk)
    assert {str(view) for view in being_written.parents.all()} == {"Marian Pemberton", "Joss"}
    again = client.get(at)
    assert [part.child.name for part in again.context["parts"]] == [
        "Marian Pemberton",
        "Joss",
        "Somebody else",
    ]


def test_views_of_nobody_are_refused_on_the_page(client, being_written):
    at = address("parents", being_written.pk)

    page = client.post(at, sent_form(client.get(at)) | {"adult-other-new-views": "Anonymous."})

    assert "Say whose views these are" in text(page)
    assert "Anonymous." in text(page)


def test_two_editors_of_a_parents_views_see_both(client, being_written):
    at = address("parents", being_written.pk)
    before = client.get(at)
    [mother, _] = before.context["parts"]
    box = f"adult-{mother.child.pk}-views"
    assert client.post(at, sent_form(before) | {box: "Theirs."}).status_code == 302

    page = client.post(at, sent_form(before) | {box: "Mine."})

    assert page.status_code == 409
    assert "Theirs." in text(page)
    assert client.post(at, sent_form(page)).status_code == 302
    assert being_written.parents.get().views == "Mine."


def test_an_agency_is_asked_chased_and_answers(client, being_written):
    at = address("agencies", being_written.pk)
    page = client.post(at, {"agency": "gp", "asked_on": "2026-02-05", "child": ""}, follow=True)
    assert "GP practice was asked" in text(page)
    asked = being_written.agencies.get()

    chase = address("chase_agency", asked.pk)
    assert client.get(chase).status_code == 200
    assert client.post(chase, {"chased_on": "2026-02-12"}).url == at
    answer = address("answer_agency", asked.pk)
    assert client.get(answer).status_code == 200
    assert "or below why there is no answer" in text(client.post(answer, {"said": ""}))
    assert "Enter the date they answered" in text(client.post(answer, {"said": "Fine."}))
    assert (
        client.post(answer, {"said": "All well.", "answered_on": "2026-02-20"}).status_code == 302
    )
    shown = text(client.get(at))
    assert "again 12 February 2026" in shown
    assert "All well." in shown
