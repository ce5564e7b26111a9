"""Runs of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.lib.periods import Period, gaps, merge

FIRST = date(2026, 1, 1)
HORIZON = 60  # days looked at; an open period is taken to reach it


def day(number):
    return FIRST + timedelta(days=number)


@st.composite
def any_period(draw):
    start = draw(st.integers(0, HORIZON - 1))
    end = draw(st.none() | st.integers(start, HORIZON))
    return Period(day(start), None if end is None else day(end))


def held(*periods):
    every = map(day, range(HORIZON + 5))
    return {each for each in every if any(period.contains(each) for period in periods)}


def test_the_day_it_ended_is_the_first_it_was_no_longer_so():
    period = Period(date(2026, 4, 1), date(2026, 4, 14))

    assert period.contains(date(2026, 4, 1))
    assert period.contains(date(2026, 4, 13))
    assert not period.contains(date(2026, 4, 14))
    assert period.days == 13


def test_a_period_may_start_and_end_on_one_day_and_holds_none():
    period = Period(date(2026, 4, 1), date(2026, 4, 1))

    assert period.is_empty
    assert period.days == 0
    assert not period.contains(date(2026, 4, 1))


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 4, 2), date(2026, 4, 1))


def test_an_open_period_counts_its_days_so_far():
    period = Period(date(2026, 4, 1))

    assert period.is_open
    assert period.days is None
    assert period.days_by(date(2026, 4, 11)) == 10
    assert period.days_by(date(2026, 3, 1)) == 0
    assert Period(date(2026, 4, 1), date(2026, 4, 5)).days_by(date(2026, 4, 11)) == 4


def test_gaps_within_a_year_count_its_two_ends():
    year = Period(date(2026, 4, 1), date(2027, 4, 1))
    allocated = [
        Period(date(2026, 5, 1), date(2026, 6, 1)),
        Period(date(2026, 6, 1), date(2026, 9, 1)),
        Period(date(2026, 10, 1), date(2026, 11, 1)),
    ]

    assert gaps(allocated, within=year) == [
        Period(date(2026, 4, 1), date(2026, 5, 1)),
        Period(date(2026, 9, 1), date(2026, 10, 1)),
        Period(date(2026, 11, 1), date(2027, 4, 1)),
    ]
    assert gaps([], within=year) == [year]


@given(one=any_period(), other=any_period())
def test_what_two_periods_share_is_the_days_in_both(one, other):
    shared = one.intersect(other)

    assert (held(shared) if shared else set()) == held(one) & held(other)
    assert one.overlaps(other) == other.overlaps(one) == (shared is not None)
    assert one.intersect(other) == other.intersect(one)


@given(one=any_period(), other=any_period())
def test_periods_that_abut_share_no_day(one, other):
    assert one.abuts(other) == other.abuts(one)
    if one.abuts(other):
        assert not one.overlaps(other)


@given(periods=st.lists(any_period(), max_size=8))
def test_merging_keeps_every_day_and_leaves_no_touching_pair(periods):
    merged = merge(periods)

    assert held(*merged) == held(*periods)
    assert merge(merged) == merged
    pairs = pairwise(merged)
    assert all(before.end is not None and before.end < after.start for before, after in pairs)


@given(periods=st.lists(any_period(), max_size=8), within=any_period())
def test_gaps_and_periods_together_make_up_the_whole(periods, within):
    found = gaps(periods, within=within)

    assert held(*found) == held(within) - held(*periods)
    assert not any(gap.is_empty for gap in found)


@given(periods=st.lists(any_period(), max_size=8))
def test_gaps_lie_between_the_first_day_and_the_last(periods):
    found, merged = gaps(periods), merge(periods)

    assert not held(*found) & held(*periods)
    assert len(found) == max(len(merged) - 1, 0)


@given(period=any_period(), number=st.integers(0, HORIZON))
def test_days_reached_are_the_days_held_before(period, number):
    assert period.days_by(day(number)) == sum(each < day(number) for each in held(period))
