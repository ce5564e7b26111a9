"""What rules need from outside a return: whose it is, Ofsted's list, and where postcodes are.

No return holds any of it. Whoever checks one may give it; a rule that needs what was not given is
listed as not run.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from hearth.returns.checking.columns import printable
from hearth.returns.checking.csv_file import column_names, refuse_twice, rows_of
from hearth.returns.checking.plain_xml import CannotRead

PlainRows = Sequence[Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list from outside the return: its name, its columns in capitals, and its rows, once."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]

    @classmethod
    def of(cls, name: str, rows: PlainRows) -> "Listing":
        """The listing that plain rows make."""
        columns = list(dict.fromkeys(chain.from_iterable(rows)))
        said = ([row.get(column) or "" for column in columns] for row in rows)
        return cls(name, [column.strip().upper() for column in columns], said)

    def place(self, called: re.Pattern[str]) -> int | None:
        """Which column is called this; none when there is no such column."""
        found = (place for place, name in enumerate(self.columns) if called.fullmatch(name))
        return next(found, None)

    def must_have(self, what: str, called: re.Pattern[str]) -> int:
        """Which column is called this. Raises CannotRead where there is none."""
        place = self.place(called)
        if place is None:
            has = printable(", ".join(self.columns))[:200]
            raise CannotRead(f"{self.name} has no column {what}: it has {has}")
        return place

    def picked(self, *places: int | None) -> Iterator[list[str]]:
        """What each row says in these columns; nothing in a column that there is not."""
        for row in self.rows:
            width = len(row)
            yield [
                row[place].strip() if place is not None and place < width else ""
                for place in places
            ]


@dataclass(frozen=True, slots=True)
class Outside:
    """What is known besides the return; nothing of it need be.

    `authority` is the code of the authority that makes the return, as PL_LA and the lists write it.
    `providers` is Ofsted's list and `postcodes` where postcodes are: docs/returns.md names their
    columns. `told` hears, now and then, how many rows of a long list have been read.
    """

    authority: str = ""
    providers: Listing | PlainRows | None = None
    postcodes: Listing | PlainRows | None = None
    told: Callable[[int], None] = lambda _read: None

    def listing(self, name: str, given: Listing | PlainRows) -> Listing:
        """A list as it is read, however it was given."""
        return given if isinstance(given, Listing) else Listing.of(name, given)


@contextmanager
def listing_in(path: Path | None, called: str = "") -> Iterator[Listing | None]:
    """The list in a CSV file, to be read within this; none when there is no file.

    It is `called` so in what is said of it, or else by its own name.
    """
    if path is None:
        yield None
        return
    name = called or path.name
    with path.open("rb") as stream, rows_of(name, stream) as rows:
        columns = column_names(name, rows)
        refuse_twice(name, columns)
        yield Listing(name, columns, rows)
