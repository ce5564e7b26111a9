"""One box finds the person meant, however they were written down; nobody is found who is hidden."""

from datetime import date

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.people.actions import NewPerson, create_child, create_people
from hearth.people.asked import read
from hearth.people.matching import likely_matches, search
from hearth.people.models import Address, ContactPoint, Identifier, Name
from hearth.people.tests.factories import RestrictionFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture
def worker():
    return UserFactory.create()


@pytest.fixture
def john(worker):
    new = NewPerson(
        given_names="Jonathan",
        family_name="Smith",
        birth_kind="known",
        born_on=date(2012, 6, 4),
        sex="M",
        is_child=True,
        facts=[
            Address(
                lines="14 Mill Lane",
                postcode="ZZ1 4AB",
                started_on=date(2013, 1, 1),
                ended_on=date(2020, 1, 1),
            ),
            Address(lines="3 Quay Street", postcode="ZZ9 1AA", started_on=date(2020, 1, 1)),
            ContactPoint(kind="mobile", value="07700 900123"),
            ContactPoint(kind="email", value="joe@example.org"),
            Identifier(kind="nhs", value="943 476 5919"),
            Identifier(kind="legacy", value="P-00123456"),
            Name(kind="alias", given_names="Joey", family_name="Quill"),
        ],
    )
    others = [
        NewPerson(
            given_names=f"{given}",
            family_name=family,
            birth_kind="known",
            born_on=date(2000 + n % 20, 1 + n % 12, 1 + n % 28),
        )
        for n, (given, family) in enumerate(
            (given, family)
            for given in ("Ade", "Leela", "Marek", "Owen", "Jon", "Grace")
            for family in ("Smith", "Okafor", "Rahmani", "Smythe", "Quill", "Tredwell")
        )
    ]
    return create_people(people=[new, *others], today=TODAY, by=worker)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Jonathan Smith",
        "smyth 4/6/2012",
        "Smith, Jonathan",
        "smith jonathan 6/4/2012",
        "Jonny Smith 04.06.12",
        "jonathon smiht",
        "Joey Quill",
        "4 June 2012",
        "04062012 smith",
        "2012-06-04",
        "born 14/6/2012 jonathan smith",
        "14 Mill Lane",
        "zz14ab",
        "ZZ9 1AA smith",
        "07700900123",
        "+44 7700 900 123",
        "joe@example.org",
        "9434765919",
        "943 476 5919",
        "P-00123456",
        "p00123456",
        "Jonathan Smith 2012",
        "14 Mill Lane Jonathan",
    ],
)
def test_the_right_child_is_first(john, worker, text):
    found = search(text, worker, today=TODAY)

    assert found.hits[0].person == john, [(str(h.person), h.score, h.reasons) for h in found.hits]
    assert found.hits[0].reasons


def test_the_childs_own_number_finds_them(john, worker):
    assert search(john.la_child_id.lower(), worker, today=TODAY).hits[0].person == john


def test_an_address_left_says_so(john, worker):
    hit = search("14 mill lane", worker, today=TODAY).hits[0]

    assert hit.reasons == ("Lived at 14 Mill Lane, ZZ1 4AB",)
    assert hit.address == "3 Quay Street, ZZ9 1AA"


def kayla(family_name, lines, postcode):
    """Somebody of one first name, and where they live."""
    return NewPerson(
        given_names="Kayla",
        family_name=family_name,
        birth_kind="unknown",
        facts=[Address(lines=lines, postcode=postcode)] if lines else [],
    )


@pytest.mark.parametrize("text", ["Kayla ZZ4 2WS", "Flat 5 Kayla", "Flat 5, 33 Eel Walk Kayla"])
def test_of_two_with_the_name_the_one_who_lived_there_is_first(worker, text):
    elsewhere = kayla("Quill", "Flat 55, 12 Eel Court", "ZZ9 9ZZ")
    meant = kayla("Marsh", "Flat 5, 33 Eel Walk", "ZZ4 2WS")
    create_people(people=[elsewhere, meant], today=TODAY, by=worker)

    first, second = search(text, worker, today=TODAY).hits

    assert [first.person.family_name, second.person.family_name] == ["Marsh", "Quill"]
    assert first.score > second.score


@pytest.mark.parametrize(
    ("lines", "postcode", "is_strong"),
    [("33 Eel Walk", "ZZ4 2WS", True), ("1 New Road", "ZZ8 8ZZ", False), ("", "", True)],
)
def test_a_name_alone_stops_nobody_who_was_told_of_elsewhere(worker, lines, postcode, is_strong):
    known = kayla("Quill", "33 Eel Walk", "ZZ4 2WS")
    (child,) = create_people(people=[known], today=TODAY, by=worker)

    (hit,) = likely_matches(kayla("Quill", lines, postcode).details())

    assert hit.person == child
    assert hit.is_strong == is_strong


@pytest.mark.parametrize(
    "text", ["", "   ", "???", "\x00", "\U0001f600" * 50, "x" * 5000, "31/31/9999"]
)
def test_nonsense_finds_nobody_and_does_no_harm(john, worker, text):
    assert search(text, worker, today=TODAY).hits == []


def test_a_search_says_how_it_was_read():
    asked = read("smyth 4/6/12 zz1 4ab 07700900123", today=TODAY)

    assert asked.read_as[:2] == ["the name smyth", "born 4 June 2012"]
    assert read("30/1/97", today=TODAY).details.born_on == date(1997, 1, 30)


def test_likely_matches_come_with_their_reasons(john):
    new = NewPerson(
        given_names="Jon", family_name="Smyth", birth_kind="known", born_on=date(2012, 4, 6)
    )

    (hit,) = [h for h in likely_matches(new.details()) if h.person == john]

    assert hit.is_strong
    assert "Same date of birth with day and month swapped" in hit.reasons


def test_a_restricted_child_is_in_no_search_and_no_match(john, worker):
    RestrictionFactory.create(person=john)
    new = NewPerson(
        given_names="Jonathan", family_name="Smith", birth_kind="known", born_on=date(2012, 6, 4)
    )

    with acting_as(UserFactory.create()):
        for text in ("Jonathan Smith", "4/6/2012", "9434765919", "14 mill lane", john.la_child_id):
            assert john not in [hit.person for hit in search(text, worker, today=TODAY).hits]
        assert john not in [hit.person for hit in likely_matches(new.details())]
        create_child(new=new, today=TODAY, by=worker)
