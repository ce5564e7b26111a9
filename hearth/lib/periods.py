"""Runs of days, counted up to but not including the day they ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days from `start` up to, but not on, `end`; no end means it still goes on.

    What starts and ends on one day holds no day at all, and is allowed: a referral may be opened
    and closed in a morning.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("A period cannot end before it starts")

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.end is None

    @property
    def is_empty(self) -> bool:
        """Whether it started and ended on one day."""
        return self.start == self.end

    @property
    def days(self) -> int | None:
        """How many days it lasted; None while it still goes on."""
        return None if self.end is None else (self.end - self.start).days

    def days_by(self, day: date) -> int:
        """How many of its days had been reached by the start of a day."""
        last = day if self.end is None else min(self.end, day)
        return max((last - self.start).days, 0)

    def contains(self, day: date) -> bool:
        """Whether it held on this day."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether any day is in both."""
        return self.intersect(other) is not None

    def intersect(self, other: "Period") -> "Period | None":
        """The days in both, or None when there are none."""
        start = max(self.start, other.start)
        end = _earlier(self.end, other.end)
        return Period(start, end) if end is None or start < end else None

    def abuts(self, other: "Period") -> bool:
        """Whether one starts on the day the other ended."""
        return other.start == self.end or self.start == other.end


def merge(periods: Iterable[Period]) -> list[Period]:
    """The same days as the fewest periods, in order; those that touch are joined."""
    merged: list[Period] = []
    for period in sorted((each for each in periods if not each.is_empty), key=_start):
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and last.end < period.start):
            merged.append(period)
        else:
            merged[-1] = Period(last.start, _later(last.end, period.end))
    return merged


def gaps(periods: Iterable[Period], within: Period | None = None) -> list[Period]:
    """The days between the periods, or the days of `within`, that no period holds."""
    merged = merge(periods)
    if within is None:
        return _between(merged)
    held = [part for part in map(within.intersect, merged) if part is not None]
    if not held:
        return [] if within.is_empty else [within]
    found = [Period(within.start, held[0].start), *_between(held)]
    last = held[-1].end
    if last is not None:
        found.append(Period(last, within.end))
    return [gap for gap in found if not gap.is_empty]


def _between(merged: Sequence[Period]) -> list[Period]:
    return [
        Period(before.end, after.start)
        for before, after in pairwise(merged)
        if before.end is not None
    ]


def _start(period: Period) -> date:
    return period.start


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
