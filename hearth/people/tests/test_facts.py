"""Facts are dated rows: one takes another's place, a correction keeps what was said before."""

from datetime import date

import pytest

from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.lib.errors import CannotDo
from hearth.people.actions import (
    NewPerson,
    correct_fact,
    create_child,
    end_fact,
    record_fact,
    withdraw_fact,
)
from hearth.people.models import (
    Address,
    Birth,
    Characteristic,
    ContactPoint,
    Disability,
    Hazard,
    Identifier,
    Language,
    Name,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture
def worker():
    return UserFactory.create()


@pytest.fixture
def amy(worker):
    new = NewPerson(
        given_names="Amy",
        family_name="Tredwell",
        birth_kind="known",
        born_on=date(2016, 9, 14),
        sex="F",
        ethnicity="WBRI",
    )
    return create_child(new=new, today=TODAY, by=worker)


@pytest.fixture
def record(worker):
    return lambda fact: record_fact(fact=fact, today=TODAY, by=worker)


def home(person, lines, started_on=None, ended_on=None):
    return Address(
        person=person,
        lines=lines,
        postcode="zz14ab",
        started_on=started_on,
        ended_on=ended_on,
    )


def said(person, model=Address):
    rows = model.objects.standing().filter(person=person).order_by("started_on")
    return [(str(row), row.started_on, row.ended_on) for row in rows]


def test_a_new_address_ends_the_one_before_it(amy, record):
    record(home(amy, "1 Mill Lane", date(2020, 1, 6)))
    record(home(amy, "9 Quay Street", date(2025, 5, 1)))

    assert said(amy) == [
        ("1 Mill Lane, ZZ1 4AB", date(2020, 1, 6), date(2025, 5, 1)),
        ("9 Quay Street, ZZ1 4AB", date(2025, 5, 1), None),
    ]


def test_an_address_recorded_late_ends_where_the_next_one_started(amy, record):
    record(home(amy, "9 Quay Street", date(2025, 5, 1)))
    record(home(amy, "1 Mill Lane", date(2020, 1, 6)))

    assert said(amy)[0] == ("1 Mill Lane, ZZ1 4AB", date(2020, 1, 6), date(2025, 5, 1))


def test_an_address_of_no_known_start_gives_way_to_a_dated_one(amy, record):
    record(home(amy, "1 Mill Lane"))
    record(home(amy, "9 Quay Street", date(2025, 5, 1)))

    assert {row[0]: row[2] for row in said(amy)}["1 Mill Lane, ZZ1 4AB"] == date(2025, 5, 1)


def test_a_second_address_of_no_known_start_is_refused(amy, record):
    record(home(amy, "1 Mill Lane"))

    with pytest.raises(CannotDo, match="1 Mill Lane, ZZ1 4AB is already recorded"):
        record(home(amy, "9 Quay Street"))


def test_days_inside_an_ended_address_are_refused(amy, record):
    record(home(amy, "1 Mill Lane", date(2020, 1, 6), date(2024, 1, 8)))

    with pytest.raises(CannotDo, match="from 6 January 2020 up to 8 January 2024"):
        record(home(amy, "9 Quay Street", date(2022, 5, 1)))


def test_the_same_fact_sent_twice_is_recorded_once(amy, record):
    record(home(amy, "1 Mill Lane", date(2020, 1, 6)))

    with pytest.raises(CannotDo, match="already recorded"):
        record(home(amy, "1 Mill Lane", date(2020, 1, 6)))


@pytest.mark.parametrize(
    ("started_on", "ended_on", "why"),
    [
        (date(2016, 9, 13), None, "before 14 September 2016"),
        (date(2026, 3, 3), None, "in the future"),
        (date(2025, 5, 2), date(2025, 5, 1), "before the start"),
    ],
)
def test_days_that_cannot_be_are_refused(amy, record, started_on, ended_on, why):
    with pytest.raises(CannotDo, match=why):
        record(home(amy, "1 Mill Lane", started_on, ended_on))

    assert said(amy) == []


def test_a_correction_keeps_what_was_said_and_why_it_was_wrong(amy, record, worker):
    old = record(home(amy, "1 Mill Lane", date(2020, 1, 6)))

    new = correct_fact(
        fact=old,
        changes={"lines": "11 Mill Lane"},
        reason="Misheard on the phone",
        today=TODAY,
        by=worker,
    )

    old.refresh_from_db()
    assert (old.lines, old.withdrawn_by, old.withdrawn_reason) == (
        "1 Mill Lane",
        worker,
        "Misheard on the phone",
    )
    assert new.corrects == old
    assert said(amy) == [("11 Mill Lane, ZZ1 4AB", date(2020, 1, 6), None)]


def test_correcting_a_start_moves_the_end_of_the_one_before(amy, record, worker):
    record(home(amy, "1 Mill Lane", date(2020, 1, 6)))
    second = record(home(amy, "9 Quay Street", date(2025, 5, 1)))

    correct_fact(
        fact=second,
        changes={"started_on": date(2025, 4, 1)},
        reason="Moved a month earlier",
        today=TODAY,
        by=worker,
    )

    assert [row[1:] for row in said(amy)] == [
        (date(2020, 1, 6), date(2025, 4, 1)),
        (date(2025, 4, 1), None),
    ]


def test_withdrawing_can_let_the_one_before_go_on(amy, record, worker):
    record(home(amy, "1 Mill Lane", date(2020, 1, 6)))
    second = record(home(amy, "9 Quay Street", date(2025, 5, 1)))

    withdraw_fact(fact=second, reason="Another Amy", reopen=True, today=TODAY, by=worker)

    assert said(amy) == [("1 Mill Lane, ZZ1 4AB", date(2020, 1, 6), None)]


def test_a_fact_already_corrected_is_not_corrected_again(amy, record, worker):
    old = record(home(amy, "1 Mill Lane"))
    withdraw_fact(fact=old, reason="Wrong family", today=TODAY, by=worker)

    with pytest.raises(CannotDo, match="somebody else"):
        correct_fact(fact=old, changes={"lines": "2"}, reason="Typo", today=TODAY, by=worker)


def test_a_correction_says_why_and_changes_something(amy, record, worker):
    old = record(home(amy, "1 Mill Lane"))

    with pytest.raises(CannotDo, match="Say why"):
        correct_fact(fact=old, changes={"lines": "2 Elm"}, reason=" ", today=TODAY, by=worker)
    with pytest.raises(CannotDo, match="Nothing was changed"):
        correct_fact(fact=old, changes={}, reason="Typo", today=TODAY, by=worker)


def test_a_fact_ends_on_or_after_it_starts_and_once(amy, record, worker):
    fact = record(home(amy, "1 Mill Lane", date(2020, 1, 6)))

    with pytest.raises(CannotDo, match="started on 6 January 2020"):
        end_fact(fact=fact, ended_on=date(2020, 1, 5), today=TODAY, by=worker)
    end_fact(fact=fact, ended_on=date(2020, 2, 5), today=TODAY, by=worker)
    with pytest.raises(CannotDo, match="ended on 5 February 2020"):
        end_fact(fact=fact, ended_on=date(2020, 2, 6), today=TODAY, by=worker)


def test_columns_and_keys_follow_the_facts(amy, record, worker):
    record(Name(person=amy, kind="known_as", given_names="Ames"))
    record(Name(person=amy, kind="alias", given_names="Amy", family_name="Quill"))
    record(Characteristic(person=amy, kind="pronouns", detail="she/they"))
    record(ContactPoint(person=amy, kind="mobile", value="07700900123"))

    amy.refresh_from_db()
    assert (amy.name, amy.pronouns) == ("Ames Tredwell", "she/they")
    assert "p:700900123" in amy.search_keys
    assert f"i:{amy.la_child_id}" in amy.search_keys


def test_correcting_a_birth_does_not_pass_what_is_already_recorded(amy, record, worker):
    record(home(amy, "1 Mill Lane", date(2016, 10, 1)))
    birth = Birth.objects.get(person=amy)

    with pytest.raises(CannotDo, match="from before that date: 1 Mill Lane"):
        correct_fact(
            fact=birth, changes={"date": date(2017, 9, 14)}, reason="Slip", today=TODAY, by=worker
        )
    correct_fact(
        fact=birth, changes={"date": date(2016, 9, 15)}, reason="Slip", today=TODAY, by=worker
    )

    amy.refresh_from_db()
    assert amy.born_on == date(2016, 9, 15)
    with pytest.raises(CannotDo, match="recorded already"):
        record(Birth(person=amy, kind="known", date=date(2016, 1, 1)))


def test_no_disability_and_a_disability_do_not_stand_together(amy, record):
    record(Disability(person=amy, code="NONE", started_on=date(2024, 1, 1)))
    record(Disability(person=amy, code="HEAR", started_on=date(2025, 1, 1)))

    assert [row[0] for row in said(amy, Disability) if row[2] is None] == ["Hearing"]
    with pytest.raises(CannotDo, match="End or withdraw"):
        record(Disability(person=amy, code="NONE", started_on=date(2026, 1, 1)))


def test_one_first_language_at_a_time(amy, record):
    record(Language(person=amy, code="pol", is_first=True))

    with pytest.raises(CannotDo, match="Another first language"):
        record(Language(person=amy, code="eng", is_first=True))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda p: Identifier(person=p, kind="upn", value="A123"), "13 characters"),
        (lambda p: Identifier(person=p, kind="nhs", value="9434765910"), "not a possible NHS"),
        (lambda p: Identifier(person=p, kind="uln", value="12"), "10 digits"),
        (lambda p: Identifier(person=p, kind="legacy", value=" "), "Enter the number"),
        (lambda p: Name(person=p, given_names="\U0001f600"), "letters in it"),
        (lambda p: Name(person=p, given_names="x" * 201), "200 characters or fewer"),
        (lambda p: Characteristic(person=p, kind="ethnicity", code="XXXX"), "no code XXXX"),
        (lambda p: Characteristic(person=p, kind="pronouns", detail=""), "Enter the pronouns"),
        (lambda p: Characteristic(person=p, kind="death"), "the day it happened"),
        (lambda p: Address(person=p, lines="1 A", postcode="nonsense"), "full UK postcode"),
        (lambda p: Address(person=p, lines=""), "Enter the address"),
        (lambda p: Address(person=p, lines="1 A", uprn="x1"), "UPRN"),
        (lambda p: ContactPoint(person=p, kind="mobile", value="12"), "telephone number"),
        (lambda p: ContactPoint(person=p, kind="mobile", value=" "), "Enter the number"),
        (lambda p: ContactPoint(person=p, kind="email", value="amy"), "email address"),
        (lambda p: Birth(person=p, kind="unknown", date=date(2016, 1, 1)), "Leave the date"),
        (
            lambda p: Hazard(person=p, code="dog", detail="", review_on=date(2026, 6, 1)),
            "Say what the hazard is",
        ),
        (
            lambda p: Hazard(person=p, code="dog", detail="Bites", review_on=date(2026, 3, 2)),
            "must be after",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(amy, record, make, why):
    with pytest.raises(CannotDo, match=why):
        record(make(amy))


def test_names_of_every_script_and_unseen_characters_are_kept_readable(amy, record):
    record(Name(person=amy, kind="alias", given_names="\u202eزینب\x00", family_name="  Al  Amin "))

    name = Name.objects.get(person=amy, kind="alias")
    assert (name.given_names, name.family_name) == ("زینب", "Al Amin")


def test_every_deed_is_in_the_trail(amy, record, worker):
    record(home(amy, "1 Mill Lane"))

    last = TrailEvent.objects.latest("pk")
    assert (last.what, last.by_id, last.about) == ("Recorded: address", worker.pk, [amy.pk])
