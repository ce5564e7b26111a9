"""The periods that a child was looked after, made of episodes, and what falls within them."""

from dataclasses import dataclass

import numpy as np

from hearth.returns.checking.columns import Dates
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.spans import falling
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.ssda903.answers import no_day, of_a_child

# Later than any day of a return: where a period that has not ended ends.
OPEN = np.datetime64("9999-12-31")


@dataclass(frozen=True)
class Periods:
    """Periods of being looked after: the first episode of each, and its first and last day.

    One that has not ended has no last day.
    """

    first: Rows
    starts: Dates
    ends: Dates


def dated(rows: Rows, column: str = "DECOM") -> Rows:
    """Each child's rows by a day, one after another, leaving out any without it."""
    rows = of_a_child(rows.where(~no_day(rows, column)))
    return rows.ordered(CHILD, rows.date(column))


def earliest(rows: Rows, column: str = "DECOM") -> Rows:
    """Each child's row with the earliest day in a column; the first in the file of those alike."""
    rows = dated(rows, column)
    return rows.where(~rows.preceding(CHILD).there)


def latest(rows: Rows, column: str = "DECOM") -> Rows:
    """Each child's row with the latest day in a column; the last in the file of those alike."""
    rows = dated(rows, column)
    return rows.where(~rows.following(CHILD).there)


def periods_of_care(looked_after: LookedAfter) -> Periods:
    """A new one begins when an episode begins later than the one before it ceased."""
    episodes = dated(looked_after.Episodes)
    before = episodes.preceding(CHILD)
    begins = ~before.there | (episodes.date("DECOM") > before.date("DEC"))
    first, last = episodes.where(begins), episodes.where(np.append(begins, True)[1:])
    return Periods(first, first.date("DECOM"), last.date("DEC"))


def open_ended(ends: Dates) -> Dates:
    """The same days, with one later than any other where there is none."""
    filled: Dates = np.where(np.isnat(ends), OPEN, ends)
    return filled


def in_care(looked_after: LookedAfter, rows: Rows, start: str, end: str) -> Rows:
    """The rows of a spell that lie in a period of care of the child.

    One that has ended has done so in the period. One that has not began in a period, or after it
    began, that has not ended either.
    """
    care = periods_of_care(looked_after)
    lasting = no_day(rows, end)
    ended, going_on = rows.where(~lasting), rows.where(lasting)
    within, _ = falling(
        ended, ended.date(end), care.first, care.starts, open_ended(care.ends), within=CHILD
    )
    still = np.isnat(care.ends)
    open_too, _ = falling(
        going_on,
        going_on.date(start),
        care.first.where(still),
        care.starts[still],
        open_ended(care.ends[still]),
        within=CHILD,
    )
    return Rows(rows.table, np.concatenate([within.places, open_too.places]))


def after_the_one_before(rows: Rows, start: str, end: str) -> Rows:
    """Each child's spells that began before the one before had ended, or though it has no end.

    They are ordered by the day they ended, or began where there is none, and then began.
    """
    rows = of_a_child(rows)
    ends = np.where(no_day(rows, end), rows.date(start), rows.date(end))
    rows = rows.ordered(CHILD, ends, rows.date(start))
    before = rows.preceding(CHILD)
    ended = before.date(end)
    return rows.where(before.there & (np.isnat(ended) | (rows.date(start) < ended)))
