"""The page of enquiries, conferences and plans, month by month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from hearth.accounts.models import User
from hearth.quality import policies
from hearth.quality.comparators import Comparator
from hearth.quality.flow.asked import BY, FlowForm, chosen, months_of
from hearth.quality.flow.charting import LONGEST, Point, SeriesChart
from hearth.quality.flow.drawing import LETTERS, Marks, draw
from hearth.quality.flow.elsewhere import beside_chart, source_of
from hearth.quality.flow.first import First, FirstFigures, first_figures
from hearth.quality.flow.funnel import OUTCOMES, FunnelLine, OutcomeLine, cohorts, funnel, outcomes
from hearth.quality.flow.looking import reckon
from hearth.quality.flow.series import SERIES
from hearth.quality.flow.signalled import SignalLine, line_of
from hearth.quality.flow.words import (
    comparator_in_words,
    firings_in_words,
    first_in_words,
    limit_in_words,
    restated_in_words,
    said,
    share_in_words,
)
from hearth.quality.models import ChartNote, Signal
from hearth.quality.rules.charts import LEAST_TRIAL
from hearth.quality.rules.months import span

MOST_SIGNALS = 8
HEAD = ("Series", "Month", "Children", "Families", "Of", "Share", "From", "To", "Signal")
HEAD_FIRST = ("Children as first reported", "Of as first reported", "First reported on")


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
    # As it was first reported, where that is kept.
    first: str

    @property
    def usual(self) -> str:
        """Between what it usually is."""
        return f"{self.lower} to {self.upper}" if self.lower else ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A share of others beside a chart: the letter of its line, what it is, and where from."""

    letter: str
    share: str
    whose: str
    source: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series: its picture, what it says, and the same figures in rows, the newest first."""

    chart: SeriesChart
    says: str
    picture: SafeString
    rows: Sequence[Row]
    beside: Sequence[Beside]
    # The newest month or quarter that is not as it was first reported, in words.
    restated: str


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
    # Since which month figures are kept as they were first reported.
    kept_since: date | None
    is_too_few: bool
    may_note: bool
    may_begin_afresh: bool
    may_compare: bool
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
    aside = _Aside(notes, first_figures(team), asked["comparator"], filters.comparators)
    return MonthsPage(
        filters=filters,
        period=period,
        team=filters.teams.get(team or 0, ""),
        signals=_signals(team),
        funnel=funnel(seen.counted, period, asked["comparator"]),
        cohorts=cohorts(seen.counted, period),
        by=asked["by"],
        outcomes=outcomes(seen.record, seen.counted, period, asked["by"], filters.teams),
        drawn=[_drawn(one, aside) for one in seen.charts],
        notes=[(one, SERIES[one.series].title if one.series else "") for one in notes],
        kept_since=min(aside.first.months, default=None),
        is_too_few=all(len(one.points) < LEAST_TRIAL for one in seen.charts),
        may_note=policies.note_month.allows(worker, None),
        may_begin_afresh=policies.begin_afresh.allows(worker, None),
        may_compare=policies.record_comparator.allows(worker, None),
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


@dataclass(frozen=True, slots=True)
class _Aside:
    """What is shown beside every chart."""

    notes: Sequence[ChartNote]
    first: FirstFigures
    comparator: Comparator
    known: Mapping[str, Comparator]


def _drawn(one: SeriesChart, aside: _Aside) -> Drawn:
    series, shown = one.series, _lately(one)
    about = [note for note in aside.notes if note.series in ("", series.key)]
    first = [aside.first.at(series, point) for point in shown.points]
    others = beside_chart(series, aside.comparator, aside.known)
    marks = Marks(
        noted=[note.month for note in about],
        elsewhere=[
            [other.share_at(series.measure, point.last) for point in shown.points]
            for other in others
        ],
        first=[
            was.value if was and was.differs(point) else None
            for was, point in zip(first, shown.points, strict=True)
        ],
    )
    says = said(shown)
    both = list(zip(shown.points, first, strict=True))
    rows = [_row(shown, point, about, was) for point, was in reversed(both)]
    beside = [_beside(*lettered, series.measure) for lettered in zip(LETTERS, others, strict=False)]
    return Drawn(shown, says, draw(shown, says, marks), rows, beside, restated_in_words(both))


def _beside(letter: str, other: Comparator, measure: str) -> Beside:
    share = share_in_words(other.share(measure) or 0)
    return Beside(letter, share, comparator_in_words(other, measure), source_of(other, measure))


def _lately(one: SeriesChart) -> SeriesChart:
    """As much of a series as a picture holds; its limits stand as they were reckoned."""
    return SeriesChart(one.series, one.by_quarter, one.points[-LONGEST:], one.limited)


def _row(one: SeriesChart, point: Point, notes: Sequence[ChartNote], first: First | None) -> Row:
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
        first_in_words(first, point),
    )


def months_rows(query: Any, *, today: date) -> Iterator[Sequence[str]]:
    """Every figure charted, as rows."""
    team = chosen(FlowForm(query))["team"]
    kept = first_figures(team)
    yield (*HEAD, *HEAD_FIRST)
    for one in reckon(team, today=today).charts:
        for point in one.points:
            yield _csv_row(one, point, kept.at(one.series, point))


def _csv_row(one: SeriesChart, point: Point, first: First | None) -> Sequence[str]:
    row = _row(one, point, (), first)
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
        str(first.some) if first else "",
        str(first.of) if first and first.of is not None else "",
        timezone.localdate(first.on).isoformat() if first else "",
    )
