"""By when: every due date, over bank holidays, month ends, the clock change and local choices."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.casework import timescales
from hearth.casework.timescales import (
    ENGLAND,
    NATIONAL,
    Limit,
    LocalRules,
    Timescale,
    amount_on,
    declare,
    due,
    limit_on,
)
from hearth.lib.bank_holidays import BANK_HOLIDAYS
from hearth.lib.dates import is_working_day

DAYS = st.dates(date(2005, 1, 1), date(2028, 10, 31))
MOMENTS = st.datetimes(datetime(2005, 1, 2), datetime(2028, 10, 31), timezones=st.just(UTC))  # noqa: DTZ001
AMOUNTS = st.integers(1, 40)


def limit_of(amount, unit, **kwargs):
    return Timescale(
        key="t", duty="Do it", trigger="it began", limits=[Limit(amount, unit, "law")], **kwargs
    )


def when_due(timescale, trigger, local=NATIONAL):
    """When it is due, where a limit applies."""
    found = due(timescale, trigger, local)
    assert found is not None
    return found


def limit_then(timescale, day, local=NATIONAL):
    """The limit in force, where one is."""
    found = limit_on(timescale, day, local)
    assert found is not None
    return found


INITIAL = Timescale(
    key="initial",
    duty="Complete the initial assessment",
    trigger="the referral",
    limits=[
        Limit(7, "working days", "Framework 2000", "fa_2000", replaced_by="single"),
        Limit(10, "working days", "Working Together 2010", "initial_10", replaced_by="single"),
    ],
)


# Working days


@given(DAYS, AMOUNTS)
def test_working_days_are_counted_one_by_one_over_weekends_and_bank_holidays(day, amount):
    expected, left = day, amount
    while left:
        expected += timedelta(days=1)
        left -= expected.weekday() < 5 and expected not in BANK_HOLIDAYS

    assert when_due(limit_of(amount, "working days"), day).on == expected


@given(DAYS, AMOUNTS)
def test_what_is_due_in_working_days_falls_due_on_one(day, amount):
    assert is_working_day(when_due(limit_of(amount, "working days"), day).on)


@given(DAYS, AMOUNTS)
def test_a_day_later_is_never_due_sooner(day, amount):
    for unit in ("working days", "calendar days", "weeks", "months", "hours"):
        timescale = limit_of(amount, unit)

        assert when_due(timescale, day).on <= when_due(timescale, day + timedelta(days=1)).on


@pytest.mark.parametrize(
    ("trigger", "amount", "expected"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Good Friday and Easter Monday
        (date(2022, 5, 31), 3, date(2022, 6, 7)),  # the platinum jubilee moved a holiday
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the late Queen's funeral
        (date(2011, 4, 21), 3, date(2011, 4, 28)),  # Easter, then the royal wedding
        (date(2020, 5, 7), 1, date(2020, 5, 11)),  # VE day, moved to a Friday
        (date(2027, 12, 24), 1, date(2027, 12, 29)),  # Christmas on a weekend: two days in lieu
    ],
)
def test_working_days_leave_out_each_years_own_bank_holidays(trigger, amount, expected):
    assert when_due(limit_of(amount, "working days"), trigger).on == expected


# Weeks, days and months


@given(DAYS, AMOUNTS)
def test_weeks_fall_due_on_the_same_weekday(day, amount):
    on = when_due(limit_of(amount, "weeks"), day).on

    assert on.weekday() == day.weekday()
    assert (on - day).days == amount * 7


@given(DAYS, AMOUNTS)
def test_calendar_days_do_not_count_the_first(day, amount):
    assert when_due(limit_of(amount, "calendar days"), day).on == day + timedelta(days=amount)


@given(DAYS, AMOUNTS)
def test_months_fall_due_on_the_same_date_or_the_last_day_of_a_shorter_month(day, amount):
    on = when_due(limit_of(amount, "months"), day).on

    assert (on.year * 12 + on.month) - (day.year * 12 + day.month) == amount
    assert on.day == day.day or (on.day < day.day and (on + timedelta(days=1)).day == 1)


def test_three_months_from_the_end_of_november_is_the_end_of_february():
    assert when_due(limit_of(3, "months"), date(2025, 11, 30)).on == date(2026, 2, 28)
    assert when_due(limit_of(3, "months"), date(2023, 11, 30)).on == date(2024, 2, 29)


# Hours


@given(MOMENTS, AMOUNTS)
def test_hours_run_by_the_clock_whatever_the_season(moment, amount):
    when = when_due(limit_of(amount, "hours"), moment)

    assert when.at - moment == timedelta(hours=amount)
    assert when.on == when.at.astimezone(ENGLAND).date()


def test_a_day_and_a_night_when_the_clocks_go_forward_ends_an_hour_later_by_the_clock():
    when = when_due(limit_of(24, "hours"), datetime(2026, 3, 28, 16, 20, tzinfo=ENGLAND))

    assert when.at.isoformat() == "2026-03-29T17:20:00+01:00"


def test_a_day_and_a_night_when_the_clocks_go_back_ends_an_hour_earlier_by_the_clock():
    when = when_due(limit_of(24, "hours"), datetime(2026, 10, 24, 16, 20, tzinfo=ENGLAND))

    assert when.at.isoformat() == "2026-10-25T15:20:00+00:00"


@given(DAYS, AMOUNTS)
def test_hours_from_a_day_without_a_time_run_to_the_end_of_the_day_they_reach(day, amount):
    when = when_due(limit_of(amount, "hours"), day)

    assert when.at is None
    assert (when.on - day).days == -(-amount // 24)


def test_a_moment_late_in_the_evening_counts_from_its_day_in_england():
    just_after_midnight_in_summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert when_due(limit_of(1, "calendar days"), just_after_midnight_in_summer).on == date(
        2026, 7, 2
    )


# Frameworks


@pytest.mark.parametrize(
    ("referred", "days"),
    [(date(2010, 3, 16), 7), (date(2010, 3, 17), 10), (date(2013, 4, 12), 10)],
)
def test_the_edition_in_force_on_the_day_of_the_trigger_sets_the_limit(referred, days):
    assert limit_then(INITIAL, referred).amount == days


def test_no_limit_applies_before_the_first_edition_or_after_the_last():
    assert due(INITIAL, date(2001, 3, 31)) is None
    assert due(INITIAL, date(2013, 4, 15)) is None


def test_an_authority_that_kept_seven_days_is_held_to_seven():
    local = LocalRules(adopted={"initial_10": date(2011, 9, 5)})

    assert limit_then(INITIAL, date(2011, 9, 4), local).amount == 7
    assert limit_then(INITIAL, date(2011, 9, 5), local).amount == 10


def test_an_authority_late_to_the_single_assessment_goes_on_with_the_old_limits():
    local = LocalRules(adopted={"single": date(2016, 12, 1)})

    assert limit_then(INITIAL, date(2016, 11, 30), local).amount == 10
    assert limit_on(INITIAL, date(2016, 12, 1), local) is None


@given(day=DAYS, adopted=DAYS)
def test_work_begun_under_one_edition_stays_under_it_whenever_the_next_was_adopted(day, adopted):
    local = LocalRules(adopted={"single": adopted})
    limit = limit_on(INITIAL, day, local)

    assert (limit is None) == (day >= adopted)


# Local limits


@given(day=DAYS, national=AMOUNTS, chosen=AMOUNTS)
def test_a_stricter_only_limit_is_never_loosened(day, national, chosen):
    timescale = limit_of(national, "working days", configurable="stricter only")
    local = LocalRules(amounts={"t": [(date(2000, 1, 1), chosen)]})

    assert when_due(timescale, day, local).on <= when_due(timescale, day).on
    assert amount_on(timescale, timescale.limits[0], day, local) == min(national, chosen)


@given(day=DAYS, national=AMOUNTS, chosen=AMOUNTS)
def test_a_fixed_limit_takes_no_notice_of_a_local_one(day, national, chosen):
    timescale = limit_of(national, "weeks")
    local = LocalRules(amounts={"t": [(date(2000, 1, 1), chosen)]})

    assert when_due(timescale, day, local) == when_due(timescale, day)


@given(day=DAYS, since=DAYS, national=AMOUNTS, chosen=AMOUNTS)
def test_changing_a_limit_never_rewrites_what_began_before_it(day, since, national, chosen):
    timescale = limit_of(national, "calendar days", configurable="yes")
    local = LocalRules(amounts={"t": [(since, chosen)]})
    amount = chosen if since <= day else national

    assert when_due(timescale, day, local).on == day + timedelta(days=amount)


def test_the_latest_local_limit_that_held_on_the_day_is_the_one_used():
    timescale = limit_of(28, "calendar days", configurable="yes")
    local = LocalRules(amounts={"t": [(date(2015, 1, 1), 21), (date(2020, 1, 1), 14)]})

    assert when_due(timescale, date(2014, 12, 31), local).on == date(2015, 1, 28)
    assert when_due(timescale, date(2019, 12, 31), local).on == date(2020, 1, 21)
    assert when_due(timescale, date(2020, 1, 1), local).on == date(2020, 1, 15)


# Words


def test_a_due_date_says_why_from_which_fact_and_on_what_authority():
    assert when_due(INITIAL, date(2012, 5, 1)).because == (
        "Complete the initial assessment: 10 working days after the referral on 1 May 2012 "
        "(Working Together 2010)"
    )


def test_one_of_anything_is_not_said_as_many():
    assert "1 month after" in when_due(limit_of(1, "months"), date(2026, 1, 5)).because


def test_a_timescale_is_declared_once(monkeypatch):
    monkeypatch.setattr(timescales, "TIMESCALES", {})
    declare(INITIAL)

    with pytest.raises(ValueError, match="initial is declared twice"):
        declare(INITIAL)


def test_nationally_nothing_is_chosen():
    assert LocalRules() == NATIONAL
