"""Working days, months, ages and dates in words, as English statutory guidance counts them."""

import calendar
from bisect import bisect_right
from datetime import date, timedelta

from hearth.lib.bank_holidays import BANK_HOLIDAYS, FIRST_YEAR, LAST_YEAR

FIRST_DAY = date(FIRST_YEAR, 1, 1)
LAST_DAY = date(LAST_YEAR, 12, 31)
SATURDAY = 5
DAYS_IN_WEEK = 7
WEEKS_COUNTED_TO = 13
DAYS_COUNTED_TO = 28
MONTHS_IN_YEAR = 12
MONTHS_COUNTED_TO = 24
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Every working day's number, in order: counting and adding are then a search, not a walk.
_WORKING_DAYS = [
    number
    for number in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1)
    if date.fromordinal(number).weekday() < SATURDAY
    and date.fromordinal(number) not in BANK_HOLIDAYS
]
_IS_WORKING = frozenset(_WORKING_DAYS)


class OutsideCalendar(ValueError):
    """A day falls in a year whose bank holidays we do not hold."""

    def __init__(self, day: date | None = None) -> None:
        what = f"{in_words(day)} is outside" if day else "The answer is outside"
        super().__init__(
            f"{what} the working-day calendar, which runs from "
            f"{in_words(FIRST_DAY)} to {in_words(LAST_DAY)}"
        )


def in_words(day: date) -> str:
    """A date as a worker writes it: 14 April 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_calendar(day: date) -> bool:
    """Whether we hold the bank holidays of this day's year."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_working_day(day: date) -> bool:
    """Monday to Friday, bank holidays in England apart (children in need census, rule 8569Q)."""
    return _number(day) in _IS_WORKING


def next_working_day(day: date) -> date:
    """The first working day after this one."""
    return add_working_days(day, 1)


def add_working_days(start: date, days: int) -> date:
    """Count working days from a start that is itself day 0; a negative number counts back."""
    number = _number(start)
    if days == 0:
        return date.fromordinal(number)
    if days > 0:
        place = bisect_right(_WORKING_DAYS, number) + days - 1
    else:
        place = bisect_right(_WORKING_DAYS, number - 1) + days
    if not 0 <= place < len(_WORKING_DAYS):
        raise OutsideCalendar
    return date.fromordinal(_WORKING_DAYS[place])


def working_days_until(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` came first."""
    return bisect_right(_WORKING_DAYS, _number(end)) - bisect_right(_WORKING_DAYS, _number(start))


def add_weeks(start: date, weeks: int) -> date:
    """The same weekday, some weeks later or earlier."""
    return start + timedelta(weeks=weeks)


def add_months(start: date, months: int) -> date:
    """The same day of a later or earlier month, or its last day if that month is shorter."""
    years, month = divmod(start.month - 1 + months, MONTHS_IN_YEAR)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def age_on(born: date, day: date) -> int:
    """Whole years old on a day; negative before birth.

    Somebody born on 29 February is a year older on 1 March of an ordinary year.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_between(start: date, day: date) -> int:
    """Whole months from one day to a later one."""
    years, months = day.year - start.year, day.month - start.month
    return years * MONTHS_IN_YEAR + months - (day.day < start.day)


def age_in_words(born: date, day: date) -> str:
    """An age as a worker says it: unborn, 3 weeks, 14 months, 9 years."""
    if day < born:
        return "unborn"
    return _span(born, day, DAYS_IN_WEEK)


def how_long_ago(day: date, today: date) -> str:
    """How old something on the record is: today, yesterday, 12 days ago, 9 weeks ago."""
    days = (today - day).days
    if days in (-1, 0, 1):
        return {-1: "tomorrow", 0: "today", 1: "yesterday"}[days]
    if days < 0:
        return f"in {_span(today, day, DAYS_COUNTED_TO)}"
    return f"{_span(day, today, DAYS_COUNTED_TO)} ago"


def _span(start: date, end: date, days_to: int) -> str:
    """How long it is from one day to a later one, in days where it is fewer than so many."""
    days = (end - start).days
    if days < days_to:
        return _many(days, "day")
    if days < WEEKS_COUNTED_TO * DAYS_IN_WEEK:
        return _many(days // DAYS_IN_WEEK, "week")
    months = months_between(start, end)
    if months < MONTHS_COUNTED_TO:
        return _many(months, "month")
    return _many(age_on(start, end), "year")


def lateness(due: date, today: date) -> str:
    """How long is left, or how late it is, in words; the date alone outside the calendar."""
    if due == today:
        return "Due today"
    late = due < today
    if not (in_calendar(due) and in_calendar(today)):
        return f"{'Was due' if late else 'Due'} {in_words(due)}"
    days = abs(working_days_until(today, due))
    amount = _many(days, "working day") if days else "Less than 1 working day"
    return f"{amount} {'late' if late else 'left'}"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _number(day: date) -> int:
    if not in_calendar(day):
        raise OutsideCalendar(day)
    return day.toordinal()
