"""What a chart says, in words: the newest point, whether a rule holds, and if none, why not."""

from collections.abc import Sequence

from hearth.quality.comparators import Comparator
from hearth.quality.flow.charting import Point, SeriesChart
from hearth.quality.flow.first import First
from hearth.quality.flow.series import rule_in_words
from hearth.quality.rules.charts import BASELINE, FEW, LEAST_TRIAL, Limited
from hearth.quality.rules.months import named, span


def value_in_words(point: Point) -> str:
    """A point's figure: how many, or how many of how many."""
    if point.of is None:
        return str(point.count.children)
    if point.value is None:
        return "none"
    return f"{point.count.children} of {point.of.children} ({share_in_words(point.value)})"


def share_in_words(share: float) -> str:
    """A share as so many in a hundred."""
    return f"{share:.1%}"


def limit_in_words(value: float, *, share: bool) -> str:
    """A limit as its chart has it; below nothing is nothing."""
    return share_in_words(max(value, 0)) if share else f"{max(value, 0):.1f}"


def comparator_in_words(comparator: Comparator, measure: str) -> str:
    """Whose share a figure is held beside, and of which year."""
    return f"{comparator.name}, year to 31 March {comparator.latest(measure)}"


def first_in_words(first: First | None, point: Point) -> str:
    """A point as it was first reported, where that is known: the same, or what it was then."""
    if first is None:
        return ""
    if not first.differs(point):
        return "The same"
    if first.of is None:
        change = point.count.children - first.some
        return f"{first.some} ({abs(change)} {'more' if change > 0 else 'fewer'} now)"
    share = f" ({share_in_words(first.value)})" if first.value is not None else ""
    return f"{first.some} of {first.of}{share}"


def restated_in_words(both: Sequence[tuple[Point, First | None]]) -> str:
    """How many points are not as they were first reported, and the newest of them."""
    changed = [(point, was) for point, was in both if was is not None and was.differs(point)]
    if not changed:
        return ""
    point, was = changed[-1]
    newest = (
        f"{span(point.month, point.last)} was first reported as {_counted(was.some, was.of)},"
        f" and is {_counted(point.count.children, point.of.children if point.of else None)} now"
    )
    before = len(changed) - 1
    others = f". {before} before it changed too" if before else ""
    return f"{newest}{others}."


def _counted(some: int, of: int | None) -> str:
    return str(some) if of is None else f"{some} of {of}"


def firings_in_words(point: Point) -> list[str]:
    """Each rule that a point completes, and since when."""
    return [
        rule_in_words(firing.rule, high=firing.high)
        + ("" if since == point.month else f", from {named(since)}")
        for firing, since in zip(point.firings, point.since, strict=True)
    ]


def said(chart: SeriesChart) -> str:
    """What a chart says of its newest point."""
    point = chart.last
    if point is None:
        return "No whole month is on record yet."
    words = f"{span(point.month, point.last)}: {value_in_words(point)}."
    if point.fires:
        return f"{words} This is {'; '.join(firings_in_words(point))}."
    if point.limits is None:
        return f"{words} {_too_few(chart, point)}"
    lower, mean, upper = (
        limit_in_words(value, share=chart.series.is_share)
        for value in (point.limits.lower, point.limits.mean, point.limits.upper)
    )
    usual = f"Usual is {lower} to {upper}, about a mean of {mean}. No rule holds."
    return f"{words} {usual}{_on_trial(chart)}"


def _too_few(chart: SeriesChart, point: Point) -> str:
    if point.value is None:
        return "No share can be reckoned of nothing."
    many = sum(one.value is not None for one in chart.points)
    if many >= LEAST_TRIAL and not chart.series.is_share:
        return f"Fewer than {FEW} a month are too few to say what is usual: no rule is asked."
    kind = "quarter" if chart.by_quarter else "month"
    return f"Limits need {LEAST_TRIAL} {kind}s, and there {'is' if many == 1 else 'are'} {many}."


def _on_trial(chart: SeriesChart) -> str:
    if chart.limited != Limited.TRIAL:
        return ""
    kind = "quarters" if chart.by_quarter else "months"
    return f" The limits are on trial, and raise no signal, until there are {BASELINE} {kind}."
