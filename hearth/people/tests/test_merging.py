"""Two records of one person become one, by two workers, and two again exactly as they were."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.lib.errors import CannotDo
from hearth.people.actions import (
    agree_merge,
    create_household,
    propose_merge,
    record_fact,
    record_relationship,
    refuse_merge,
    undo_merge,
)
from hearth.people.family import family_of
from hearth.people.matching import search
from hearth.people.models import Address, ContactPoint, Hazard, Identifier, MergedRow, Name, Person
from hearth.people.rows import counted, places
from hearth.people.tests.factories import ChildFactory, PersonFactory, RestrictionFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture
def worker():
    return UserFactory.create()


@pytest.fixture
def manager():
    return UserFactory.create(manager=True)


@pytest.fixture
def pair(worker):
    """Two records of one boy: the second has an address, a phone, a mother and a household."""
    kept = ChildFactory.create(given_names="Jonathan", family_name="Smith")
    given = ChildFactory.create(given_names="Johnny", family_name="Smyth", ethnicity="WBRI")
    for fact in (
        Address(person=given, lines="14 Mill Lane", started_on=date(2020, 1, 1)),
        ContactPoint(person=given, kind="mobile", value="07700900123"),
        Name(person=given, kind="alias", given_names="Jono"),
    ):
        record_fact(fact=fact, today=TODAY, by=worker)
    mother = PersonFactory.create(given_names="Joan")
    record_relationship(person=mother, other_person=given, code="mother", today=TODAY, by=worker)
    create_household(members=[mother, given], today=TODAY, by=worker)
    return given, kept, mother


@pytest.fixture
def merge(pair, worker, manager):
    given, kept, _ = pair
    merge = propose_merge(person=given, other_person=kept, reason="Same boy", by=worker)
    return agree_merge(merge=merge, by=manager)


def snapshot():
    """Every row that points at anybody, and everybody, byte for byte."""
    rows = {}
    with connection.cursor() as cursor:
        for table in {place.table for place in places()} | {"people_person"}:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows[table] = sorted(row for (row,) in cursor.fetchall())
    return rows


def test_what_pointed_at_one_points_at_the_other(pair, merge):
    given, kept, mother = pair

    given.refresh_from_db()
    kept.refresh_from_db()
    assert given.merged_into == kept
    assert str(Address.objects.get().person) == "Jonathan Smith"
    assert mother in [member.person for member in family_of(kept, today=TODAY).household]
    assert merge.state == "Merged"


def test_both_names_and_both_numbers_find_the_one_record(pair, merge, worker):
    given, kept, _ = pair

    for text in ("Johnny Smyth", "Jonathan Smith", given.la_child_id, kept.la_child_id):
        people = [hit.person for hit in search(text, worker, today=TODAY).hits]
        assert kept in people
        assert given not in people


def test_what_both_say_of_who_they_are_is_kept_on_each(pair, merge):
    given, kept, _ = pair

    assert kept.names.get(kind="legal").given_names == "Jonathan"
    assert given.names.get(kind="legal").given_names == "Johnny"
    assert kept.characteristics.filter(kind="ethnicity", code="WBRI").exists()


def test_nothing_more_is_recorded_on_a_record_that_gave_way(pair, merge, worker):
    with pytest.raises(CannotDo, match="was merged into another"):
        record_fact(
            fact=Hazard(person=pair[0], code="dog", detail="Bites", review_on=date(2026, 6, 1)),
            today=TODAY,
            by=worker,
        )


def test_undoing_a_merge_restores_every_row_exactly(pair, worker, manager):
    given, kept, _ = pair
    before = snapshot()
    merge = propose_merge(person=given, other_person=kept, reason="Same boy", by=worker)
    agree_merge(merge=merge, by=manager)
    assert snapshot() != before

    undo_merge(merge=merge, reason="Cousins of one name", by=manager)

    assert snapshot() == before
    merge.refresh_from_db()
    assert merge.state == "Undone"
    with pytest.raises(CannotDo, match="undone"):
        undo_merge(merge=merge, reason="Again", by=manager)


FACTS = st.sampled_from(
    [
        lambda p, n: Address(person=p, lines=f"{n} Elm Road", started_on=date(2017 + n, 1, 1)),
        lambda p, n: Address(person=p, kind="other", lines=f"{n} Oak Road"),
        lambda p, n: Name(
            person=p, kind="legal", given_names=f"Jo{'n' * n}", started_on=date(2017 + n, 1, 1)
        ),
        lambda p, n: Name(person=p, kind="alias", given_names=f"Al{'f' * n}"),
        lambda p, n: ContactPoint(person=p, kind="mobile", value=f"0770090012{n}"),
        lambda p, n: Identifier(person=p, kind="legacy", value=f"P{n}"),
        lambda p, n: Identifier(person=p, kind="nhs", value="9434765919"),
    ]
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(FACTS, st.integers(1, 8), st.booleans()), max_size=10))
def test_any_two_records_merge_and_come_apart_exactly(worker, manager, facts):
    given, kept = ChildFactory.create(), ChildFactory.create()
    for make, n, on_kept in facts:
        try:
            record_fact(fact=make(kept if on_kept else given, n), today=TODAY, by=worker)
        except CannotDo:
            continue
    before = snapshot()
    merge = propose_merge(person=given, other_person=kept, reason="Same", by=worker)
    agree_merge(merge=merge, by=manager)

    undo_merge(merge=merge, reason="Not the same", by=manager)

    assert snapshot() == before


def test_a_merge_takes_two_people(pair, worker):
    merge = propose_merge(person=pair[0], other_person=pair[1], reason="Same boy", by=worker)

    with pytest.raises(CannotDo, match="Somebody else must agree"):
        agree_merge(merge=merge, by=worker)
    with pytest.raises(CannotDo, match="waiting for a manager already"):
        propose_merge(person=pair[1], other_person=pair[0], reason="Same boy", by=worker)


def test_a_refused_merge_moves_nothing_and_is_not_agreed_afterwards(pair, worker, manager):
    merge = propose_merge(person=pair[0], other_person=pair[1], reason="Same boy", by=worker)
    with pytest.raises(CannotDo, match="Say why"):
        refuse_merge(merge=merge, reason=" ", by=manager)

    refuse_merge(merge=merge, reason="Cousins", by=manager)

    with pytest.raises(CannotDo, match="no longer waiting: refused"):
        agree_merge(merge=merge, by=manager)
    with pytest.raises(CannotDo, match="no longer waiting"):
        refuse_merge(merge=merge, reason="Again", by=manager)
    with pytest.raises(CannotDo, match="cannot be undone"):
        undo_merge(merge=merge, reason="x", by=manager)
    assert not MergedRow.objects.exists()


def test_records_that_may_not_be_merged(pair, worker):
    given, kept, mother = pair
    sealed = ChildFactory.create()
    RestrictionFactory.create(person=sealed, kind="adoption")

    for one, other, why in [
        (given, given, "two different"),
        (given, sealed, "sealed by an adoption"),
        (sealed, kept, "sealed by an adoption"),
        (given, mother, "it is the child's record"),
    ]:
        with pytest.raises(CannotDo, match=why):
            propose_merge(person=one, other_person=other, reason="Same", by=worker)
    with pytest.raises(CannotDo, match="Say why"):
        propose_merge(person=given, other_person=kept, reason="", by=worker)


def test_an_adoption_sealed_after_the_proposal_stops_it(pair, worker, manager):
    merge = propose_merge(person=pair[0], other_person=pair[1], reason="Same boy", by=worker)
    RestrictionFactory.create(person=pair[1], kind="adoption")

    with pytest.raises(CannotDo, match="sealed by an adoption"):
        agree_merge(merge=merge, by=manager)


def test_a_restriction_on_either_hides_both_once_they_are_merged(pair, worker, manager):
    given, kept, _ = pair
    RestrictionFactory.create(person=given)
    merge = propose_merge(person=given, other_person=kept, reason="Same boy", by=worker)
    agree_merge(merge=merge, by=manager)

    with acting_as(UserFactory.create()):
        assert not Person.objects.filter(pk__in=[given.pk, kept.pk]).exists()
        assert not MergedRow.objects.exists()


def test_two_restrictions_of_one_kind_stop_a_merge_in_words(pair, worker, manager):
    given, kept, _ = pair
    RestrictionFactory.create(person=given)
    RestrictionFactory.create(person=kept)
    merge = propose_merge(person=given, other_person=kept, reason="Same boy", by=worker)

    with pytest.raises(CannotDo, match="restrictions that cannot stand together"):
        agree_merge(merge=merge, by=manager)

    kept.refresh_from_db()
    assert Address.objects.get().person == given


def test_a_row_hidden_from_the_manager_moves_too(pair, worker, manager):
    given, kept, mother = pair
    RestrictionFactory.create(person=mother)
    merge = propose_merge(person=given, other_person=kept, reason="Same boy", by=worker)

    with acting_as(manager):
        agree_merge(merge=merge, by=manager)
        assert not Person.objects.filter(pk=mother.pk).exists()

    assert mother.relationships_from.get().other_person == kept


def test_a_record_merged_twice_comes_apart_in_order(pair, merge, worker, manager):
    given, kept, _ = pair
    third = ChildFactory.create()
    again = agree_merge(
        merge=propose_merge(person=kept, other_person=third, reason="Same", by=worker), by=manager
    )

    given.refresh_from_db()
    assert given.merged_into == third
    with pytest.raises(CannotDo, match="Undo the later merge first"):
        undo_merge(merge=merge, reason="x", by=manager)
    with pytest.raises(CannotDo, match="Say why"):
        undo_merge(merge=again, reason="", by=manager)
    undo_merge(merge=again, reason="Not the same", by=manager)
    given.refresh_from_db()
    assert given.merged_into == kept


def test_a_merge_says_beforehand_what_will_move(pair):
    assert {"1 address", "1 relationship", "2 names"} <= set(counted(pair[0]))
