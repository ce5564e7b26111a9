"""A control chart as SVG: drawn by the server, with nothing that a style policy would refuse.

Signals differ by shape as well as by colour, and the same figures stand beside it in a table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hearth.lib.dates import MONTHS
from hearth.quality.flow.charting import Point, SeriesChart

WIDTH, HEIGHT = 760, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 16, 44
TICKS, MOST_NAMES = 4, 12
INK, QUIET, FIRED = "#0b0c0c", "#505a5f", "#d4351c"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper: where a point stands across, and a value up."""

    many: int
    top: float

    def x(self, at: int) -> float:
        """A point's place across."""
        return LEFT + (WIDTH - LEFT - RIGHT) * (at + 0.5) / max(self.many, 1)

    def edge(self, at: int) -> float:
        """The place before a point, across."""
        return LEFT + (WIDTH - LEFT - RIGHT) * at / max(self.many, 1)

    def y(self, value: float) -> float:
        """A value's place up; what is below nothing is drawn at nothing."""
        within = min(max(value, 0.0), self.top)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * within / self.top


def draw(chart: SeriesChart, said: str, noted: Sequence[date] = ()) -> SafeString:
    """A series as a picture, with what it says in words for those who do not see it."""
    sheet = Sheet(len(chart.points), _top(chart))
    parts = [
        *_scale(sheet, share=chart.series.is_share),
        *_names(sheet, chart),
        *_lines(sheet, chart),
        *_breaks(sheet, chart, noted),
        *_points(sheet, chart),
    ]
    return format_html(
        '<svg class="hearth-chart" xmlns="http://www.w3.org/2000/svg" role="img"'
        ' aria-labelledby="chart-{key}-title chart-{key}-words" width="{w}" height="{h}"'
        ' viewBox="0 0 {w} {h}"><title id="chart-{key}-title">{title}</title>'
        '<desc id="chart-{key}-words">{said}</desc>{parts}</svg>',
        key=chart.series.key,
        w=WIDTH,
        h=HEIGHT,
        title=chart.series.title,
        said=said,
        parts=format_html_join("", "{}", ((part,) for part in parts)),
    )


def _top(chart: SeriesChart) -> float:
    """As high as anything drawn; a share no higher than the whole."""
    drawn = [one.value for one in chart.points if one.value is not None]
    drawn += [one.limits.upper for one in chart.points if one.limits is not None]
    top = max(drawn, default=0.0)
    if chart.series.is_share:
        return min(max(top * 1.1, 0.1), 1.0)
    return _rounded_up(max(top, 1.0))


def _rounded_up(top: float) -> float:
    """A number that can be quartered: 4, 8, 20, 40, 80, 200."""
    step = 4
    while True:
        for by in (1, 2, 5):
            if top <= step * by:
                return float(step * by)
        step *= 10


def _text(x: float, y: float, words: str, anchor: str = "middle") -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-family="arial, helvetica, sans-serif"'
        ' font-size="14" fill="{}">{}</text>',
        f"{x:.1f}",
        f"{y:.1f}",
        anchor,
        INK,
        words,
    )


def _path(d: str, stroke: str, width: float, dash: str = "") -> SafeString:
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}"/>',
        d,
        stroke,
        width,
        dash or "none",
    )


def _scale(sheet: Sheet, *, share: bool) -> Iterator[SafeString]:
    for tick in range(TICKS + 1):
        value = sheet.top * tick / TICKS
        y = sheet.y(value)
        words = f"{value:.0%}" if share else f"{value:g}"
        yield _path(f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}", "#b1b4b6", 1)
        yield _text(LEFT - 6, y + 5, words, "end")


def _names(sheet: Sheet, chart: SeriesChart) -> Iterator[SafeString]:
    every = max(1, -(-len(chart.points) // MOST_NAMES))
    for at, point in enumerate(chart.points):
        if at % every == 0:
            x = sheet.x(at)
            yield _text(x, HEIGHT - 24, MONTHS[point.month.month - 1][:3])
            if at == 0 or point.month.month <= every * (3 if chart.by_quarter else 1):
                yield _text(x, HEIGHT - 8, str(point.month.year))


def _lines(sheet: Sheet, chart: SeriesChart) -> Iterator[SafeString]:
    """The mean and the limits, in steps: a share's limits are as wide as its month is of few."""
    for pick, dash in ((0, ""), (1, "7 5"), (2, "7 5")):
        d, joined = [], False
        for at, point in enumerate(chart.points):
            if point.limits is None:
                joined = False
                continue
            value = (point.limits.mean, point.limits.lower, point.limits.upper)[pick]
            new = not joined or chart.points[at - 1].phase != point.phase
            y = f"{sheet.y(value):.1f}"
            d.append(f"M{sheet.edge(at):.1f} {y}" if new else f"V{y}")
            d.append(f"H{sheet.edge(at + 1):.1f}")
            joined = True
        if d:
            yield _path("".join(d), QUIET, 2 if pick == 0 else 1.5, dash)


def _breaks(sheet: Sheet, chart: SeriesChart, noted: Sequence[date]) -> Iterator[SafeString]:
    """Where the limits begin afresh, and the months of which something is noted."""
    starts = set(chart.starts)
    for at, point in enumerate(chart.points):
        if point.month in starts:
            yield _path(f"M{sheet.edge(at):.1f} {TOP}V{HEIGHT - BOTTOM}", INK, 2, "2 3")
        if any(point.month <= month <= point.last for month in noted):
            x = sheet.x(at)
            yield format_html(
                '<path d="M{} {}l6 -11h-12z" fill="{}"/>', f"{x:.1f}", TOP + 6, "#1d70b8"
            )


def _points(sheet: Sheet, chart: SeriesChart) -> Iterator[SafeString]:
    d, joined = [], False
    for at, point in enumerate(chart.points):
        if point.value is None:
            joined = False
            continue
        d.append(f"{'L' if joined else 'M'}{sheet.x(at):.1f} {sheet.y(point.value):.1f}")
        joined = True
    if d:
        yield _path("".join(d), INK, 2)
    yield from (_mark(sheet, at, point) for at, point in enumerate(chart.points))


def _mark(sheet: Sheet, at: int, point: Point) -> SafeString:
    if point.value is None:
        return SafeString("")
    x, y = f"{sheet.x(at):.1f}", f"{sheet.y(point.value):.1f}"
    if point.fires:
        return format_html(
            '<path d="M{} {}m0 -8l8 8l-8 8l-8 -8z" fill="{}" stroke="{}" stroke-width="2"/>',
            x,
            y,
            FIRED,
            INK,
        )
    return format_html('<circle cx="{}" cy="{}" r="4" fill="{}"/>', x, y, INK)
