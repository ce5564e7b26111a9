"""Working days, months, ages and dates in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.lib.bank_holidays import BANK_HOLIDAYS, FIRST_YEAR, LAST_YEAR
from hearth.lib.dates import (
    FIRST_DAY,
    LAST_DAY,
    OutsideCalendar,
    add_months,
    add_weeks,
    add_working_days,
    age_in_words,
    age_on,
    how_long_ago,
    in_words,
    is_working_day,
    lateness,
    next_working_day,
    working_days_until,
)

ONE_DAY = timedelta(days=1)
days = st.dates(FIRST_DAY, LAST_DAY)
middle_days = st.dates(date(2007, 1, 1), date(2026, 12, 31))
counts = st.integers(-400, 400)


def count_one_by_one(start, end):
    if end < start:
        return -count_one_by_one(end, start)
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, span + 1))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 4, 2), True),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 4), False),  # Saturday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2022, 9, 19), False),  # the state funeral
        (date(2023, 5, 8), False),  # the coronation
        (date(2020, 5, 4), True),  # moved that year
        (date(2020, 5, 8), False),  # to here
        (date(2026, 12, 28), False),  # in place of a Saturday
    ],
)
def test_weekends_and_bank_holidays_are_not_working_days(day, working):
    assert is_working_day(day) is working


def test_every_year_held_has_at_least_eight_weekday_holidays():
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        in_year = [day for day in BANK_HOLIDAYS if day.year == year]

        # 2005 to 2028 each have eight; a holiday is moved, never lost.
        assert len(in_year) >= 8
        assert all(day.weekday() < 5 for day in in_year)


def test_the_day_it_starts_is_day_nought():
    assert add_working_days(date(2026, 4, 1), 0) == date(2026, 4, 1)
    assert add_working_days(date(2026, 4, 1), 1) == date(2026, 4, 2)
    assert add_working_days(date(2026, 4, 1), 2) == date(2026, 4, 7)


def test_45_working_days_from_a_referral_step_over_easter_and_may():
    assert add_working_days(date(2026, 3, 30), 45) == date(2026, 6, 5)


def test_a_negative_number_counts_back():
    assert add_working_days(date(2026, 4, 7), -1) == date(2026, 4, 2)
    assert add_working_days(date(2026, 4, 5), -1) == date(2026, 4, 2)


def test_the_cut_off_days_of_the_census_for_2026():
    assert add_working_days(date(2026, 3, 31), -45) == date(2026, 1, 27)
    assert add_working_days(date(2026, 3, 31), -15) == date(2026, 3, 10)


@pytest.mark.parametrize("day", [date(2004, 12, 31), date(2029, 1, 1)])
def test_days_outside_the_calendar_are_refused_in_words(day):
    for ask in (is_working_day, next_working_day, lambda d: working_days_until(d, d)):
        with pytest.raises(OutsideCalendar, match=f"{in_words(day)} is outside"):
            ask(day)


@pytest.mark.parametrize(("start", "number"), [(LAST_DAY, 1), (FIRST_DAY, -1)])
def test_counting_off_either_end_of_the_calendar_is_refused(start, number):
    with pytest.raises(OutsideCalendar, match="1 January 2005 to 31 December 2028"):
        add_working_days(start, number)


def test_outside_the_calendar_is_a_value_error():
    assert issubclass(OutsideCalendar, ValueError)


@given(start=middle_days, number=st.integers(1, 400))
def test_adding_then_counting_gives_the_number_added(start, number):
    end = add_working_days(start, number)

    assert is_working_day(end)
    assert working_days_until(start, end) == number


@given(start=middle_days, number=counts)
def test_adding_and_taking_away_comes_back_to_a_working_day(start, number):
    start = next_working_day(start)

    assert add_working_days(add_working_days(start, number), -number) == start


@given(start=days, span=st.integers(-120, 120))
def test_the_table_agrees_with_counting_one_by_one(start, span):
    end = min(max(start + timedelta(days=span), FIRST_DAY), LAST_DAY)

    assert working_days_until(start, end) == count_one_by_one(start, end)


@given(start=days, middle=days, end=days)
def test_counts_add_up_across_any_day_between(start, middle, end):
    assert working_days_until(start, end) == working_days_until(start, middle) + working_days_until(
        middle, end
    )


@given(day=middle_days)
def test_no_working_day_is_stepped_over(day):
    nearest = next_working_day(day)

    between = [day + timedelta(days=n) for n in range(1, (nearest - day).days)]
    assert not any(is_working_day(each) for each in between)


def test_every_day_from_2005_to_2028_counts_on_from_the_day_before():
    day, running = FIRST_DAY, 0
    while day < LAST_DAY:
        day += ONE_DAY
        running += is_working_day(day)
        assert working_days_until(FIRST_DAY, day) == running


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 4, 14), 6, date(2026, 10, 14)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert add_months(start, months) == end


@given(start=days, months=counts)
def test_adding_months_always_lands_in_the_month_meant(start, months):
    end = add_months(start, months)

    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day <= start.day


@given(start=days, weeks=counts)
def test_weeks_keep_the_weekday(start, weeks):
    assert add_weeks(start, weeks).weekday() == start.weekday()
    assert (add_weeks(start, weeks) - start).days == weeks * 7


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 4, 14), date(2026, 4, 13), 15),
        (date(2010, 4, 14), date(2026, 4, 14), 16),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2026, 4, 14), date(2026, 4, 14), 0),
        (date(2026, 4, 14), date(2026, 4, 13), -1),
    ],
)
def test_age_is_in_whole_years(born, day, age):
    assert age_on(born, day) == age


@given(born=days, day=days)
def test_nobody_grows_younger(born, day):
    assert age_on(born, day) <= age_on(born, day + ONE_DAY)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2026, 5, 1), "unborn"),
        (date(2026, 4, 14), "0 days"),
        (date(2026, 4, 13), "1 day"),
        (date(2026, 3, 24), "3 weeks"),
        (date(2025, 2, 14), "14 months"),
        (date(2024, 4, 15), "23 months"),
        (date(2016, 12, 14), "9 years"),
    ],
)
def test_small_children_have_ages_in_weeks_and_months(born, words):
    assert age_in_words(born, date(2026, 4, 14)) == words


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (date(2026, 5, 1), "in 17 days"),
        (date(2026, 4, 15), "tomorrow"),
        (date(2026, 4, 14), "today"),
        (date(2026, 4, 13), "yesterday"),
        (date(2026, 4, 2), "12 days ago"),
        (date(2026, 3, 17), "4 weeks ago"),
        (date(2025, 12, 14), "4 months ago"),
        (date(2016, 12, 14), "9 years ago"),
    ],
)
def test_how_old_something_on_the_record_is(then, words):
    assert how_long_ago(then, date(2026, 4, 14)) == words


def test_a_date_in_words():
    assert in_words(date(2026, 4, 14)) == "14 April 2026"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 4, 14), "Due today"),
        (date(2026, 4, 17), "3 working days left"),
        (date(2026, 4, 15), "1 working day left"),
        (date(2026, 4, 10), "2 working days late"),
        (date(2026, 4, 13), "1 working day late"),
        (date(2031, 5, 4), "Due 4 May 2031"),
        (date(2004, 5, 4), "Was due 4 May 2004"),
    ],
)
def test_lateness_in_words(due, words):
    assert lateness(due, date(2026, 4, 14)) == words


def test_a_weekend_is_less_than_a_working_day():
    friday, saturday, sunday = date(2026, 4, 17), date(2026, 4, 18), date(2026, 4, 19)

    assert lateness(friday, today=sunday) == "Less than 1 working day late"
    assert lateness(sunday, today=saturday) == "Less than 1 working day left"
