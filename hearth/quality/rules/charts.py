"""Control charts: when a change in a series is more than the ups and downs it always had.

The individuals and moving range (XmR) chart, with the four rules that the NHS uses in "Making Data
Count". The first twelve points lock the limits: they never move again by themselves, or a slow fall
would become the new normal. A chart begins afresh only where an analyst says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import fmean

BASELINE, LEAST_TRIAL = 12, 5
# Three standard deviations, as the mean moving range of two points estimates them.
WIDTH = 2.66
NEAR = 2 / 3
SIGMAS = 3
RUN = 7
NEAR_IN, NEAR_OF = 2, 3
# Fewer than this at a point, on the mean, say nothing: each child is a step.
FEW = 5
# A value that differs by less than this from a line is on it: shares are fractions.
ON = 1e-9


class Rule(StrEnum):
    """Why a series signals. The first four are a chart's; which comes first is said first."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"
    STOCK = "stock"
    COMPARATOR = "comparator"


class Limited(StrEnum):
    """How far the limits of a phase can be relied on."""

    NOT_YET = "not_yet"
    TRIAL = "trial"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one point is held against: the mean, and how far from it the usual reaches."""

    mean: float
    lower: float
    upper: float

    @property
    def near_lower(self) -> float:
        """Two thirds of the way down to the lower limit."""
        return self.mean - NEAR * (self.mean - self.lower)

    @property
    def near_upper(self) -> float:
        """Two thirds of the way up to the upper limit."""
        return self.mean + NEAR * (self.upper - self.mean)

    def is_outside(self, value: float) -> bool:
        """Beyond either limit."""
        return value > self.upper + ON or value < self.lower - ON

    def is_near(self, value: float) -> bool:
        """Beyond a near limit, and not beyond the limit."""
        if self.is_outside(value):
            return False
        return value > self.near_upper + ON or value < self.near_lower - ON

    def side(self, value: float) -> int:
        """Above the mean, below it, or on it."""
        return (value > self.mean + ON) - (value < self.mean - ON)


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule that holds at a point: from which point on, and whether it is high or rising."""

    rule: Rule
    first: int
    at: int
    high: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A series held against its limits. A point that could not be reckoned is None."""

    values: Sequence[float | None]
    limits: Sequence[Limits | None]
    limited: Limited
    firings: Sequence[Firing]

    def at(self, point: int) -> list[Firing]:
        """The rules that hold at a point, the one to say first."""
        order = list(Rule)
        return sorted((f for f in self.firings if f.at == point), key=lambda f: order.index(f.rule))


def xmr(values: Sequence[float], baseline: int = BASELINE) -> Chart:
    """One phase of a series, its limits from its first points and how they moved.

    From five points the limits are on trial and use all there are; from `baseline` they are locked.
    """
    used = values[:baseline]
    limits = _moving(used) if len(used) >= LEAST_TRIAL else None
    return _chart(values, [limits] * len(values), _limited(len(used), baseline))


def _moving(used: Sequence[float]) -> Limits:
    mean = fmean(used)
    reach = WIDTH * fmean(abs(b - a) for a, b in pairwise(used))
    return Limits(mean, mean - reach, mean + reach)


def p_chart(counts: Sequence[tuple[int, int]], baseline: int = BASELINE) -> Chart:
    """One phase of a share, each point so many of so many: the fewer, the wider its limits."""
    used = [(some, of) for some, of in counts if of][:baseline]
    values = [some / of if of else None for some, of in counts]
    total = sum(of for _, of in used)
    share = sum(some for some, _ in used) / total if total else 0.0
    enough = len(used) >= LEAST_TRIAL
    limits = [binomial(share, of) if enough and of else None for _, of in counts]
    return _chart(values, limits, _limited(len(used), baseline))


def binomial(share: float, of: int) -> Limits:
    """Between what chance alone would leave a share of so many; of nothing, anywhere."""
    reach = SIGMAS * sqrt(max(share * (1 - share), 0.0) / of) if of else 1.0
    return Limits(share, max(share - reach, 0.0), min(share + reach, 1.0))


def _limited(points: int, baseline: int) -> Limited:
    if points >= baseline:
        return Limited.LOCKED
    return Limited.TRIAL if points >= LEAST_TRIAL else Limited.NOT_YET


def _chart(
    values: Sequence[float | None], limits: Sequence[Limits | None], limited: Limited
) -> Chart:
    points = list(zip(values, limits, strict=True))
    return Chart(values, limits, limited, [f for at in range(len(points)) for f in _at(points, at)])


Point = tuple[float | None, Limits | None]
Reckoned = Sequence[tuple[float, Limits]]


def _at(points: Sequence[Point], at: int) -> Iterator[Firing]:
    """Every rule that this point completes."""
    one = _last(points, at, 1)
    if one and one[0][1].is_outside(one[0][0]):
        yield Firing(Rule.OUTSIDE, at, at, high=one[0][0] > one[0][1].upper)
    if (run := _last(points, at, RUN)) and (way := _trend(run)):
        yield Firing(Rule.TREND, at - RUN + 1, at, high=way > 0)
    if (few := _last(points, at, NEAR_OF)) and (side := _two_of_three(few)):
        yield Firing(Rule.TWO_OF_THREE, at - NEAR_OF + 1, at, high=side > 0)
    if run and (side := _one_side(run)):
        yield Firing(Rule.SHIFT, at - RUN + 1, at, high=side > 0)


def _last(points: Sequence[Point], at: int, many: int) -> Reckoned:
    """The last so many points up to one; none where one of them could not be reckoned."""
    found = [
        (value, limits)
        for value, limits in points[max(at - many + 1, 0) : at + 1]
        if value is not None and limits is not None
    ]
    return found if len(found) == many else []


def _one_side(run: Reckoned) -> int:
    sides = {limits.side(value) for value, limits in run}
    return sides.pop() if len(sides) == 1 else 0


def _trend(run: Reckoned) -> int:
    ways = {(b > a) - (b < a) for (a, _), (b, _) in pairwise(run)}
    return ways.pop() if len(ways) == 1 else 0


def _two_of_three(few: Reckoned) -> int:
    near = sum(limits.is_near(value) for value, limits in few)
    return _one_side(few) if near >= NEAR_IN else 0
