"""Somebody is put on record once, with a number of ours when they are a child."""

from datetime import date

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.lib.errors import CannotDo
from hearth.lib.identifiers import check_la_child_id
from hearth.people.actions import (
    NewPerson,
    create_child,
    create_people,
    create_person,
    end_pregnancy,
    give_child_record,
    record_birth,
    record_death,
    record_fact,
    refresh_many,
    why_not_create,
)
from hearth.people.models import (
    Address,
    Characteristic,
    Disability,
    Language,
    Name,
    Person,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture
def worker():
    return UserFactory.create()


def amy(**changes):
    given = {
        "given_names": "Amy",
        "family_name": "Tredwell",
        "birth_kind": "known",
        "born_on": date(2016, 9, 14),
        "sex": "F",
    }
    return NewPerson(**{**given, **changes})


def unborn(**changes):
    return amy(given_names="", birth_kind="expected", born_on=date(2026, 8, 1), sex="U", **changes)


def test_each_child_gets_a_number_of_ours_and_a_parent_none(worker):
    child = create_child(new=amy(), today=TODAY, by=worker)
    parent = create_person(
        new=NewPerson(given_names="Joan", family_name="Tredwell"), today=TODAY, by=worker
    )

    assert check_la_child_id(str(child.la_child_id)) == child.la_child_id
    assert parent.la_child_id is None
    assert (child.name, child.born_on, child.sex) == ("Amy Tredwell", date(2016, 9, 14), "F")


def test_somebody_very_like_one_on_record_is_not_created_until_a_worker_says_they_differ(worker):
    first = create_child(new=amy(), today=TODAY, by=worker)

    with pytest.raises(CannotDo, match="already on record: Amy Tredwell"):
        create_child(new=amy(given_names="Aimee"), today=TODAY, by=worker)
    second = create_child(new=amy(given_names="Aimee"), none_of=[first.pk], today=TODAY, by=worker)

    assert second.pk != first.pk


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"born_on": date(2026, 3, 3)}, "in the future"),
        ({"born_on": date(1890, 3, 3)}, "125 years"),
        ({"birth_kind": "unknown"}, "how well"),
        ({"born_on": None}, "how well"),
        ({"birth_kind": "expected", "born_on": date(2026, 8, 1)}, "sex of an unborn"),
        ({"birth_kind": "expected", "sex": "U", "born_on": date(2027, 8, 1)}, "too far"),
        ({"birth_kind": "expected", "sex": "U", "born_on": date(2020, 8, 1)}, "too long ago"),
        ({"facts": [Address(lines="1 Elm", started_on=date(2010, 1, 1))]}, "before 14 September"),
        ({"facts": [Disability(code="NONE"), Disability(code="LD")]}, "together"),
        (
            {"facts": [Language(code="eng", is_first=True), Language(code="pol", is_first=True)]},
            "More than one first",
        ),
        ({"facts": [Address(lines="1 Elm"), Address(lines="2 Elm")]}, "already recorded"),
    ],
)
def test_somebody_who_cannot_be_is_refused_and_nothing_is_written(worker, changes, why):
    with pytest.raises(CannotDo, match=why):
        create_child(new=amy(**changes), today=TODAY, by=worker)
    assert why in str(why_not_create(amy(**changes), TODAY))

    assert not Person.objects.exists()


def test_a_birth_keeps_the_date_it_was_expected(worker):
    child = create_child(
        new=unborn(facts=[Address(lines="1 Elm", started_on=date(2026, 1, 1))]),
        today=TODAY,
        by=worker,
    )
    assert (child.name, child.age_in_words(TODAY)) == ("Unborn Tredwell", "unborn")

    record_birth(
        person=child,
        born_on=date(2026, 7, 28),
        sex="F",
        given_names="Bea",
        today=date(2026, 7, 30),
        by=worker,
    )

    child.refresh_from_db()
    assert (child.name, child.born_on, child.sex) == ("Bea Tredwell", date(2026, 7, 28), "F")
    assert [(b.kind, b.ended_on) for b in child.births.order_by("id")] == [
        ("expected", date(2026, 7, 28)),
        ("known", None),
    ]
    with pytest.raises(CannotDo, match="was not expected"):
        record_birth(person=child, born_on=TODAY, sex="F", today=TODAY, by=worker)


