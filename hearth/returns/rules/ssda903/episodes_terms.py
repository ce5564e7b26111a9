"""Words that the rules of episodes share: codes, and each child's episodes one after another."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from hearth.returns.checking.columns import Dates, Mask
from hearth.returns.checking.looked_after import CHILD, LAST, LookedAfter
from hearth.returns.checking.rule import Flags, Rule
from hearth.returns.checking.tables import Numbers, Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import of_a_child
from hearth.returns.rules.ssda903.care import earliest, latest
from hearth.returns.rules.ssda903.terms import in_order, unaccompanied

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
FOSTERING = ("U1", "U2", "U3", "U4", "U5", "U6")
OTHER_PLACES = ("Z11", "Z12", "Z13", "Z14")
OUTSIDE_ENGLAND = ("CON", "NIR", "NUK", "SCO", "WAL")
# Stands for the number of a provider that Ofsted does not inspect.
NO_NUMBER = "XXXXXXX"
# Episodes that agree in all of these are of one placement.
PLACEMENT = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")

_DECIMAL = re.compile(rb"-?[0-9]{1,9}(\.[0-9]{1,9})?")


def in_turn(looked_after: LookedAfter) -> tuple[Rows, Rows]:
    """Each child's episodes one after another, and the one before each; no row before the first."""
    episodes = in_order(of_a_child(looked_after.Episodes))
    return episodes, episodes.preceding(CHILD)


def of_child(rows: Rows, singles: Rows) -> Rows:
    """For each row, the one of `singles` (one a child) that is of its child, if there is one."""
    children = rows.up(CHILD)
    places = np.full(children.table.count + 1, -1, dtype=np.intp)
    places[singles.up(CHILD).places] = singles.places
    places[-1] = -1
    return Rows(singles.table, places[children.places])


def last_day(looked_after: LookedAfter, episodes: Rows) -> Dates:
    """The day an episode ceased, or the end of the year where nothing says that it did."""
    open_ = episodes.there & episodes.blank("DEC")
    day: Dates = np.where(open_, looked_after.ends, episodes.date("DEC"))
    return day


def differ(rows: Rows, others: Rows, *names: str) -> Mask:
    """Where a row and another say different things in any of these columns; blanks are alike."""
    different = np.zeros(len(rows), dtype=bool)
    for name in names:
        different |= rows.text(name) != others.text(name)
    return different


def numbered(new: Mask) -> Numbers:
    """The number from nought of the run each row is in, a run starting wherever `new` says."""
    runs: Numbers = np.cumsum(new, dtype=np.int64) - 1
    return runs


def decimal(rows: Rows, name: str) -> npt.NDArray[np.float64]:
    """The number each row gives in a column, decimals too; not a number where it gives none."""
    values, which = np.unique(rows.text(name), return_inverse=True)
    numbers = [float(value) if _DECIMAL.fullmatch(value) else np.nan for value in values]
    return np.array(numbers, dtype=np.float64)[which.reshape(-1)]


def was_unaccompanied(looked_after: LookedAfter, rows: Rows) -> Mask:
    """Where a row's child is an unaccompanied asylum-seeker, or was in last year's return."""
    this_year = unaccompanied(looked_after, rows)
    return this_year | unaccompanied(looked_after, rows, LAST)


def short_postcode(rows: Rows, name: str) -> npt.NDArray[np.bytes_]:
    """A postcode without its spaces and in capitals, so that two may be compared."""
    values, which = np.unique(rows.text(name), return_inverse=True)
    plain = np.array([bytes(value).replace(b" ", b"").upper() for value in values], dtype=np.bytes_)
    return plain[which.reshape(-1)]


def carried_over(looked_after: LookedAfter) -> tuple[Rows, Rows]:
    """Each child's earliest episode of this year, and their latest of last year's left open.

    No row where last year's latest had ceased, even on what is not a date, or there is none.
    """
    first = earliest(looked_after.Episodes, "DECOM")
    last = latest(looked_after.Episodes_last, "DECOM")
    return first, of_child(first, last.where(last.blank("DEC")))


def same_as_last_year(code: str, what: str, column: str, said: str, *, outside: str = "") -> Rule:
    """Declare that an episode left open last year says the same in a column now; blanks are alike.

    `said` is two values, last year's and another. An episode that had ceased is not carried over.
    """
    reads: dict[str, Any] = {
        "Episodes": f"DECOM {column}",
        "Episodes_last": f"DECOM DEC {column}",
    }
    message = f"The episode was open last year, and {what} is not what it was"

    @SSDA903.rule(code, message, outside=outside, **reads)
    def unchanged(looked_after: LookedAfter) -> Flags:
        """Of each child's first episode of the year, and their last of the year before."""
        first, last = carried_over(looked_after)
        return [first.where(last.there & differ(first, last, column))]

    unchanged.examples(left_open(column, *said.split()))
    return unchanged


def left_open(column: str, was: str, other: str) -> str:
    """Examples for a column of an episode that last year's return left open, or did not."""
    return f"""
    Episodes_last CHILD=1 DECOM=01/05/2025 {column}={was} PL_LA=E06000001
    Episodes CHILD=1 DECOM=01/05/2025 {column}={was} PL_LA=E06000001
    Episodes CHILD=1 DECOM=01/06/2026 {column}={other}
    Episodes_last CHILD=2 DECOM=01/04/2025 {column}={other}
    Episodes_last CHILD=2 DECOM=01/05/2025 {column}={was}
    Episodes CHILD=2 DECOM=01/05/2025 {column}={other} !
    Episodes_last CHILD=3 DECOM=01/05/2025 DEC=01/06/2025 {column}={was}
    Episodes CHILD=3 DECOM=01/05/2026 {column}={other}
    Episodes_last CHILD=4 DECOM=01/05/2025 {column}={was}
    Episodes CHILD=4 DECOM=01/05/2025 !
    Episodes_last CHILD=5 DECOM=01/05/2025
    Episodes CHILD=5 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025 {column}={was}
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=31/02/2026 {column}={was}
    Episodes CHILD=7 DECOM=01/05/2025 {column}={other}
    Episodes_last CHILD=8 {column}={was}
    Episodes CHILD=8 DECOM=01/05/2025 {column}={other}
"""
