"""A child away from home in an enquiry is not recorded at home again by the way of an address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.lib.errors import CannotDo
from hearth.people.actions import (
    correct_fact,
    end_fact,
    join_household,
    move_household,
    record_fact,
    record_relationship,
    withdraw_fact,
)
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


# What was recorded before, and would stand again


def today_by(made):
    return {"today": timezone.localdate(), "by": worker(made)}


def stays(child, lines, **changes):
    """A temporary address since some days ago, beside the home."""
    since = timezone.localdate() - timedelta(days=5)
    return AddressFactory.create(
        **{"person": child, "lines": lines, "kind": "temporary", "started_on": since} | changes
    )


def at_home(child, **changes):
    return AddressFactory.create(
        person=child, lines="3 Quay Street", postcode="SE1 1AA", started_on=None, **changes
    )


def stands(fact):
    fact.refresh_from_db()
    return fact.ended_on is None and not fact.is_withdrawn


def test_a_home_is_not_opened_again_by_withdrawing_what_took_its_place(made, child, mother):
    since = timezone.localdate() - timedelta(days=5)
    home = at_home(child, ended_on=since)
    aunts = stays(child, "14 Mill Lane", kind="home")

    with pytest.raises(CannotDo, match=AWAY):
        withdraw_fact(fact=aunts, reason="Misheard", reopen=True, **today_by(made))

    assert stands(aunts)
    assert not stands(home)


def test_a_place_in_the_familys_household_is_not_opened_again(made, child, mother):
    home, today = HouseholdFactory.create(), timezone.localdate()
    HouseholdMemberFactory.create(household=home, person=mother)
    since = today - timedelta(days=5)
    HouseholdMemberFactory.create(household=home, person=child, ended_on=since)
    again = HouseholdMemberFactory.create(
        household=home, person=child, started_on=since, ended_on=today
    )

    with pytest.raises(CannotDo, match=AWAY):
        withdraw_fact(fact=again, reason="Misheard", reopen=True, **today_by(made))


@pytest.mark.parametrize("days", [0, 7])
def test_a_temporary_address_is_not_ended_so_that_only_home_is_left(made, child, mother, days):
    at_home(child)
    aunts = stays(child, "14 Mill Lane")
    on = timezone.localdate() + timedelta(days=days)

    with pytest.raises(CannotDo, match=AWAY):
        end_fact(fact=aunts, ended_on=on, **today_by(made))

    assert stands(aunts)


@pytest.mark.parametrize("changes", [{"ended_on": timezone.localdate()}, {"kind": "other"}])
def test_a_temporary_address_is_not_corrected_away(made, child, mother, changes):
    at_home(child)
    aunts = stays(child, "14 Mill Lane")

    with pytest.raises(CannotDo, match=AWAY):
        correct_fact(fact=aunts, changes=changes, reason="Misheard", **today_by(made))

    assert stands(aunts)


def test_a_temporary_address_is_not_withdrawn_or_cut_short_by_one_that_ended(made, child, mother):
    at_home(child)
    aunts = stays(child, "14 Mill Lane")
    then = timezone.localdate() - timedelta(days=2)

    with pytest.raises(CannotDo, match=AWAY):
        withdraw_fact(fact=aunts, reason="Misheard", **today_by(made))
    with pytest.raises(CannotDo, match=AWAY):
        move(made, child, "9 Elm", kind="temporary", started_on=then, ended_on=timezone.localdate())

    assert stands(aunts)


def test_another_temporary_address_takes_the_place_of_one(made, child, mother):
    at_home(child)
    aunts = stays(child, "14 Mill Lane")

    fosterer = move(made, child, "9 Elm", kind="temporary", started_on=timezone.localdate())

    assert stands(fosterer)
    assert not stands(aunts)


def test_a_temporary_address_ends_once_the_return_home_was_recorded(made, child, mother):
    at_home(child)
    aunts = stays(child, "14 Mill Lane")
    go_home(made, signed(made))

    end_fact(fact=aunts, ended_on=timezone.localdate(), **today_by(made))

    assert not stands(aunts)


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
