"""Each series held against its limits, from the month that each of its phases begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

from hearth.lib.dates import add_months
from hearth.quality.flow.reckon import Count, Tally
from hearth.quality.flow.series import Series
from hearth.quality.rules.charts import (
    BASELINE,
    FEW,
    Chart,
    Firing,
    Limited,
    Limits,
    p_chart,
    xmr,
)
from hearth.quality.rules.comparing import LEAST
from hearth.quality.rules.months import MONTHS_IN_QUARTER, months, quarter_of

# Where no start is on record, a chart begins at the first month on record, or so long ago.
LONGEST = 36
Starts = Mapping[str, Sequence[date]]


@dataclass(frozen=True, slots=True)
class Point:
    """One month or quarter of a series, held against its limits."""

    month: date
    last: date
    count: Count
    of: Count | None
    value: float | None
    limits: Limits | None
    firings: Sequence[Firing]
    # The first months of what each firing is made of.
    since: Sequence[date]
    phase: int

    @property
    def fires(self) -> bool:
        """Whether a rule is completed here."""
        return bool(self.firings)


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """A series, all its points, and how far the limits of its last phase can be relied on."""

    series: Series
    by_quarter: bool
    points: Sequence[Point]
    limited: Limited

    @property
    def last(self) -> Point | None:
        """The newest point."""
        return self.points[-1] if self.points else None

    @property
    def starts(self) -> list[date]:
        """The months where the limits begin afresh, after the first."""
        return [b.month for a, b in pairwise(self.points) if a.phase != b.phase]


def default_start(first: date | None, last: date) -> date:
    """Where a chart begins that has no start on record: the first month, or three years ago."""
    longest = add_months(last, -(LONGEST - 1))
    return max(first, longest) if first is not None else longest


def chart(series: Series, counted: Tally, starts: Sequence[date], last: date) -> SeriesChart:
    """A series through all its phases, to the last month that is over."""
    begins = [start for start in sorted(starts) if start <= last]
    by_quarter = series.is_share and bool(begins) and _is_small(series, counted, begins[-1], last)
    points: list[Point] = []
    limited = Limited.NOT_YET
    for phase, start in enumerate(begins):
        until = add_months(begins[phase + 1], -1) if phase + 1 < len(begins) else last
        spans = _quarters(start, until) if by_quarter else [(m, m) for m in months(start, until)]
        made, limited = _phase(series, counted, spans, phase)
        points += made
    return SeriesChart(series, by_quarter, points, limited)


def _is_small(series: Series, counted: Tally, start: date, last: date) -> bool:
    """Whether months are of too few to be told apart, as the phase's first year has them."""
    year = months(start, last)[:BASELINE]
    if series.of is None or not year:
        return False
    return fmean(counted.count(series.of, [month]).children for month in year) < LEAST


def _quarters(start: date, until: date) -> list[tuple[date, date]]:
    """The whole quarters between two months."""
    first = quarter_of(start)
    if first < start:
        first = add_months(first, MONTHS_IN_QUARTER)
    found = []
    while (end := add_months(first, MONTHS_IN_QUARTER - 1)) <= until:
        found.append((first, end))
        first = add_months(first, MONTHS_IN_QUARTER)
    return found


def _phase(
    series: Series, counted: Tally, spans: Sequence[tuple[date, date]], phase: int
) -> tuple[list[Point], Limited]:
    counts = [counted.count(series.stage, months(*span)) for span in spans]
    of = [counted.count(series.of, months(*span)) if series.of else None for span in spans]
    drawn = _drawn(counts, of) if series.is_share else _counted(counts)
    points = [_point(drawn, at, spans, (counts[at], of[at]), phase) for at in range(len(spans))]
    return points, drawn.limited


def _drawn(counts: Sequence[Count], of: Sequence[Count | None]) -> Chart:
    pairs = zip(counts, of, strict=True)
    return p_chart([(some.children, each.children if each else 0) for some, each in pairs])


def _counted(counts: Sequence[Count]) -> Chart:
    """Numbers against their limits; so few that chance alone moves them are held against none."""
    values = [float(one.children) for one in counts]
    if values and fmean(values[:BASELINE]) < FEW:
        return Chart(values, [None] * len(values), Limited.NOT_YET, [])
    return xmr(values)


def _point(
    drawn: Chart,
    at: int,
    spans: Sequence[tuple[date, date]],
    counts: tuple[Count, Count | None],
    phase: int,
) -> Point:
    firings = drawn.at(at)
    return Point(
        month=spans[at][0],
        last=spans[at][1],
        count=counts[0],
        of=counts[1],
        value=drawn.values[at],
        limits=drawn.limits[at],
        firings=firings,
        since=[spans[one.first][0] for one in firings],
        phase=phase,
    )
