"""Control charts: the rules, the limits that never move by themselves, and published figures."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.quality.comparators import COMPARATORS, TO_CONFERENCE, TO_PLAN
from hearth.quality.rules.charts import Limited, Rule, p_chart, xmr
from hearth.quality.rules.comparing import StockChange, compared
from hearth.quality.rules.months import (
    last_whole,
    last_whole_quarter,
    month_end,
    months,
    named,
    of_quarter,
    quarter_of,
)

BASELINE = [20, 22, 19, 21, 20, 23, 21, 20, 22, 21, 19, 22]
COUNTS = st.integers(0, 500)
SERIES = st.lists(COUNTS, min_size=12, max_size=40)
SHARES = st.lists(
    st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=12,
    max_size=40,
)
# Children with a protection plan in Lambeth, as its inspectors' letter of September 2017 gives them
# for March 2016, May and August 2017; the months before at the level of the year, and those between
# in equal steps.
BEFORE = [300, 294, 299, 303, 296, 291, 298, 302, 295, 300, 293, 297]
FALLING = [round(297 - (297 - 138) * month / 14) for month in range(1, 15)]
LAMBETH = [*BEFORE, *FALLING, 146, 155, 163]


def rules(chart, at):
    return [firing.rule for firing in chart.at(at)]


def test_the_limits_are_the_mean_and_2_66_mean_moving_ranges():
    limits = xmr(BASELINE).limits[0]

    assert limits
    assert limits.mean == pytest.approx(20.833, abs=0.001)
    assert (limits.lower, limits.upper) == pytest.approx((15.513, 26.153), abs=0.001)
    assert (limits.near_lower, limits.near_upper) == pytest.approx((17.287, 24.380), abs=0.001)
    assert not xmr(BASELINE).firings


def test_the_rules_fire_at_the_point_that_completes_them():
    chart = xmr([*BASELINE, 23, 25, 25, 27])

    assert [rules(chart, at)[:1] for at in range(12, 16)] == [
        [],
        [],
        [Rule.TWO_OF_THREE],
        [Rule.OUTSIDE],
    ]
    assert Rule.TWO_OF_THREE in rules(chart, 15)


@pytest.mark.parametrize(
    ("more", "rule", "high"),
    [
        ([27], Rule.OUTSIDE, True),
        ([15], Rule.OUTSIDE, False),
        ([21] * 7, Rule.SHIFT, True),
        ([20] * 7, Rule.SHIFT, False),
        ([18, 19, 20, 21, 22, 23, 24], Rule.TREND, True),
        ([24, 23, 22, 21, 20, 19, 18], Rule.TREND, False),
        ([17, 17, 20], Rule.TWO_OF_THREE, False),
    ],
)
def test_each_rule_fires_both_ways(more, rule, high):
    found = xmr([*BASELINE, *more]).at(len(BASELINE) + len(more) - 1)
    assert [(one.rule, one.high) for one in found] == [(rule, high)]


@pytest.mark.parametrize(
    "more",
    [
        [20, 22, 22, 22, 22, 22, 22, 20],
        [22, 23, 22, 20, 23, 22, 23],
        [18, 19, 20, 20, 21, 22, 23],
        [25, 20, 25],
        [25, 22, 23],
    ],
)
def test_what_only_looks_like_a_signal_is_none(more):
    assert not xmr([*BASELINE, *more]).firings


def test_a_point_on_the_mean_breaks_a_run():
    even = [18, 22] * 6
    assert not xmr([*even, 21, 21, 21, 20, 21, 21, 21]).firings
    assert xmr([*even, *[21] * 7]).firings


def test_few_points_have_no_limits_and_some_have_limits_on_trial():
    assert xmr(BASELINE[:4]).limited == Limited.NOT_YET
    assert xmr(BASELINE[:4]).limits == [None] * 4
    assert xmr(BASELINE[:5]).limited == xmr(BASELINE[:11]).limited == Limited.TRIAL
    assert xmr(BASELINE).limited == Limited.LOCKED
    assert xmr([]).limits == []


@given(SERIES, COUNTS)
def test_limits_once_locked_never_move(series, more):
    assert xmr([*series, more]).limits[0] == xmr(series).limits[0]


@given(SERIES)
def test_what_fires_stands_whatever_comes_after(series):
    """No later month takes back what an earlier one said, nor adds to it."""
    whole = xmr(series).firings
    early = xmr(series[:12]).firings
    assert [firing for firing in whole if firing.at < 12] == list(early)


@given(SERIES)
def test_a_series_upside_down_says_the_same_the_other_way(series):
    up = {(f.rule, f.first, f.at, f.high) for f in xmr(series).firings}
    down = {(f.rule, f.first, f.at, not f.high) for f in xmr([500 - v for v in series]).firings}
    # The limits may touch a point to the last binary digit, and then either answer is as good.
    close = {
        at
        for chart in (xmr(series), xmr([500 - v for v in series]))
        for at, (value, limits) in enumerate(zip(chart.values, chart.limits, strict=True))
        if value is not None and limits and _touches(value, limits)
    }
    near = {at for point in close for at in range(point, point + 7)}
    assert {f for f in up ^ down if f[2] not in near} == set()


def _touches(value, limits):
    edges = (limits.mean, limits.lower, limits.upper, limits.near_lower, limits.near_upper)
    return any(abs(value - edge) < 1e-6 for edge in edges)


@given(COUNTS, st.integers(12, 40))
def test_what_never_changes_never_signals(count, many):
    assert not xmr([count] * many).firings


@given(SHARES)
def test_a_share_is_held_against_limits_as_wide_as_it_is_of_few(counts):
    chart = p_chart(counts)
    found = sorted(
        (of, limits.upper - limits.lower)
        for (_, of), limits in zip(counts, chart.limits, strict=True)
        if limits
    )
    for (of, width), (more, narrower) in pairwise(found):
        assert more == of or narrower <= width + 1e-9
    assert all(0 <= one.lower <= one.mean <= one.upper <= 1 for one in chart.limits if one)


def test_a_share_of_nothing_is_no_point_and_breaks_a_run():
    steady = [(30, 60), (31, 60)] * 6
    assert p_chart([*steady, (0, 0)]).values[-1] is None
    assert not p_chart([*steady, *[(33, 60)] * 5, (0, 0), (33, 60)]).firings
    assert rules(p_chart([*steady, (55, 60)]), 12) == [Rule.OUTSIDE]
    assert p_chart([(0, 0)] * 20).limited == Limited.NOT_YET


def test_the_number_of_plans_that_lambeth_published_signals():
    """From 297 to 138 in fourteen months: a chart would have said so in the second of them."""
    chart = xmr(LAMBETH)
    first = chart.firings[0]

    assert (LAMBETH[11], LAMBETH[25], LAMBETH[28]) == (297, 138, 163)
    assert not [firing for firing in chart.firings if firing.at < len(BEFORE)]
    assert (first.rule, first.at, first.high) == (Rule.OUTSIDE, 13, False)
    assert {Rule.OUTSIDE, Rule.TREND, Rule.SHIFT} <= {firing.rule for firing in chart.firings}
    assert StockChange(LAMBETH[11], LAMBETH[14]).fires
    assert StockChange(297, 138).percent == pytest.approx(-53.5, abs=0.1)
    # The rise that followed is not mistaken for calm: it is still far under what was usual.
    assert [firing.high for firing in chart.at(28)] == [False, False]


@pytest.mark.parametrize(
    ("before", "now", "fires"),
    [(200, 220, False), (200, 221, True), (200, 180, False), (200, 179, True), (19, 40, False)],
)
def test_more_than_a_tenth_in_three_months_is_said_of_twenty_or_more(before, now, fires):
    assert StockChange(before, now).fires is fires


def test_nothing_before_is_no_change_in_a_hundred():
    assert StockChange(0, 5).percent is None
    assert not StockChange(0, 5).fires
    assert StockChange(10, 12).is_high


@pytest.mark.parametrize(
    ("some", "of", "fires"), [(3, 10, False), (19, 19, False), (20, 20, True), (9, 60, False)]
)
def test_a_share_is_compared_by_chance_and_only_of_twenty_or_more(some, of, fires):
    assert compared(some, of, 0.313).fires is fires


@given(st.integers(0, 300), st.integers(0, 300), st.floats(0.01, 0.99))
def test_a_share_equal_to_the_published_one_never_fires(some, more, expected):
    of = some + more
    seen = compared(some, of, expected)
    assert seen.is_enough is (of >= 20)
    assert not (seen.fires and seen.share is not None and abs(seen.share - expected) < 1e-9)
    assert compared(0, 0, expected).share is None
    assert not compared(0, 0, expected).is_high


def test_the_published_shares_are_those_the_department_publishes():
    england, neighbours = COMPARATORS["england"], COMPARATORS["neighbours_lambeth"]
    assert f"{england.share(TO_CONFERENCE):.1%}" == "31.3%"
    assert f"{england.share(TO_PLAN):.1%}" == "85.8%"
    assert f"{england.share(TO_PLAN, 2021):.1%}" == "87.8%"
    assert f"{COMPARATORS['london'].share(TO_CONFERENCE):.1%}" == "29.0%"
    assert f"{COMPARATORS['inner_london'].share(TO_PLAN):.1%}" == "83.6%"
    assert england.latest(TO_PLAN) == neighbours.latest(TO_PLAN) == 2025


def test_a_month_is_drawn_beside_the_share_of_its_own_year_or_the_last_known():
    england = COMPARATORS["england"]

    assert england.share_at(TO_PLAN, date(2023, 3, 1)) == england.share(TO_PLAN, 2023)
    assert england.share_at(TO_PLAN, date(2023, 4, 1)) == england.share(TO_PLAN, 2024)
    assert england.share_at(TO_PLAN, date(2026, 10, 1)) == england.share(TO_PLAN, 2025)
    assert england.share_at(TO_PLAN, date(2020, 3, 1)) is None
    assert england.share_at("rain", date(2023, 4, 1)) is None


def test_months_and_quarters():
    assert last_whole(date(2026, 3, 1)) == date(2026, 2, 1)
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert quarter_of(date(2026, 5, 31)) == date(2026, 4, 1)
    assert last_whole_quarter(date(2026, 1, 15)) == date(2025, 10, 1)
    assert [named(one) for one in of_quarter(date(2026, 4, 1))] == [
        "April 2026",
        "May 2026",
        "June 2026",
    ]
    assert months(date(2026, 5, 9), date(2026, 4, 1)) == []