def test_an_address_before_birth_still_stands_once_the_child_is_born(worker):
    child = create_child(new=unborn(), today=TODAY, by=worker)
    record_birth(
        person=child, born_on=date(2026, 7, 28), sex="M", today=date(2026, 7, 30), by=worker
    )

    fact = Address(person=child, lines="1 Elm", started_on=date(2026, 6, 1))
    record_fact(fact=fact, today=date(2026, 7, 30), by=worker)

    assert fact.pk


def test_an_unborn_child_has_no_sex_and_no_death(worker):
    child = create_child(new=unborn(), today=TODAY, by=worker)

    with pytest.raises(CannotDo, match="sex of an unborn"):
        record_fact(fact=Characteristic(person=child, kind="sex", code="F"), today=TODAY, by=worker)
    with pytest.raises(CannotDo, match="not yet born"):
        record_death(person=child, died_on=TODAY, today=TODAY, by=worker)
    with pytest.raises(CannotDo, match="expected on 1 August 2026"):
        record_birth(person=child, born_on=date(2025, 3, 1), sex="F", today=TODAY, by=worker)
    with pytest.raises(CannotDo, match="in the future"):
        record_birth(person=child, born_on=date(2026, 7, 1), sex="F", today=TODAY, by=worker)


def test_the_end_of_a_pregnancy_keeps_the_expected_date(worker):
    child = create_child(new=unborn(), today=TODAY, by=worker)

    child = end_pregnancy(person=child, ended_on=date(2026, 3, 1), today=TODAY, by=worker)

    assert (child.born_on, child.age_in_words(TODAY)) == (date(2026, 8, 1), "pregnancy ended")
    with pytest.raises(CannotDo, match="ended on 1 March 2026"):
        end_pregnancy(person=child, ended_on=date(2026, 3, 1), today=TODAY, by=worker)


def test_nothing_starts_after_a_death_and_it_is_recorded_once(worker):
    child = create_child(new=amy(), today=TODAY, by=worker)
    child = record_death(person=child, died_on=date(2026, 2, 1), today=TODAY, by=worker)

    assert child.died_on == date(2026, 2, 1)
    with pytest.raises(CannotDo, match="died on 1 February 2026"):
        record_fact(
            fact=Address(person=child, lines="1 Elm", started_on=date(2026, 2, 2)),
            today=TODAY,
            by=worker,
        )
    with pytest.raises(CannotDo, match="already recorded"):
        record_death(person=child, died_on=date(2026, 2, 1), today=TODAY, by=worker)


def test_a_young_parent_can_be_given_a_childs_record(worker):
    parent = create_person(new=amy(), today=TODAY, by=worker)

    give_child_record(person=parent, today=TODAY, by=worker)

    parent.refresh_from_db()
    assert f"i:{parent.la_child_id}" in parent.search_keys
    with pytest.raises(CannotDo, match="already"):
        give_child_record(person=parent, today=TODAY, by=worker)
    old = create_person(
        new=NewPerson(given_names="Joan", birth_kind="known", born_on=date(1960, 1, 1)),
        today=TODAY,
        by=worker,
    )
    with pytest.raises(CannotDo, match="is 66"):
        give_child_record(person=old, today=TODAY, by=worker)


def test_many_are_put_on_record_with_the_columns_that_refreshing_would_draw(worker):
    people = create_people(
        people=(
            amy(
                given_names=f"Amy {n}",
                known_as="Ames",
                facts=[Name(kind="alias", given_names="Amie"), Address(lines=f"{n} Elm Road")],
            )
            for n in range(1, 31)
        ),
        today=TODAY,
        by=worker,
    )
    drawn = [(p.name, p.born_on, p.sex, p.search_keys) for p in people]

    refresh_many(people)

    assert [(p.name, p.born_on, p.sex, p.search_keys) for p in people] == drawn
    assert Person.objects.filter(known_as="Ames").count() == 30
