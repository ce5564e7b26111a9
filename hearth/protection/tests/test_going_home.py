"""A child away from home in an enquiry is not recorded at home again by the way of an address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.lib.errors import CannotDo
from hearth.people.actions import join_household, move_household, record_fact, record_relationship
from hearth.people.models import Address
from hearth.people.tests.factories import (
    AddressFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
)
from hearth.protection.tests.factories import children_of, enquiry, go_home, night_away, signed

pytestmark = pytest.mark.django_db
AWAY = "is away from home in a section 47 enquiry. Record the return home there first"


@pytest.fixture
def made():
    """An enquiry whose children sleep at their grandmother's."""
    made = enquiry()
    night_away(made, by=made.task.worker)
    return made


@pytest.fixture
def child(made):
    return children_of(made)[0]


@pytest.fixture
def mother(made, child):
    parent = PersonFactory.create(given_names="Dawn")
    record_relationship(
        person=parent,
        other_person=child,
        code="mother",
        today=timezone.localdate(),
        by=worker(made),
    )
    AddressFactory.create(person=parent, lines="3 Quay Street", postcode="SE1 1AA")
    return parent


def worker(made):
    return made.task.worker


def move(made, child, lines, **changes):
    fact = Address(person=child, lines=lines, postcode="SE1 1AA", **changes)
    return record_fact(fact=fact, today=timezone.localdate(), by=worker(made))


def test_an_address_where_a_parent_lives_is_refused(made, child, mother):
    with pytest.raises(CannotDo, match=AWAY):
        move(made, child, "3, Quay  street")

    assert not Address.objects.filter(person=child).exists()


def test_the_home_they_lived_in_when_the_enquiry_began_is_refused(made, child):
    began = made.started_on - timedelta(days=90)
    AddressFactory.create(
        person=child,
        lines="3 Quay Street",
        postcode="SE1 1AA",
        started_on=began,
        ended_on=made.started_on + timedelta(days=1),
    )
    made.started_on -= timedelta(days=2)
    made.save(update_fields=["started_on"])

    with pytest.raises(CannotDo, match=AWAY):
        move(made, child, "3 Quay Street", started_on=timezone.localdate())


def test_a_place_in_a_parents_household_is_refused(made, child, mother):
    home = HouseholdFactory.create()
    HouseholdMemberFactory.create(household=home, person=mother)

    with pytest.raises(CannotDo, match=AWAY):
        join_household(household=home, person=child, today=timezone.localdate(), by=worker(made))


def test_a_family_that_moves_leaves_the_child_out(made, child, mother):
    home = HouseholdFactory.create()
    for person in (mother, child):
        HouseholdMemberFactory.create(household=home, person=person)
    where = {
        "household": home,
        "lines": "8 New Road",
        "moved_on": timezone.localdate(),
        "today": timezone.localdate(),
        "by": worker(made),
    }
    with pytest.raises(CannotDo, match=AWAY):
        move_household(**where)

    assert move_household(staying=[child.pk], **where)


def test_where_the_child_is_now_may_be_recorded(made, child, mother):
    assert move(made, child, "14 Mill Lane")


def test_an_address_they_no_longer_have_may_be_recorded(made, child, mother):
    then = timezone.localdate() - timedelta(days=30)

    assert move(made, child, "3 Quay Street", started_on=then, ended_on=then + timedelta(days=9))


def test_home_may_be_recorded_after_the_return_home_was(made, child, mother):
    go_home(made, signed(made))

    assert move(made, child, "3 Quay Street")


def test_a_child_who_is_in_no_enquiry_may_live_with_a_parent(made, mother):
    other = PersonFactory.create()

    assert move(made, other, "3 Quay Street")
