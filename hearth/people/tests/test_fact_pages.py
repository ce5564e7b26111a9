"""What is known of a person: read, recorded and corrected on its pages."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.config.testing import at_most_queries
from hearth.people.models import (
    Address,
    Disability,
    Hazard,
    Identifier,
    Language,
    Name,
)
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.people.tests.pages import LONG_AGO, record, the_day, words

pytestmark = pytest.mark.django_db


def test_the_page_of_a_person_says_all_that_is_so(visit, amy, worker):
    record(Address(person=amy, lines="1 Mill Lane", started_on=LONG_AGO), worker)
    record(Identifier(person=amy, kind="nhs", value="9434765919"), worker)
    said = words(visit("person", amy.pk))

    assert "1 Mill Lane" in said
    assert "943 476 5919" in said
    assert "since" not in said.split("1 Mill Lane")[0][-5:]
    assert "Not recorded" in said


def test_the_page_of_a_person_keeps_to_the_query_budget(visit, client, amy, worker):
    for n in range(12):
        record(Name(person=amy, kind="alias", given_names=f"Alias{'x' * n}"), worker)
    with at_most_queries():
        visit("person", amy.pk)


@pytest.mark.parametrize(
    ("kind", "answers", "said"),
    [
        ("names", {"kind": "alias", "given_names": "Ames"}, "Ames"),
        ("pronouns", {"detail": "she/her"}, "she/her"),
        ("ethnicity", {"code": "WBRI", "detail": "Cornish"}, "White British"),
        ("religion", {"code": "muslim"}, "Muslim"),
        ("immigration-status", {"code": "refugee"}, "Refugee status"),
        ("languages", {"code": "pol", "is_first": "on", "interpreter_needed": "on"}, "Polish"),
        ("disabilities", {"code": "HEAR", "detail": "Hearing aids"}, "Hearing aids"),
        ("addresses", {"kind": "home", "lines": "1 Mill Lane", "postcode": "zz14ab"}, "ZZ1 4AB"),
        ("contacts", {"kind": "mobile", "value": "07700900123", "note": "Text"}, "07700 900123"),
        ("numbers", {"kind": "nhs", "value": "943 476 5919"}, "943 476 5919"),
        ("no-upn", {"code": "UN1"}, "Not of school age"),
    ],
)
def test_each_kind_of_fact_is_recorded_from_its_page(visit, amy, kind, answers, said):
    answer = visit("record_fact", amy.pk, kind, data=answers)

    assert answer.status_code == 302, words(answer)
    assert said in words(visit("person", amy.pk))
    assert visit("record_fact", amy.pk, kind).status_code == 200


def test_the_first_name_of_somebody_is_taken_to_be_their_legal_one(visit, amy):
    nameless = ChildFactory.create(given_names="", family_name="")

    for person, taken in ((nameless, 1), (amy, 0)):
        page = visit("record_fact", person.pk, "names").content.decode()
        assert page.count(" checked") == taken


def test_a_hazard_is_on_every_page_of_the_child_and_waits_to_be_looked_at(visit, amy, worker):
    answers = {"code": "dog", "detail": "Bit a nurse", **the_day("review_on", date(2099, 6, 1))}
    visit("record_fact", amy.pk, "hazards", data=answers)
    assert "Dog or other animal" in words(visit("genogram", amy.pk))

    Hazard.objects.update(review_on=date(2026, 1, 1))
    assert "Bit a nurse" in words(visit("hazards"))


def test_how_a_child_must_be_spoken_with_is_on_every_page_of_the_child(visit, amy, worker):
    record(Language(person=amy, code="pol", interpreter_needed=True), worker)
    record(Language(person=amy, code="eng"), worker)
    record(Disability(person=amy, code="HEAR"), worker)
    record(Disability(person=amy, code="MOB"), worker)

    said = strip_tags(words(visit("genogram", amy.pk)))

    assert "Interpreter neededPolish" in said
    assert "CommunicationHearing" in said
    assert "English" not in said
    assert "Mobility" not in said


@pytest.mark.parametrize(
    ("kind", "answers", "why"),
    [
        ("names", {"kind": "alias"}, "letters in it"),
        ("numbers", {"kind": "upn", "value": "A123"}, "13 characters"),
        ("addresses", {"kind": "home", "lines": "1 Elm", "postcode": "x"}, "full UK postcode"),
        (
            "addresses",
            {"kind": "home", "lines": "1 Elm", **the_day("started_on", date(1999, 1, 1))},
            "not yet born",
        ),
        ("addresses", {"kind": "home", "lines": "x" * 400}, "300 characters or fewer"),
        ("ethnicity", {"code": "NOPE"}, "Select a valid choice"),
    ],
)
def test_a_bad_answer_keeps_every_word_and_says_what_to_do(visit, amy, kind, answers, why):
    answer = visit("record_fact", amy.pk, kind, data=answers)

    assert answer.status_code == 200
    assert why in words(answer)
    for typed in answers.values():
        assert str(typed) in words(answer) or typed == "NOPE"


def test_a_number_somebody_else_has_is_warned_of_once(visit, amy, worker):
    record(Identifier(person=ChildFactory.create(), kind="nhs", value="9434765919"), worker)
    answers = {"kind": "nhs", "value": "9434765919"}

    first = visit("record_fact", amy.pk, "numbers", data=answers)
    assert "has this number too" in words(first)
    visit("record_fact", amy.pk, "numbers", data={**answers, "checked": "on"})

    assert amy.identifiers.count() == 1


def test_a_fact_is_corrected_with_a_reason_and_the_history_keeps_both(visit, amy, worker):
    fact = record(Address(person=amy, lines="1 Mill Lane", started_on=LONG_AGO), worker)
    assert "1 Mill Lane" in words(visit("correct_fact", amy.pk, "addresses", fact.pk))

    answers = {"kind": "home", "lines": "11 Mill Lane", **the_day("started_on", LONG_AGO)}
    refused = visit("correct_fact", amy.pk, "addresses", fact.pk, data=answers)
    assert "Answer “Why was it wrong?”" in words(refused)
    assert "11 Mill Lane" in words(refused)
    visit("correct_fact", amy.pk, "addresses", fact.pk, data={**answers, "reason": "Misheard"})

    history = words(visit("history", amy.pk, "addresses"))
    assert "11 Mill Lane" in history
    assert "Misheard" in history
    gone = visit("correct_fact", amy.pk, "addresses", fact.pk, data={**answers, "reason": "x"})
    assert "by somebody else" in words(gone)


def test_a_fact_is_ended_and_another_withdrawn(visit, amy, worker):
    fact = record(Address(person=amy, lines="1 Mill Lane", started_on=LONG_AGO), worker)
    other = record(Address(person=amy, lines="2 Elm", started_on=date(2025, 1, 6)), worker)

    visit("withdraw_fact", amy.pk, "addresses", other.pk, data={"reason": "No", "reopen": "on"})
    fact.refresh_from_db()
    assert fact.ended_on is None
    visit("end_fact", amy.pk, "addresses", fact.pk, data=the_day("ended_on", date(2026, 1, 5)))
    fact.refresh_from_db()
    assert fact.ended_on == date(2026, 1, 5)
    assert visit("end_fact", amy.pk, "addresses", fact.pk).status_code == 200
    assert visit("withdraw_fact", amy.pk, "addresses", fact.pk).status_code == 200


@pytest.mark.parametrize("kind", ["nonsense", "network", "relationships"])
def test_a_kind_guessed_in_an_address_is_not_found(visit, amy, kind):
    assert visit("record_fact", amy.pk, kind).status_code == 404


def test_a_fact_of_somebody_else_guessed_in_an_address_is_not_found(visit, amy, worker):
    fact = record(Address(person=ChildFactory.create(), lines="1 Mill Lane"), worker)

    assert visit("correct_fact", amy.pk, "addresses", fact.pk).status_code == 404


def test_a_restricted_person_is_not_found(visit, amy):
    RestrictionFactory.create(person=amy)

    for name in ("person", "genogram", "record_birth", "propose_merge", "record_relationship"):
        assert visit(name, amy.pk).status_code == 404


def test_an_analyst_opens_nobody(visit, amy):
    analyst = UserFactory.create(roles=[Role.ANALYST])

    assert visit("person", amy.pk, as_=analyst).status_code == 403


def test_an_inspector_sees_and_changes_nothing(visit, amy):
    inspector = UserFactory.create(roles=[Role.INSPECTOR])

    assert "Correct" not in words(visit("person", amy.pk, as_=inspector))
    assert visit("record_fact", amy.pk, "names").status_code == 403
