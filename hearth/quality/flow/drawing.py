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
INK, QUIET, FIRED, ELSEWHERE = "#0b0c0c", "#505a5f", "#d4351c", "#1d70b8"
# Each line of what is so elsewhere goes by a letter, which the words beneath the chart explain.
LETTERS = "ABCD"
# How high a chart of shares is, so that its scale has whole numbers.
TOPS = (0.08, 0.2, 0.4, 0.6, 0.8)


Values = Sequence[float | None]


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


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn beside a series: months noted, shares elsewhere, and what was first reported.

    The last two have a value for each point, where there is one.
    """

    noted: Sequence[date] = ()
    elsewhere: Sequence[Values] = ()
    first: Values = ()

    @property
    def values(self) -> list[float]:
        """Every value there is to draw."""
        return [v for line in (*self.elsewhere, self.first) for v in line if v is not None]


def draw(chart: SeriesChart, said: str, marks: Marks) -> SafeString:
    """A series as a picture, with what it says in words for those who do not see it."""
    sheet = Sheet(len(chart.points), _top(chart, marks))
    parts = [
        *_scale(sheet, share=chart.series.is_share),
        *_names(sheet, chart),
        *_lines(sheet, chart),
        *_elsewhere(sheet, marks.elsewhere),
        *_breaks(sheet, chart, marks.noted),
        *_points(sheet, chart),
        *_first(sheet, marks.first),
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


def _top(chart: SeriesChart, marks: Marks) -> float:
    """As high as anything drawn; a share no higher than the whole."""
    drawn = [one.value for one in chart.points if one.value is not None]
    drawn += [one.limits.upper for one in chart.points if one.limits is not None]
    drawn += marks.values
    top = max(drawn, default=0.0)
    if chart.series.is_share:
        return next((round_one for round_one in TOPS if top <= round_one), 1.0)
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


def _elsewhere(sheet: Sheet, lines: Sequence[Values]) -> Iterator[SafeString]:
    """The shares of others, in steps by year, each with its letter where it begins."""
    for place, line in enumerate(lines):
        d: list[str] = []
        at_once = True
        for at, value in enumerate(line):
            if value is None:
                at_once = True
                continue
            y = f"{sheet.y(value):.1f}"
            if at_once and not d:
                # Every other one stands under its line: two lines are often close.
                y_of_letter = sheet.y(value) + (14 if place % 2 else -4)
                yield _text(sheet.edge(at) + 10 + 16 * place, y_of_letter, LETTERS[place])
            d.append(f"M{sheet.edge(at):.1f} {y}" if at_once else f"V{y}")
            d.append(f"H{sheet.edge(at + 1):.1f}")
            at_once = False
        if d:
            yield _path("".join(d), ELSEWHERE, 2, "2 4")


def _first(sheet: Sheet, first: Values) -> Iterator[SafeString]:
    """What was first reported, as rings, where the record says otherwise now."""
    for at, value in enumerate(first):
        if value is not None:
            yield format_html(
                '<circle cx="{}" cy="{}" r="6" fill="none" stroke="{}" stroke-width="2"/>',
                f"{sheet.x(at):.1f}",
                f"{sheet.y(value):.1f}",
                ELSEWHERE,
            )


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
