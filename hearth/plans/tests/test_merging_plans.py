"""Two records of one child, each with a plan on the same days, made one and two again."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Involvement
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.config.testing import hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.actions import agree_merge, propose_merge, undo_merge
from hearth.people.overlaps import overlaps
from hearth.people.rows import places
from hearth.people.tests.factories import ChildFactory
from hearth.plans.actions.plans import end_plan
from hearth.plans.models import PlanChild, PlanKind
from hearth.plans.tests.factories import plan

pytestmark = pytest.mark.django_db
JANUARY, MARCH, MAY = date(2026, 1, 5), date(2026, 3, 2), date(2026, 5, 4)


@pytest.fixture
def worker():
    return UserFactory.create()


@pytest.fixture
def manager():
    return UserFactory.create(manager=True)


@pytest.fixture
def pair(worker):
    """The kept record's plan still stands; the other's ended in March, as did all its case."""
    kept = ChildFactory.create(given_names="Rowan")
    given = ChildFactory.create(given_names="Ro")
    for child, ended_on in ((kept, None), (given, MARCH)):
        of = {"child": child, "started_on": JANUARY}
        ends = {"ended_on": ended_on} if ended_on else {}
        closes = {"closure_reason": "RC7"} if ended_on else {}
        episode = EpisodeFactory.create(**of, **ends, **closes)
        AllocationFactory.create(episode=episode, started_on=JANUARY, **ends)
        InvolvementFactory.create(episode=episode, kind="child_in_need", **of, **ends)
        part = plan(child, by=worker, started_on=JANUARY).children.get()
        if ended_on:
            end_plan(part=part, ended_on=ended_on, reason="closed", by=worker)
    return given, kept


def proposed(pair, worker):
    given, kept = pair
    return propose_merge(person=given, other_person=kept, reason="One boy", by=worker)


def rows():
    """Every row that points at anybody."""
    found = {}
    with connection.cursor() as cursor:
        for table in {place.table for place in places()}:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found[table] = sorted(row for (row,) in cursor.fetchall())
    return found


def test_a_past_plan_stays_where_it_was_written_and_comes_apart_exactly(pair, worker, manager):
    given, kept = pair
    before = rows()
    merge = agree_merge(merge=proposed(pair, worker), by=manager)

    assert PlanChild.objects.get(child=given).ended_on == MARCH
    assert PlanChild.objects.get(child=kept).ended_on is None
    assert Involvement.objects.filter(child=kept).count() == 1
    stayed = {each.said[0] for each in overlaps(given, kept)}
    assert "Child in need plan from 5 January 2026 to 2 March 2026" in stayed
    assert len(stayed) == 4, "its episode, its lead worker and what the child was stay as well"

    undo_merge(merge=merge, reason="Two boys", by=manager)
    assert rows() == before


def test_what_shares_no_day_moves(pair, worker, manager):
    _, kept = pair
    PlanChild.objects.filter(child=kept).update(started_on=MARCH)

    agree_merge(merge=proposed(pair, worker), by=manager)

    assert PlanChild.objects.filter(child=kept).count() == 2


def test_a_plan_still_open_is_ended_first_and_both_are_named(pair, worker, manager):
    given, kept = pair
    merge = propose_merge(person=kept, other_person=given, reason="One boy", by=worker)

    with pytest.raises(CannotDo) as refused:
        agree_merge(merge=merge, by=manager)

    assert (
        "Child in need plan from 5 January 2026 and still open, on the record that gives way, "
        "shares days with Child in need plan from 5 January 2026 to 2 March 2026 on the record "
        "that is kept. End it first, or have the other record kept"
    ) in str(refused.value)
    kept.refresh_from_db()
    assert not kept.is_merged


def test_the_page_names_both_plans_with_links_before_and_after(client, pair, worker, manager):
    merge = proposed(pair, worker)
    links = [
        reverse("plans:plan", args=[part.plan_id])
        for part in PlanChild.objects.of_kind(PlanKind.CHILD_IN_NEED)
    ]

    def read(address, *args):
        client.force_login(manager)
        page = client.get(reverse(f"people:{address}", args=args)).text
        set_worker(hearth_itself())
        return page

    page = read("agree_merge", merge.pk)
    assert all(f'href="{link}"' in page for link in links)
    assert "stays: the kept record has" in page

    agree_merge(merge=merge, by=manager)
    assert all(f'href="{link}"' in read("person", merge.person_id) for link in links)


def test_two_records_that_share_nothing_are_looked_at_in_one_question(
    pair, django_assert_num_queries
):
    given, _ = pair
    with django_assert_num_queries(1):
        assert overlaps(given, ChildFactory.build(pk=9_000_000)) == []
