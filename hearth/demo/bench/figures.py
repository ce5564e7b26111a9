"""Figures: how long something took, the middle and the slow end of it, beside what it may take."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import quantiles

PAGE_BUDGET, SAVE_BUDGET, MOST_QUERIES, BARE_BUDGET, GROWTH_BUDGET = 200.0, 250.0, 15, 3.0, 1.3
GROWS = ("p95", "alone", "bare")
HEALTH = "the health page, bare"


@dataclass(slots=True)
class Figure:
    """What was found of one page or form. Times are in milliseconds."""

    name: str
    times: int
    p50: float
    p95: float
    budget: float
    failed: tuple[str, ...] = ()
    # Beside the health page, at the same load.
    beside_health: float | None = None
    # Asked for by one worker alone, without a network: all of it, and its queries by themselves.
    alone: float | None = None
    queries: int | None = None
    bare: float | None = None

    @property
    def holds(self) -> bool:
        """Whether it is within its budgets."""
        return (
            self.p95 <= self.budget
            and not self.failed
            and (self.queries is None or self.queries <= MOST_QUERIES)
        )


@dataclass(slots=True)
class Samples:
    """How long each asking took, in milliseconds, and how many came to nothing."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def percentile(took: Sequence[float], hundredth: int) -> float:
    """The time that so many in a hundred were within."""
    if len(took) < 2:
        return round(sum(took), 1)
    return round(quantiles(took, n=100, method="inclusive")[hundredth - 1], 1)


def figure(name: str, samples: Samples, budget: float) -> Figure:
    """A figure from its samples."""
    took = samples.took
    p50, p95 = percentile(took, 50), percentile(took, 95)
    return Figure(name, len(took), p50, p95, budget, failed=tuple(sorted(set(samples.failed))))


def beside(figures: Iterable[Figure], health: Figure | None) -> None:
    """Put each beside the health page."""
    for each in figures:
        if health is not None and health.p95:
            each.beside_health = round(each.p95 / health.p95, 1)


HEADINGS = (
    "",
    "times",
    "p50 ms",
    "p95 ms",
    "budget",
    "x health",
    "queries",
    "alone ms",
    "bare ms",
    "",
)


def lines(figures: Sequence[Figure], heading: str) -> list[str]:
    """A table of figures for people."""
    rows: list[tuple[str, ...]] = [HEADINGS]
    rows += [_row(each) for each in figures]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADINGS))]
    failed = [f"{each.name}: {what}" for each in figures for what in each.failed]
    return ["", heading, *(_aligned(row, widths) for row in rows), *failed]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(text.rjust(width) for text, width in rest)])


def _row(each: Figure) -> tuple[str, ...]:
    verdict = "" if each.holds else "over" if not each.failed else f"{len(each.failed)} failed"
    return (
        each.name,
        str(each.times),
        *(_shown(value) for value in (each.p50, each.p95, each.budget, each.beside_health)),
        *(_shown(value) for value in (each.queries, each.alone, each.bare)),
        verdict,
    )


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def as_json(figures: Iterable[Figure], **run: object) -> str:
    """One line for each figure, with the run it is of."""
    return "\n".join(json.dumps({**run, **asdict(each)}, ensure_ascii=False) for each in figures)


def growth(before: str, after: str) -> list[str]:
    """How each page's p95, and its time alone, grew from one file of figures to another."""
    small, large = _read(before), _read(after)
    heads = "".join(f"{key:>8}{'then':>9}{'times':>8}" for key in GROWS)
    found = ["", f"{'':<34}{heads}"]
    for name, one in small.items():
        if other := large.get(name):
            words = "".join(
                f"{one[key] or 0:>8.1f}{other[key] or 0:>9.1f}{_times(one[key], other[key]):>8}"
                for key in GROWS
            )
            found.append(f"{name:<34}{words}")
    return [*found, "", f"The budget is {GROWTH_BUDGET} times at ten times the data"]


def _times(one: float | None, other: float | None) -> str:
    return f"{other / one:.2f}" if one and other else ""


def _read(text: str) -> dict[str, dict[str, float | None]]:
    found = (json.loads(line) for line in text.splitlines() if line.strip())
    return {row["name"]: row for row in found}
