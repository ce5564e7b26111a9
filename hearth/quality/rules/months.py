"""Months and quarters as the figures are counted in: each named by its first day."""

from collections.abc import Sequence
from datetime import date, timedelta

from hearth.lib.dates import MONTHS, add_months

MONTHS_IN_QUARTER = 3


def month_of(day: date) -> date:
    """The month a day falls in."""
    return day.replace(day=1)


def month_end(month: date) -> date:
    """A month's last day."""
    return add_months(month, 1) - timedelta(1)


def months(first: date, last: date) -> list[date]:
    """Every month from one to another."""
    found, month = [], month_of(first)
    while month <= last:
        found.append(month)
        month = add_months(month, 1)
    return found


def last_whole(today: date) -> date:
    """The last month that is over."""
    return add_months(month_of(today), -1)


def quarter_of(month: date) -> date:
    """The quarter of the year that a month falls in, by its first month."""
    return month.replace(
        month=(month.month - 1) // MONTHS_IN_QUARTER * MONTHS_IN_QUARTER + 1, day=1
    )


def last_whole_quarter(today: date) -> date:
    """The last quarter that is over."""
    return add_months(quarter_of(today), -MONTHS_IN_QUARTER)


def of_quarter(quarter: date) -> Sequence[date]:
    """A quarter's months."""
    return months(quarter, add_months(quarter, MONTHS_IN_QUARTER - 1))


def named(month: date) -> str:
    """A month as it is said: April 2026."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def span(first: date, last: date) -> str:
    """From which month to which, as it is said: one month by its name alone."""
    return named(first) if first == last else f"{named(first)} to {named(last)}"
