"""What a worker carries: by child and by family, weighted by published weights."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.casework.caseload import (
    PART_WEIGHTS,
    STATUS_WEIGHTS,
    Case,
    Caseload,
    carried,
    caseloads_on,
    limit_of,
    loads_with,
    months_back,
    weigh,
)
from hearth.casework.families import families_of, open_episodes_with, siblings_of
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    RelationshipFactory,
)
from hearth.workforce.tests.factories import social_worker

DAY = date(2026, 3, 2)
CASES = st.lists(
    st.builds(
        Case,
        worker=st.just(1),
        child=st.integers(1, 12),
        part=st.sampled_from(sorted(PART_WEIGHTS)),
        statuses=st.frozensets(st.sampled_from(sorted(STATUS_WEIGHTS)), max_size=3),
    ),
    unique_by=lambda case: case.child,
)


def case(child, *statuses, part="lead"):
    return Case(1, child, part, frozenset(statuses))


def household(*children):
    home = HouseholdFactory.create()
    for child in children:
        HouseholdMemberFactory.create(household=home, person=child)


# Weights


def test_every_weight_gives_its_reason():
    assert all(weight.why for weight in (*STATUS_WEIGHTS.values(), *PART_WEIGHTS.values()))


def test_nobody_carries_nothing():
    assert weigh([], {}) == Caseload(0, 0, Decimal("0.0"), {})


def test_three_children_of_three_families_count_whole():
    load = weigh([case(1, "protection"), case(2, "assessment"), case(3, "child_in_need")], {})

    assert (load.children, load.families, load.weighted) == (3, 3, Decimal("3.8"))
    assert load.by_status == {"protection": 1, "assessment": 1, "child_in_need": 1}


def test_each_further_child_of_a_family_counts_for_less():
    together = weigh([case(1, "child_in_need"), case(2, "child_in_need")], {1: 1, 2: 1})

    assert (together.children, together.families, together.weighted) == (2, 1, Decimal("1.6"))


def test_the_heaviest_child_of_a_family_counts_whole():
    mixed = weigh([case(1, "early_help"), case(2, "protection")], {1: 1, 2: 1})

    assert mixed.weighted == Decimal("1.8")


def test_a_child_with_a_plan_who_is_also_looked_after_counts_as_the_heavier():
    assert weigh([case(1, "protection", "looked_after")], {}).weighted == Decimal("1.5")


def test_a_child_only_referred_counts_as_one():
    assert weigh([case(1)], {}).by_status == {"referred": 1}


def test_a_co_worker_carries_half_and_a_supervisor_a_quarter():
    assert weigh([case(1, "child_in_need", part="co_worker")], {}).weighted == Decimal("0.5")
    assert weigh([case(1, "child_in_need", part="supervising")], {}).weighted == Decimal("0.3")


@given(CASES)
def test_brothers_and_sisters_never_count_for_more_than_as_many_families(cases):
    apart = weigh(cases, {})
    together = weigh(cases, {c.child: 1 for c in cases})

    assert together.weighted <= apart.weighted
    assert together.children == apart.children == len(cases)


@given(CASES, st.integers(13, 20))
def test_one_case_more_never_makes_a_load_lighter(cases, child):
    assert weigh([*cases, case(child)], {}).weighted > weigh(cases, {}).weighted


def test_a_newly_qualified_workers_limit_is_a_tenth_less():
    assert limit_of(20) == Decimal("20.0")
    assert limit_of(20, asye=True) == Decimal("18.0")
    assert limit_of(20, share=Decimal("0.6")) == Decimal("12.0")


def test_over_the_limit_is_more_than_it_not_as_much():
    assert not Caseload(weighted=Decimal(18)).over(Decimal(18))
    assert Caseload(weighted=Decimal("18.1")).over(Decimal(18))


def test_a_years_months_start_with_the_oldest_and_end_today():
    assert months_back(date(2026, 3, 17), 3) == [
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
        date(2026, 3, 17),
    ]


# From the record


@pytest.mark.django_db
def test_a_workers_load_is_what_they_had_on_the_day():
    worker, other = social_worker(), social_worker()
    now = AllocationFactory.create(worker=worker)
    InvolvementFactory.create(child=now.child, kind="protection")
    AllocationFactory.create(worker=worker, ended_on=date(2026, 2, 20))
    AllocationFactory.create(worker=worker, started_on=date(2026, 3, 3))
    AllocationFactory.create(worker=other)

    loads = caseloads_on([worker.pk, other.pk], on=DAY)

    assert loads[worker.pk].weighted == Decimal("1.5")
    assert loads[other.pk].children == 1


@pytest.mark.django_db
def test_what_a_worker_would_carry_with_a_family_as_well():
    worker, child = social_worker(), ChildFactory.create()
    AllocationFactory.create(worker=worker, episode__child=child, role="co_worker")
    sibling = EpisodeFactory.create()
    household(child, sibling.child)
    episodes = [child.episodes.get(), sibling]

    loads = loads_with([worker.pk], episodes, "lead", on=DAY)

    now, after = loads.by[worker.pk]
    assert (now.weighted, after.weighted) == (Decimal("0.5"), Decimal("1.6"))
    assert loads.leads == {}


@pytest.mark.django_db
def test_the_loads_of_a_whole_team_take_three_queries():
    workers = [social_worker() for _ in range(3)]
    for worker in workers:
        for _ in range(3):
            AllocationFactory.create(worker=worker)

    with at_most_queries(3):
        loads = caseloads_on([worker.pk for worker in workers], on=DAY)

    assert {load.children for load in loads.values()} == {3}


@pytest.mark.django_db
def test_a_trend_says_what_was_carried_on_each_day():
    worker = social_worker()
    AllocationFactory.create(
        worker=worker, started_on=date(2026, 1, 10), ended_on=date(2026, 2, 10)
    )
    second = AllocationFactory.create(worker=worker, started_on=date(2026, 1, 20))
    InvolvementFactory.create(child=second.child, kind="protection", started_on=date(2026, 2, 20))

    days = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    with at_most_queries(3):
        told = carried([worker.pk], since=days[0], until=days[-1]).trend(days)

    assert [(day.month, load.children, load.weighted) for day, load in told] == [
        (1, 0, Decimal(0)),
        (2, 2, Decimal("2.0")),
        (3, 1, Decimal("1.5")),
    ]
    assert told[2][1].by_status == {"protection": 1}


# Families


@pytest.mark.django_db
def test_siblings_are_those_tied_as_siblings_or_sharing_the_home_with_a_childs_record():
    child, brother, half, lodger = (ChildFactory.create() for _ in range(4))
    mother, stranger = PersonFactory.create(), ChildFactory.create()
    household(child, lodger, mother)
    RelationshipFactory.create(person=brother, other_person=child, code="brother")
    RelationshipFactory.create(person=child, other_person=half, code="half_sister")
    RelationshipFactory.create(person=child, other_person=stranger, code="friend")
    RelationshipFactory.create(
        person=child, other_person=stranger, code="brother", ended_on=date(2026, 1, 1)
    )

    assert {p.pk for p in siblings_of(child, on=DAY)} == {brother.pk, half.pk, lodger.pk}


@pytest.mark.django_db
def test_the_family_of_an_episode_is_it_and_the_siblings_open_ones_eldest_first():
    child = ChildFactory.create(born_on=date(2014, 1, 1))
    elder, younger, closed = (
        ChildFactory.create(born_on=date(y, 1, 1)) for y in (2010, 2018, 2012)
    )
    household(child, elder, younger, closed)
    episode = EpisodeFactory.create(child=child)
    theirs = [EpisodeFactory.create(child=c) for c in (younger, elder)]
    EpisodeFactory.create(child=closed, ended_on=date(2026, 2, 20), closure_reason="RC8")

    assert open_episodes_with(episode, on=DAY) == [episode, theirs[1], theirs[0]]


@pytest.mark.django_db
def test_children_tied_through_a_third_are_one_family():
    one, two, three, alone = (ChildFactory.create() for _ in range(4))
    four, five = ChildFactory.create(), ChildFactory.create()
    mother, father = PersonFactory.create(), PersonFactory.create(sex="M")
    household(one, two)
    RelationshipFactory.create(person=two, other_person=three, code="sister")
    RelationshipFactory.create(person=mother, other_person=three)
    RelationshipFactory.create(person=four, other_person=mother, code="son")
    RelationshipFactory.create(person=father, other_person=four, code="father")
    RelationshipFactory.create(person=father, other_person=five, code="father")

    with at_most_queries(1):
        families = families_of({c.pk for c in (one, two, three, four, five, alone)}, on=DAY)

    assert {families[c.pk] for c in (one, two, three, four, five)} == {one.pk}
    assert families[alone.pk] == alone.pk
