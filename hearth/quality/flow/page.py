"""The page of enquiries, conferences and plans, month by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from hearth.accounts.models import User
from hearth.quality import policies
from hearth.quality.flow.asked import BY, FlowForm, chosen, months_of
from hearth.quality.flow.charting import LONGEST, Point, SeriesChart
from hearth.quality.flow.drawing import draw
from hearth.quality.flow.funnel import OUTCOMES, FunnelLine, OutcomeLine, cohorts, funnel, outcomes
from hearth.quality.flow.looking import reckon
from hearth.quality.flow.series import SERIES
from hearth.quality.flow.signalled import SignalLine, line_of
from hearth.quality.flow.words import (
    firings_in_words,
    limit_in_words,
    said,
    share_in_words,
)
from hearth.quality.models import ChartNote, Signal
from hearth.quality.rules.charts import LEAST_TRIAL
from hearth.quality.rules.months import span

MOST_SIGNALS = 8
HEAD = ("Series", "Month", "Children", "Families", "Of", "Share", "From", "To", "Signal")


@dataclass(frozen=True, slots=True)
class Row:
    """A point of a chart, as its table has it."""

    month: str
    children: int
    families: int
    of: str
    share: str
    # The limits of what is usual, where there are any.
    lower: str
    upper: str
    signal: str
    notes: Sequence[str]

    @property
    def usual(self) -> str:
        """Between what it usually is."""
        return f"{self.lower} to {self.upper}" if self.lower else ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series: its picture, what it says, and the same figures in rows, the newest first."""

    chart: SeriesChart
    says: str
    picture: SafeString
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class MonthsPage:
    """All that the page shows."""

    filters: FlowForm
    period: Sequence[date]
    # The team's name; none of the whole service.
    team: str
    # The newest, standing and closed.
    signals: Sequence[SignalLine]
    funnel: Sequence[FunnelLine]
    cohorts: Sequence[str]
    by: str
    outcomes: Sequence[OutcomeLine]
    drawn: Sequence[Drawn]
    # Each with the chart it is about, if it is of one alone.
    notes: Sequence[tuple[ChartNote, str]]
    is_too_few: bool
    may_note: bool
    may_begin_afresh: bool
    query: str

    @property
    def outcome_head(self) -> str:
        """The headings of the table of outcomes."""
        each = [f"#{label}" for _, label in OUTCOMES]
        heads = (dict(BY)[self.by], "#Enquiries ended", *each)
        return "|".join((*heads, "#At initial conferences", "#Given a plan"))

    @property
    def period_in_words(self) -> str:
        """From which month to which."""
        return span(self.period[0], self.period[-1])


def months_page(worker: User, query: Any, *, today: date) -> MonthsPage:
    """The page as it is asked for; the database knows of whom it may tell."""
    filters = FlowForm(query)
    asked = chosen(filters)
    team: int | None = asked["team"]
    seen = reckon(team, today=today)
    period = months_of(asked["period"], today)
    notes = list(ChartNote.objects.standing().select_related("recorded_by"))
    return MonthsPage(
        filters=filters,
        period=period,
        team=filters.teams.get(team or 0, ""),
        signals=_signals(team),
        funnel=funnel(seen.counted, period, asked["comparator"]),
        cohorts=cohorts(seen.counted, period),
        by=asked["by"],
        outcomes=outcomes(seen.record, seen.counted, period, asked["by"], filters.teams),
        drawn=[_drawn(one, notes) for one in seen.charts],
        notes=[(one, SERIES[one.series].title if one.series else "") for one in notes],
        is_too_few=all(len(one.points) < LEAST_TRIAL for one in seen.charts),
        may_note=policies.note_month.allows(worker, None),
        may_begin_afresh=policies.begin_afresh.allows(worker, None),
        query=without_page(query),
    )


def _signals(team: int | None) -> list[SignalLine]:
    """The newest signals of the service, or of a team. One query."""
    ours = Signal.objects.filter(team=team).select_related("team", "investigation")
    return [line_of(one) for one in ours.order_by("-closed_at", "-month", "-pk")[:MOST_SIGNALS]]


def without_page(query: Any) -> str:
    """What was asked, without which page of it and how."""
    given = query.copy()
    for name in ("as", "page", "stage"):
        given.pop(name, None)
    return str(given.urlencode())


def _drawn(one: SeriesChart, notes: Sequence[ChartNote]) -> Drawn:
    about = [note for note in notes if note.series in ("", one.series.key)]
    shown = _lately(one)
    says = said(shown)
    rows = [_row(shown, point, about) for point in reversed(shown.points)]
    return Drawn(shown, says, draw(shown, says, [note.month for note in about]), rows)


def _lately(one: SeriesChart) -> SeriesChart:
    """As much of a series as a picture holds; its limits stand as they were reckoned."""
    return SeriesChart(one.series, one.by_quarter, one.points[-LONGEST:], one.limited)


def _row(one: SeriesChart, point: Point, notes: Sequence[ChartNote]) -> Row:
    share, limits = one.series.is_share, point.limits
    return Row(
        span(point.month, point.last),
        point.count.children,
        point.count.families,
        str(point.of.children) if point.of else "",
        share_in_words(point.value) if share and point.value is not None else "",
        limit_in_words(limits.lower, share=share) if limits else "",
        limit_in_words(limits.upper, share=share) if limits else "",
        "; ".join(firings_in_words(point)),
        [note.words for note in notes if point.month <= note.month <= point.last],
    )


def months_rows(query: Any, *, today: date) -> Iterator[Sequence[str]]:
    """Every figure charted, as rows."""
    team = chosen(FlowForm(query))["team"]
    yield HEAD
    for one in reckon(team, today=today).charts:
        for point in one.points:
            yield _csv_row(one, point)


def _csv_row(one: SeriesChart, point: Point) -> Sequence[str]:
    row = _row(one, point, ())
    return (
        one.series.title,
        row.month,
        str(row.children),
        str(row.families),
        row.of,
        row.share,
        row.lower,
        row.upper,
        row.signal,
    )
