"""Words that many rules of the census use, each said once."""

from datetime import date

import numpy as np

from hearth.lib.dates import OutsideCalendar, add_working_days
from hearth.returns.checking.census import Census
from hearth.returns.checking.columns import NEVER, Dates, Mask, is_any
from hearth.returns.checking.tables import Rows

# Episodes that an assessment ended, with no service after it.
CLOSED_AFTER_ASSESSMENT = ("RC8", "RC9")
SATURDAY = 5


def yes(rows: Rows, name: str) -> Mask:
    """Where a row says true or 1, in capitals or not."""
    return is_any(np.char.lower(rows.text(name)), ("true", "1"))


def no(rows: Rows, name: str) -> Mask:
    """Where a row says false or 0, in capitals or not; a blank is neither yes nor no."""
    return is_any(np.char.lower(rows.text(name)), ("false", "0"))


def dated(rows: Rows, name: str) -> Mask:
    """Where a row gives a day that there was."""
    known: Mask = ~np.isnat(rows.date(name))
    return known


def undated(rows: Rows, name: str) -> Mask:
    """Where a row gives no day: it says nothing, or what it says is not a date."""
    return ~dated(rows, name)


def outside_period(cin: Census, dates: Dates) -> Mask:
    """Where a day is given and is not in the census period."""
    return (dates < cin.starts) | (dates > cin.ends)


def until(cin: Census, rows: Rows, name: str) -> Dates:
    """The day each row ends; one that gives none is still open when the period ends."""
    return np.where(undated(rows, name), cin.ends, rows.date(name))


def until_before(cin: Census, rows: Rows, name: str) -> Dates:
    """The day before each row ends, its last whole day; one still open holds the period's last."""
    return np.where(undated(rows, name), cin.ends, rows.date(name) - 1)


def open_for_more(episodes: Rows) -> Mask:
    """Where an episode is not closed, and its referral did not end with no further action."""
    return undated(episodes, "CINclosureDate") & no(episodes, "ReferralNFA")


def at_weekend(dates: Dates) -> Mask:
    """Where a day is a Saturday or a Sunday."""
    # Day nought of numpy's calendar, 1 January 1970, was a Thursday.
    weekdays = (dates.astype(np.int64) + 3) % 7
    weekend: Mask = ~np.isnat(dates) & (weekdays >= SATURDAY)
    return weekend


def working_days_before(day: np.datetime64, days: int) -> np.datetime64:
    """So many working days before a day, which is not counted itself.

    In years whose bank holidays are not held, every weekday is a working day.
    """
    if np.isnat(day):
        return NEVER
    on: date = day.astype(object)
    try:
        return np.datetime64(add_working_days(on, -days))
    except OutsideCalendar:
        return np.busday_offset(np.busday_offset(day, 0, roll="forward"), -days)
