"""What signals now: which series, by which rules, since which month, and whether a second time.

Only what is recent signals. What a chart shows of years ago is history, read on the chart; and what
somebody has answered for signals again only by months that came after.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.lib.dates import add_months
from hearth.quality.comparators import COMPARATORS, DEFAULT, Comparator
from hearth.quality.flow.charting import Point, SeriesChart
from hearth.quality.flow.reckon import Stage, Tally
from hearth.quality.flow.series import OF_A_TEAM, Series
from hearth.quality.rules.charts import Limited, Rule
from hearth.quality.rules.comparing import (
    STOCK_MONTHS,
    Compared,
    StockChange,
    compared,
)
from hearth.quality.rules.months import MONTHS_IN_QUARTER, of_quarter, quarter_of

RECENT = 3


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule that holds for a series: from which month, to which."""

    rule: Rule
    high: bool
    first: date
    month: date


@dataclass(frozen=True, slots=True)
class Finding:
    """A series that signals: its rules, the one to say first first, and since when."""

    series: Series
    fired: Sequence[Fired]
    twice: bool
    comparator: str = ""

    @property
    def rules(self) -> list[Rule]:
        """Each rule once, in the order in which they are said."""
        held = {one.rule for one in self.fired}
        return [rule for rule in Rule if rule in held]

    @property
    def newest(self) -> Fired:
        """What holds last, and of that what is said first."""
        month = max(one.month for one in self.fired)
        order = list(Rule)
        return min(
            (one for one in self.fired if one.month == month), key=lambda one: order.index(one.rule)
        )

    @property
    def first(self) -> date:
        """The first month of what signals."""
        return min(one.first for one in self.fired)


def find(
    charts: Sequence[SeriesChart],
    counted: Tally,
    last: date,
    *,
    of_team: bool = False,
    after: Mapping[str, date] | None = None,
) -> list[Finding]:
    """What signals, to the last month that is over; `after` is what was answered for already."""
    found = []
    for one in charts:
        held = fired(one, counted, last, of_team=of_team)
        since = (after or {}).get(one.series.key, date.min)
        recent = [
            each for each in held if each.month > add_months(last, -RECENT) and each.first > since
        ]
        if recent:
            compares = any(each.rule == Rule.COMPARATOR for each in recent)
            twice = _twice({quarter_of(each.month) for each in held}, recent)
            found.append(Finding(one.series, recent, twice, DEFAULT if compares else ""))
    return found


def fired(one: SeriesChart, counted: Tally, last: date, *, of_team: bool) -> list[Fired]:
    """Every rule that ever held for a series, in whichever month."""
    return list(_all(one, counted, last, of_team=of_team))


def _twice(quarters: set[date], recent: Sequence[Fired]) -> bool:
    """Whether it signalled in the quarter before what is recent, too."""
    return any(
        add_months(quarter_of(each.month), -MONTHS_IN_QUARTER) in quarters for each in recent
    )


def _all(one: SeriesChart, counted: Tally, last: date, *, of_team: bool) -> Iterator[Fired]:
    for point in one.points if one.limited == Limited.LOCKED else ():
        for firing, since in zip(point.firings, point.since, strict=True):
            if not of_team or firing.rule in OF_A_TEAM:
                yield Fired(firing.rule, firing.high, since, point.last)
    if not of_team:
        yield from _stock(one, last)
        yield from _beside(one, counted, last)


def _stock(one: SeriesChart, last: date) -> Iterator[Fired]:
    """The plain guard: plans open changed by more than a tenth in three months."""
    if one.series.stage != Stage.PLANS_OPEN:
        return
    by_month = {point.month: point for point in one.points}
    for month, point in by_month.items():
        before = by_month.get(add_months(month, -STOCK_MONTHS))
        if before is None or before.phase != point.phase:
            continue
        change = change_of(before, point)
        if change.fires and month <= last:
            yield Fired(Rule.STOCK, change.is_high, add_months(before.month, 1), month)


def change_of(before: Point, now: Point) -> StockChange:
    """How the number open changed between two months."""
    return StockChange(before.count.children, now.count.children)


def _beside(one: SeriesChart, counted: Tally, last: date) -> Iterator[Fired]:
    """Each whole quarter beside the published share."""
    if not one.series.measure or not one.points:
        return
    quarter = quarter_of(add_months(last, 1))
    while (quarter := add_months(quarter, -MONTHS_IN_QUARTER)) >= one.points[0].month:
        seen = beside(one.series, counted, of_quarter(quarter), COMPARATORS[DEFAULT])
        if seen is not None and seen.fires:
            yield Fired(
                Rule.COMPARATOR,
                seen.is_high,
                quarter,
                add_months(quarter, MONTHS_IN_QUARTER - 1),
            )


def beside(
    series: Series, counted: Tally, months: Sequence[date], comparator: Comparator
) -> Compared | None:
    """A share over some months, beside another's; none where nobody knows that."""
    expected = comparator.share(series.measure)
    if expected is None or series.of is None:
        return None
    # As the published share has it: plans begun, whether or not the conference was in the period.
    some = Stage.OWN_PLAN if series.stage == Stage.TO_PLAN else series.stage
    return compared(
        counted.count(some, months).children,
        counted.count(series.of, months).children,
        expected,
    )
