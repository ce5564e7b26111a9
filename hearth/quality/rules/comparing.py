"""Two plainer looks at figures: against other authorities, and against three months before."""

from dataclasses import dataclass

from hearth.quality.rules.charts import binomial

LEAST = 20
STOCK_MONTHS, STOCK_PERCENT = 3, 10


@dataclass(frozen=True, slots=True)
class Compared:
    """A share beside a published one: what it is, and between what chance alone would leave it."""

    some: int
    of: int
    expected: float
    lower: float
    upper: float

    @property
    def share(self) -> float | None:
        """The share itself; None of nothing."""
        return self.some / self.of if self.of else None

    @property
    def is_enough(self) -> bool:
        """Whether it is of so many that it can be compared."""
        return self.of >= LEAST

    @property
    def fires(self) -> bool:
        """Whether chance alone hardly explains the difference."""
        return self.is_enough and not self.lower <= self.some / self.of <= self.upper

    @property
    def is_high(self) -> bool:
        """Above what was expected."""
        return self.share is not None and self.share > self.expected


def compared(some: int, of: int, expected: float) -> Compared:
    """So many of so many, beside the share that is expected, three standard deviations about it."""
    limits = binomial(expected, of)
    return Compared(some, of, expected, limits.lower, limits.upper)


@dataclass(frozen=True, slots=True)
class StockChange:
    """How a number changed in three months."""

    before: int
    now: int

    @property
    def percent(self) -> float | None:
        """By how many in a hundred it rose, or fell; None from nothing."""
        return 100 * (self.now - self.before) / self.before if self.before else None

    @property
    def fires(self) -> bool:
        """Whether it changed by more than a tenth, of so many that it means something."""
        percent = self.percent
        return self.before >= LEAST and percent is not None and abs(percent) > STOCK_PERCENT

    @property
    def is_high(self) -> bool:
        """Whether it rose."""
        return self.now > self.before
