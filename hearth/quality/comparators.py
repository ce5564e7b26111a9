"""What other authorities' figures are: published rates, with their source and year.

The Department for Education's children in need statistics, from its Local Authority Interactive
Tool (Open Government Licence v3.0), read in April 2026. Each year ends on 31 March. The rates are
for every 10,000 children; the shares are reckoned from them here. A mean of statistical neighbours
is of one authority's ten neighbours, unweighted. Enquiries that were not substantiated have no
published comparator.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hearth.lib.dates import add_months

SOURCE = (
    "Department for Education, Children in need, as the Local Authority Interactive Tool has it"
)
LATEST = 2025
# To which each share belongs: enquiries that led to a conference, conferences that led to a plan.
TO_CONFERENCE, TO_PLAN = "to_conference", "to_plan"
# Enquiries that found the concern not substantiated: published of nobody.
NOT_SUBSTANTIATED = "not_substantiated"
# A year of figures ends with March; before the first nothing was published that compares.
LAST_MONTH, FIRST_YEAR = 3, 2013


@dataclass(frozen=True, slots=True)
class Comparator:
    """Whom an authority is compared with: by measure, their share in each year on record."""

    key: str
    name: str
    shares: Mapping[str, Mapping[int, float]]
    # Where each share is from, by measure and year; where nothing is said, from `SOURCE`.
    sources: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def latest(self, measure: str) -> int:
        """The last year of which a measure is known, by the year it ended in."""
        return max(self.shares[measure])

    def share(self, measure: str, year: int | None = None) -> float | None:
        """The share of a year, or of the latest; None where none is known."""
        years = self.shares.get(measure)
        return years.get(year or max(years)) if years else None

    def share_at(self, measure: str, month: date) -> float | None:
        """The share of the year that a month fell in; until that is known, of the last before."""
        year = add_months(month, 12 - LAST_MONTH).year
        years = self.shares.get(measure, {})
        known = [one for one in years if one <= year]
        return years[max(known)] if known else None


def last_year(today: date) -> int:
    """The last year of figures that is over, by the year it ended in."""
    return today.year if today.month > LAST_MONTH else today.year - 1


def _published(
    key: str, name: str, latest: int, *years: tuple[float, float, float]
) -> tuple[str, Comparator]:
    """A comparator from its years, the latest first.

    Each has enquiries, conferences and plans begun, for every 10,000 children.
    """
    shares: dict[str, dict[int, float]] = {TO_CONFERENCE: {}, TO_PLAN: {}}
    for back, (enquiries, conferences, plans) in enumerate(years):
        shares[TO_CONFERENCE][latest - back] = conferences / enquiries
        shares[TO_PLAN][latest - back] = plans / conferences
    return key, Comparator(key, name, shares)


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
