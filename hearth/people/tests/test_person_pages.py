"""The pages that put people on record, and say that they were born or died."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.people.models import (
    Characteristic,
    Person,
)
from hearth.people.tests.factories import ChildFactory, PersonFactory
from hearth.people.tests.pages import the_day, words

pytestmark = pytest.mark.django_db

NEW = {
    "is_child": "yes",
    "given_names": "Amy",
    "family_name": "Tredwell",
    "birth_kind": "known",
    **the_day("born_on", date(2016, 9, 14)),
    "sex": "F",
    "lines": "1 Mill Lane",
    "phone": "07700900123",
    "nhs_number": "9434765919",
}


def test_somebody_new_is_put_on_record(visit):
    answer = visit("create_person", data=NEW)

    made = Person.objects.get(given_names="Amy")
    assert answer.url == reverse("people:person", args=[made.pk])
    assert made.is_child_record
    assert made.identifiers.get().kind == "nhs"
    assert made.contact_points.get().kind == "mobile"


def test_somebody_like_one_on_record_is_asked_about_first(visit, amy):
    asked = visit("create_person", data=NEW)
    assert "Is it one of these people?" in words(asked)
    assert "Same date of birth" in words(asked)
    assert Person.objects.filter(given_names="Amy").count() == 1

    known = visit("create_person", data={**NEW, "shown": amy.pk, "which": amy.pk})
    assert known.url == reverse("people:person", args=[amy.pk])
    visit("create_person", data={**NEW, "shown": amy.pk, "which": "none"})
    assert Person.objects.filter(given_names="Amy").count() == 2


def test_saying_none_of_these_without_having_been_shown_them_asks_again(visit, amy):
    answer = visit("create_person", data={**NEW, "which": "none"})

    assert "Is it one of these people?" in words(answer)
    assert Person.objects.filter(given_names="Amy").count() == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"given_names": "", "family_name": "", "birth_kind": "unknown"}, "how well"),
        (the_day("born_on", date(2099, 1, 1)), "in the future"),
        ({"nhs_number": "123"}, "10 digits"),
        ({"birth_kind": ""}, "How well"),
    ],
)
def test_a_new_record_that_cannot_be_is_refused_in_words(visit, changes, why):
    assert why in words(visit("create_person", data={**NEW, **changes}))
    assert not Person.objects.exists()


def test_births_deaths_and_the_end_of_a_pregnancy(visit):
    baby, lost = ChildFactory.create(unborn=True), ChildFactory.create(unborn=True)
    Person.objects.filter(pk__in=[baby.pk, lost.pk]).update(given_names="")
    for name, child in (("record_birth", baby), ("end_pregnancy", lost), ("record_death", baby)):
        assert visit(name, child.pk).status_code in (200, 403)
    born = {**the_day("born_on", date(2026, 7, 1)), "sex": "F", "given_names": "Bea"}
    # Born in July, told of in July: the clock of the test has not reached it.
    answer = visit("record_birth", baby.pk, data=born)
    assert "must not be in the future" in words(answer) or answer.status_code == 302
    ended = visit("end_pregnancy", lost.pk, data=the_day("ended_on", date(2026, 2, 1)))
    assert ended.status_code == 302
    adult = PersonFactory.create()
    visit("record_death", adult.pk, data=the_day("died_on", date(2026, 2, 1)))
    assert "died 1 February 2026" in words(visit("person", adult.pk))
    assert Characteristic.objects.filter(kind="death").count() == 1


def test_somebody_is_given_a_childs_record(visit):
    parent = PersonFactory.create(born_on=date(2010, 1, 1))
    assert visit("give_child_record", parent.pk).status_code == 200

    visit("give_child_record", parent.pk, data={})

    parent.refresh_from_db()
    assert parent.is_child_record
