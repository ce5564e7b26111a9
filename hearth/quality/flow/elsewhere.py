"""With whom the figures can be compared: whom shares are published of, and the authority's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from hearth.quality.comparators import COMPARATORS, DEFAULT, SOURCE, Comparator
from hearth.quality.flow.series import SERIES, Series
from hearth.quality.models import OwnComparator

# So many stand beside one chart: more are not told apart.
MOST, MOST_ENTERED = 4, 200


def all_comparators() -> Mapping[str, Comparator]:
    """Those that are published, and then the authority's own by name. One query."""
    by_name: dict[str, list[OwnComparator]] = {}
    for row in OwnComparator.objects.standing().order_by("pk"):
        by_name.setdefault(row.name.casefold(), []).append(row)
    own = {f"own:{name}": _own(f"own:{name}", rows) for name, rows in sorted(by_name.items())}
    return {**COMPARATORS, **own}


def _own(key: str, rows: Sequence[OwnComparator]) -> Comparator:
    shares: dict[str, dict[int, float]] = {}
    for row in rows:
        shares.setdefault(row.measure, {})[row.year] = float(row.percent) / 100
    sources = {(row.measure, row.year): row.source for row in rows}
    return Comparator(key, rows[0].name, shares, sources)


def beside_chart(
    series: Series, chosen: Comparator, known: Mapping[str, Comparator]
) -> list[Comparator]:
    """Who stands beside a chart: the published ones asked for, or England; and all of its own."""
    published = chosen if chosen.key in COMPARATORS else COMPARATORS[DEFAULT]
    own = [one for key, one in known.items() if key not in COMPARATORS]
    return [one for one in (published, *own) if one.share(series.measure) is not None][:MOST]


def source_of(comparator: Comparator, measure: str) -> str:
    """Where the latest share of a comparator is from."""
    return comparator.sources.get((measure, comparator.latest(measure)), SOURCE)


def measures() -> list[tuple[str, str]]:
    """The shares that can be held beside those of others, with what each is called."""
    return [(one.measure, one.title) for one in SERIES.values() if one.measure]


@dataclass(frozen=True, slots=True)
class Entered:
    """A share that somebody entered, and whether it still stands."""

    row: OwnComparator
    title: str

    @property
    def state(self) -> str:
        """What became of it; nothing while it stands."""
        if self.row.withdrawn_at is None:
            return ""
        return "Put right" if hasattr(self.row, "corrected_by") else "Withdrawn"


def entered() -> list[Entered]:
    """All that was ever entered, what stands first and then the newest. One query."""
    titles = dict(measures())
    rows = OwnComparator.objects.select_related("recorded_by", "withdrawn_by", "corrected_by")
    ordered = rows.order_by(F("withdrawn_at").desc(nulls_first=True), "name", "-year", "pk")
    return [Entered(row, titles.get(row.measure, row.measure)) for row in ordered[:MOST_ENTERED]]
