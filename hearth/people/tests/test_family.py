"""A child's family, found from what is on record, in a few queries whatever its size."""

from datetime import date

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.config.testing import at_most_queries
from hearth.people.family import family_of, household_name
from hearth.people.tests.factories import (
    AddressFactory,
    ChildFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    RelationshipFactory,
    RestrictionFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def tie(person, code, other, **more):
    return RelationshipFactory.create(
        person=person,
        code=code,
        other_person=other,
        **{"parental_responsibility": None, **more},
    )


@pytest.fixture
def family():
    """Amy, her mother and father, a full and a half brother, a gran, an uncle and a lodger."""

    class People:
        amy = ChildFactory.create(given_names="Amy", sex="F")
        joan = PersonFactory.create(given_names="Joan", family_name="Quill")
        dan = PersonFactory.create(given_names="Dan", family_name="Tredwell", sex="M")
        ben = ChildFactory.create(given_names="Ben")
        tom = ChildFactory.create(given_names="Tom", born_on=date(2010, 1, 1))
        gran = PersonFactory.create(given_names="Gran", born_on=date(1950, 1, 1))
        uncle = PersonFactory.create(given_names="Uncle", sex="M")
        lodger = PersonFactory.create(given_names="Lodger", sex="M")
        partner = PersonFactory.create(given_names="Pat", sex="F")
        tomdad = PersonFactory.create(given_names="Tomdad", sex="M")

    tie(People.joan, "mother", People.amy, parental_responsibility=True)
    tie(People.dan, "father", People.amy, parental_responsibility=False)
    tie(People.joan, "mother", People.ben)
    tie(People.dan, "father", People.ben)
    tie(People.joan, "mother", People.tom)
    tie(People.tomdad, "father", People.tom)
    tie(People.gran, "mother", People.joan)
    tie(People.uncle, "brother", People.joan)
    tie(People.dan, "partner", People.partner)
    home, other = HouseholdFactory.create(), HouseholdFactory.create()
    for person in (People.amy, People.joan, People.lodger):
        HouseholdMemberFactory.create(household=home, person=person)
    for person in (People.dan, People.partner):
        HouseholdMemberFactory.create(household=other, person=person)
    AddressFactory.create(person=People.amy, lines="1 Mill Lane")
    return People


def said(family):
    return {member.person.given_names: member.words for member in family.members}


def test_everybody_is_named_for_what_they_are_to_the_child(family):
    assert said(family_of(family.amy, today=TODAY)) == {
        "Joan": "Mother",
        "Dan": "Father",
        "Ben": "Brother, through Dan Tredwell and Joan Quill",
        "Tom": "Half-brother, through Joan Quill",
        "Gran": "Grandmother",
        "Uncle": "Uncle",
        "Pat": "Father's partner",
        "Lodger": "Lives in the household",
        "Tomdad": "Half-brother's father",
    }


def test_the_household_responsibility_and_children_are_told_apart(family):
    found = family_of(family.amy, today=TODAY)

    assert [m.person for m in found.household] == [family.joan, family.lodger]
    assert [m.person for m in found.responsible] == [family.joan]
    assert {m.person for m in found.siblings} == {family.ben, family.tom}
    assert found.children == [family.amy, family.tom, family.ben]
    assert family.dan in [m.person for m in found.elsewhere]
    assert found.people[0] == family.amy
    assert str(found.addresses[family.amy.pk]) == "1 Mill Lane, ZZ1 4AB"
    assert {home.name for home in found.homes} >= {household_name([family.dan, family.partner])}


def test_a_half_brother_whose_father_is_not_known_may_be_a_brother(family):
    tie(family.joan, "mother", ChildFactory.create(given_names="Lee"))

    assert said(family_of(family.amy, today=TODAY))["Lee"] == (
        "Brother or half-brother, through Joan Quill"
    )


def test_the_family_is_found_from_a_parent_too(family):
    found = said(family_of(family.joan, today=TODAY))

    assert (found["Amy"], found["Gran"], found["Dan"]) == (
        "Daughter",
        "Mother",
        "Daughter's father",
    )


def test_a_family_takes_four_queries(family):
    for n in range(12):
        tie(family.joan, "mother", ChildFactory.create(given_names=f"Child {n}"))

    with at_most_queries(4):
        assert len(family_of(family.amy, today=TODAY).members) > 12


def test_a_restricted_brother_is_nowhere_in_the_family(family):
    RestrictionFactory.create(person=family.ben)

    with acting_as(UserFactory.create()):
        found = family_of(family.amy, today=TODAY)

    assert "Ben" not in said(found)
    ids = {pk for row in found.relationships for pk in (row.person_id, row.other_person_id)}
    assert family.ben.pk not in ids


def test_somebody_with_nobody_has_a_family_of_one():
    alone = ChildFactory.create()

    found = family_of(alone, today=TODAY)

    assert (found.people, found.homes, found.children) == ([alone], [], [alone])
    assert household_name([]) == "Unnamed household"
