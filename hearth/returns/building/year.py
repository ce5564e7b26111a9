"""A collection year, and what of the record falls in it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CollectionYear:
    """The year of a census: 1 April to the 31 March that it is named after, both days in it."""

    year: int

    @property
    def starts(self) -> date:
        """Its first day."""
        return date(self.year - 1, 4, 1)

    @property
    def ends(self) -> date:
        """Its last day: the reference date."""
        return date(self.year, 3, 31)

    def holds(self, day: date | None) -> bool:
        """Whether a day is in it."""
        return day is not None and self.starts <= day <= self.ends

    def by_its_end(self, day: date | None) -> date | None:
        """A day, unless it had not come by the end of the year."""
        return day if day is not None and day <= self.ends else None

    def touches(self, started_on: date, ended_on: date | None) -> bool:
        """Whether any of a spell is in it: a spell that ended on its first day is."""
        return started_on <= self.ends and (ended_on is None or ended_on >= self.starts)
