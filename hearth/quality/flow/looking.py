"""Reading, counting and charting together: for a page, and for Hearth's nightly look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.lib.dates import add_months
from hearth.quality.flow.charting import LONGEST, SeriesChart, chart, default_start
from hearth.quality.flow.reckon import Tally, tally
from hearth.quality.flow.record import Record, read
from hearth.quality.flow.series import SERIES
from hearth.quality.models import ChartStart
from hearth.quality.rules.months import last_whole, months

Starts = dict[str, list[date]]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Everything charted for whoever reads it: what was read, counted and held against limits."""

    record: Record
    counted: Tally
    charts: Sequence[SeriesChart]
    charted: Sequence[date]

    @property
    def last(self) -> date:
        """The last month that is over."""
        return self.charted[-1]


def starts_on_record() -> Starts:
    """The month each phase of each series begins in. One query."""
    starts: Starts = {}
    for series, month in ChartStart.objects.values_list("series", "month"):
        starts.setdefault(series, []).append(month)
    return starts


def reckon(team: int | None, *, today: date) -> Reckoned:
    """Read, count and chart: the whole service, or one team. Five queries."""
    starts, last = starts_on_record(), last_whole(today)
    first = _first(starts, last)
    return chart_all(read(first), starts, team, months(first, last))


def chart_all(
    record: Record, starts: Starts, team: int | None, charted: Sequence[date]
) -> Reckoned:
    """Chart what was read, for one team or the service. It asks the record nothing more."""
    last = charted[-1]
    counted = tally(record, charted, record.of_team(team))
    unsaid = [default_start(record.first, last)]
    charts = [chart(one, counted, starts.get(key, unsaid), last) for key, one in SERIES.items()]
    return Reckoned(record, counted, charts, charted)


def _first(starts: Starts, last: date) -> date:
    """The month that reading begins at: three years back, or where the limits then were begun."""
    longest = add_months(last, 1 - LONGEST)
    return min([longest, *(_in_force(each, longest) for each in starts.values())])


def _in_force(starts: Sequence[date], month: date) -> date:
    """The start of the phase that a month falls in."""
    return max((start for start in starts if start <= month), default=min(starts))
