"""Relationships are kept once and read both ways; a household moves together."""

from datetime import date

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.lib.errors import CannotDo
from hearth.people.actions import (
    NewTie,
    correct_fact,
    create_household,
    house_people,
    join_household,
    move_household,
    record_death,
    record_relationship,
    relate_people,
)
from hearth.people.models import Address, Household, HouseholdMember, Relationship
from hearth.people.tests.factories import ChildFactory, PersonFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture
def worker():
    return UserFactory.create()


@pytest.fixture
def relate(worker):
    def relate(person, code, other, **more):
        return record_relationship(
            person=person, other_person=other, code=code, today=TODAY, by=worker, **more
        )

    return relate


def test_a_relationship_said_the_other_way_round_is_kept_the_same_way(relate):
    mother, boy = PersonFactory.create(sex="F"), ChildFactory.create(sex="M")

    tie = relate(boy, "son", mother, parental_responsibility=True)

    assert (tie.person, tie.code, tie.other_person) == (mother, "mother", boy)


def test_a_relationship_is_recorded_once_whichever_way_it_is_said(relate):
    mother, boy = PersonFactory.create(sex="F"), ChildFactory.create(sex="M")
    sister = ChildFactory.create(sex="F", born_on=date(2018, 1, 1))
    relate(mother, "mother", boy)
    relate(sister, "sister", boy)

    for person, code, other in [(mother, "mother", boy), (boy, "son", mother)]:
        with pytest.raises(CannotDo, match="already recorded"):
            relate(person, code, other)
    with pytest.raises(CannotDo, match="already recorded"):
        relate(boy, "brother", sister)
    assert Relationship.objects.count() == 2


def test_nobody_is_their_own_relative(relate):
    child = ChildFactory.create()

    with pytest.raises(CannotDo, match="own relative"):
        relate(child, "brother", child)


def test_a_wrong_relationship_is_corrected(relate, worker):
    man, boy = PersonFactory.create(sex="M"), ChildFactory.create()
    tie = relate(man, "father", boy)

    new = correct_fact(
        fact=tie, changes={"code": "stepfather"}, reason="Told by mother", today=TODAY, by=worker
    )

    assert (new.code, new.corrects) == ("stepfather", tie)


def test_an_unknown_relationship_is_refused(relate):
    with pytest.raises(CannotDo, match="no code"):
        relate(PersonFactory.create(), "emperor", ChildFactory.create())


def test_a_household_moves_together_but_for_those_who_stay(worker):
    mother, father, boy = PersonFactory.create(), PersonFactory.create(), ChildFactory.create()
    household = create_household(
        members=[mother, father, boy], started_on=date(2020, 1, 1), today=TODAY, by=worker
    )

    moved = move_household(
        household=household,
        lines="9 Quay Street",
        postcode="ZZ2 1AA",
        moved_on=date(2026, 2, 1),
        staying=[father.pk],
        today=TODAY,
        by=worker,
    )

    assert {address.person for address in moved} == {mother, boy}
    left = HouseholdMember.objects.get(person=father)
    assert left.ended_on == date(2026, 2, 1)
    assert not Address.objects.filter(person=father).exists()
    with pytest.raises(CannotDo, match="Nobody in this household moved"):
        move_household(
            household=household,
            lines="1 Elm",
            moved_on=date(2026, 2, 2),
            staying=[mother.pk, boy.pk],
            today=TODAY,
            by=worker,
        )


def test_a_child_may_live_in_two_households_but_in_each_once(worker):
    mother, father, boy = PersonFactory.create(), PersonFactory.create(), ChildFactory.create()
    first = create_household(members=[mother, boy], today=TODAY, by=worker)
    second = create_household(members=[father, boy], today=TODAY, by=worker)

    with pytest.raises(CannotDo, match="already recorded"):
        join_household(household=second, person=boy, today=TODAY, by=worker)
    with pytest.raises(CannotDo, match="who lives"):
        create_household(members=[], today=TODAY, by=worker)
    assert first.members.count() == second.members.count() == 2


def test_a_death_ends_the_time_in_a_household(worker):
    mother, boy = PersonFactory.create(), ChildFactory.create()
    create_household(members=[mother, boy], started_on=date(2020, 1, 1), today=TODAY, by=worker)

    record_death(person=mother, died_on=date(2026, 2, 1), today=TODAY, by=worker)

    assert HouseholdMember.objects.get(person=mother).ended_on == date(2026, 2, 1)


def test_many_ties_and_households_are_written_at_once(worker):
    mother, boy = PersonFactory.create(sex="F"), ChildFactory.create(sex="M")

    ties = relate_people(
        ties=[
            NewTie(person=boy, other_person=mother, code="son", parental_responsibility=True),
        ],
        today=TODAY,
        by=worker,
    )
    house_people(
        households=[[HouseholdMember(person=mother), HouseholdMember(person=boy)]],
        today=TODAY,
        by=worker,
    )

    assert (ties[0].person, ties[0].code) == (mother, "mother")
    assert Household.objects.get().members.count() == 2
    twice = [NewTie(person=mother, other_person=boy, code="mother")] * 2
    with pytest.raises(CannotDo, match="recorded twice"):
        relate_people(ties=twice, today=TODAY, by=worker)
    with pytest.raises(CannotDo, match="own relative"):
        relate_people(
            ties=[NewTie(person=boy, other_person=boy, code="twin")], today=TODAY, by=worker
        )
