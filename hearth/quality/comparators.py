"""What other authorities' figures are: published rates, with their source and year.

The Department for Education's children in need statistics, from its Local Authority Interactive
Tool (Open Government Licence v3.0), read in April 2026. Each year ends on 31 March. The rates are
for every 10,000 children; the shares are reckoned from them here. A mean of statistical neighbours
is of one authority's ten neighbours, unweighted. Enquiries that were not substantiated have no
published comparator.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SOURCE = (
    "Department for Education, Children in need, as the Local Authority Interactive Tool has it"
)
LATEST = 2025
# To which each share belongs: enquiries that led to a conference, conferences that led to a plan.
TO_CONFERENCE, TO_PLAN = "to_conference", "to_plan"


@dataclass(frozen=True, slots=True)
class Published:
    """One place in one year: enquiries, conferences and plans begun, for 10,000 children."""

    enquiries: float
    conferences: float
    plans: float

    def share(self, measure: str) -> float:
        """The share that a measure compares."""
        if measure == TO_CONFERENCE:
            return self.conferences / self.enquiries
        return self.plans / self.conferences


@dataclass(frozen=True, slots=True)
class Comparator:
    """Whom an authority is compared with, and what was published of them year by year."""

    key: str
    name: str
    years: Mapping[int, Published]

    @property
    def latest(self) -> int:
        """The last year that was published, by the year it ended in."""
        return max(self.years)

    def share(self, measure: str, year: int | None = None) -> float:
        """The share published for a year, or the latest."""
        return self.years[year or self.latest].share(measure)


def _published(
    key: str, name: str, latest: int, *years: tuple[float, float, float]
) -> tuple[str, Comparator]:
    """A comparator from its years, the latest first."""
    rates = {latest - back: Published(*rate) for back, rate in enumerate(years)}
    return key, Comparator(key, name, rates)


COMPARATORS: Mapping[str, Comparator] = dict(
    (
        _published(
            "england",
            "England",
            LATEST,
            (189.3, 59.2, 50.8),
            (186.2, 59.9, 51.5),
            (189.4, 62.5, 53.7),
            (185.2, 62.7, 54.7),
            (168.6, 61.6, 54.1),
        ),
        _published(
            "london",
            "London",
            LATEST,
            (187.9, 54.4, 44.4),
            (194.1, 58.5, 48.0),
            (190.2, 59.8, 48.6),
            (187.9, 61.1, 50.8),
            (163.3, 55.5, 47.5),
        ),
        _published(
            "inner_london",
            "Inner London",
            LATEST,
            (212.4, 54.3, 45.4),
            (208.8, 60.8, 51.0),
            (210.7, 59.5, 49.5),
            (210.7, 67.4, 56.7),
            (180.3, 62.0, 53.8),
        ),
        _published(
            "neighbours_lambeth",
            "Statistical neighbours of Lambeth",
            LATEST,
            (212.91, 55.18, 45.48),
        ),
        _published(
            "neighbours_southwark",
            "Statistical neighbours of Southwark",
            LATEST,
            (223.91, 59.62, 48.81),
        ),
        _published(
            "neighbours_wandsworth",
            "Statistical neighbours of Wandsworth",
            LATEST,
            (190.40, 61.41, 50.67),
        ),
    )
)
DEFAULT = "england"
