"""The figures as they were first reported, beside what the record says of the same months now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from hearth.quality.flow.charting import Point
from hearth.quality.flow.reckon import Stage
from hearth.quality.flow.series import SERIES, Series
from hearth.quality.models import ReportedMonth
from hearth.quality.rules.months import months

# The stages that are charted, each and of what.
KEPT = [stage for stage in Stage if any(stage in (one.stage, one.of) for one in SERIES.values())]


@dataclass(frozen=True, slots=True)
class First:
    """A point of a chart as it was first reported: how many, of how many, and when."""

    some: int
    of: int | None
    on: datetime

    @property
    def value(self) -> float | None:
        """The figure as its chart draws it."""
        if self.of is None:
            return float(self.some)
        return self.some / self.of if self.of else None

    def differs(self, point: Point) -> bool:
        """Whether the record says otherwise now."""
        of = point.of.children if point.of else None
        return (self.some, self.of) != (point.count.children, of)


@dataclass(frozen=True, slots=True)
class FirstFigures:
    """All that was first reported, as far as whoever reads it may know of the children."""

    months: Mapping[date, datetime]
    counts: Mapping[tuple[str, date], int]

    def at(self, series: Series, point: Point) -> First | None:
        """A point as first reported; None where one of its months was reported before any kept."""
        spanned = months(point.month, point.last)
        if not all(month in self.months for month in spanned):
            return None
        some, of = (
            sum(self.counts.get((stage, month), 0) for month in spanned) if stage else None
            for stage in (series.stage, series.of)
        )
        return First(some or 0, of, max(self.months[month] for month in spanned))


def first_figures(team: int | None) -> FirstFigures:
    """What was first reported of the service, or of a team. One query."""
    ours = Q() if team is None else Q(counted__team=team)
    by_stage = ReportedMonth.objects.order_by().values_list(
        "month", "recorded_at", "counted__stage"
    )
    rows = list(by_stage.annotate(many=Count("counted", filter=ours)))
    return FirstFigures(
        {month: on for month, on, _, _ in rows},
        {(stage, month): many for month, _, stage, many in rows if stage},
    )
