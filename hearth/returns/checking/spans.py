"""Which days fall within which spans of the same child or episode, without comparing every pair."""

import numpy as np
import numpy.typing as npt

from hearth.returns.checking.columns import Dates, Mask
from hearth.returns.checking.tables import Rows

Keys = npt.NDArray[np.int64]

# More days than any two dates lie apart, so that one group's days never meet the next one's.
_APART = 100_000_000


def falling(
    points: Rows, days: Dates, spans: Rows, starts: Dates, ends: Dates, *, within: str
) -> tuple[Rows, Rows]:
    """The points whose day falls in a span of the same row above, and the spans they fall in.

    A span holds its first and its last day. A day or a span that is not known falls nowhere.
    """
    sound = ~np.isnat(days) & points.up(within).there
    points, days = points.where(sound), days[sound]
    whole = ~np.isnat(starts) & ~np.isnat(ends) & (starts <= ends) & spans.up(within).there
    spans, starts, ends = spans.where(whole), starts[whole], ends[whole]
    at, first, last = (
        _keys(points, days, within),
        _keys(spans, starts, within),
        _keys(spans, ends, within),
    )
    return points.where(_covered(at, first, last)), spans.where(_covering(at, first, last))


def within_another(rows: Rows, starts: Dates, ends: Dates, *, within: str) -> tuple[Rows, Rows]:
    """The rows that start within another of the same row above, and those they start within.

    A row holds its first and its last day. Two that start on one day are each within the other, if
    the other holds that day. A row whose start or end is not known is in none and holds none.
    """
    known = ~np.isnat(starts) & rows.up(within).there
    rows, starts, ends = rows.where(known), starts[known], ends[known]
    ends = np.where(np.isnat(ends), starts - 1, ends)
    order = np.lexsort((starts, rows.up(within).places))
    rows, starts, ends = rows.where(order), starts[order], ends[order]
    first, last = _keys(rows, starts, within), _keys(rows, ends, within)
    last = np.maximum(last, first - 1)
    inner = np.zeros(len(rows), dtype=bool)
    outer = np.zeros(len(rows), dtype=bool)
    if len(rows) > 1:
        inner[1:] = np.maximum.accumulate(last)[:-1] >= first[1:]
        outer[:-1] = first[1:] <= last[:-1]
        _same_day(first, last, inner, outer)
    return rows.where(inner), rows.where(outer)


def _same_day(first: Keys, last: Keys, inner: Mask, outer: Mask) -> None:
    """Of rows that start on one day, the earlier is within the later, as the later is within it."""
    same = first[1:] == first[:-1]
    holds = last >= first
    run = np.concatenate([[0], np.cumsum(~same)])
    holding = np.bincount(run, weights=holds)[run]
    inner |= (holding - holds) > 0
    alone = np.bincount(run)[run] == 1
    outer |= ~alone & holds


def _keys(rows: Rows, days: Dates, within: str) -> Keys:
    keys: Keys = rows.up(within).places * _APART + days.astype("datetime64[D]").astype(np.int64)
    return keys


def _covered(at: Keys, first: Keys, last: Keys) -> Mask:
    """Where some span has begun by a day and not ended before it."""
    if not len(first):
        return np.zeros(len(at), dtype=bool)
    order = np.argsort(first, kind="stable")
    reach = np.maximum.accumulate(last[order])
    begun = np.searchsorted(first[order], at, side="right") - 1
    covered: Mask = (begun >= 0) & (reach[np.maximum(begun, 0)] >= at)
    return covered


def _covering(at: Keys, first: Keys, last: Keys) -> Mask:
    """Where a span holds some day."""
    if not len(at):
        return np.zeros(len(first), dtype=bool)
    days = np.sort(at)
    nearest = np.searchsorted(days, first, side="left")
    covering: Mask = (nearest < len(days)) & (days[np.minimum(nearest, len(days) - 1)] <= last)
    return covering
