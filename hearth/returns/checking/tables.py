"""The tables of a return, and the rows that a rule speaks of.

A rule never loops. It says which rows, asks for a column of them and compares: `rows.date(...)`,
`rows.text(...)`, `rows.where(mask)`. From a row it goes `up` to the one row it belongs to, or asks
of many rows below it: `episodes.count(assessments)`, `episodes.any(...)`, `episodes.latest(...)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hearth.returns.checking.columns import (
    NEVER,
    WIDEST,
    Dates,
    Mask,
    Places,
    Texts,
    as_text,
    is_any,
    nothing,
    short,
)

Numbers = npt.NDArray[np.int64]
_WHOLE = re.compile(rb"-?[0-9]{1,9}")
# A day that is not known comes after all that are.
_LAST = np.iinfo(np.int64).max


@dataclass(eq=False)
class Table:
    """One table of a return. `parents` holds, by name, the row of another table each row is of."""

    name: str
    count: int
    columns: Mapping[str, Texts]
    read_dates: Callable[[Texts], Dates]
    parents: dict[str, tuple[Table, Places]] = field(default_factory=dict)
    # Texts too long to stand in a column, by column and row.
    long: Mapping[tuple[str, int], str] = field(default_factory=dict)
    supplied: bool = True
    # What whoever gave it calls it.
    called: str = ""
    _dates: dict[str, Dates] = field(default_factory=dict)

    def text(self, name: str) -> Texts:
        """A column, with the nothing at its end; all nothing when it was not supplied."""
        found = self.columns.get(name)
        return nothing(self.count) if found is None else found

    def date(self, name: str) -> Dates:
        """A column read as dates, once."""
        if name not in self._dates:
            self._dates[name] = self.read_dates(self.text(name))
        return self._dates[name]

    def value(self, name: str, row: int) -> str | None:
        """One value as it was written, None where there is nothing."""
        if (name, row) in self.long:
            return self.long[name, row]
        return as_text(self.text(name)[row]) or None

    @cached_property
    def rows(self) -> Rows:
        """Every row, in the order of the file."""
        return Rows(self, np.arange(self.count))

    def belongs(self, parent: Table, places: Places) -> None:
        """Say which row of `parent` each row is of, -1 where there is none."""
        self.parents[parent.name] = (parent, places)


@dataclass(slots=True)
class Filled:
    """A table as it is read or given: its columns, and what each row is of where that is known."""

    columns: dict[str, Texts] = field(default_factory=dict)
    of: dict[str, Places] = field(default_factory=dict)
    long: dict[tuple[str, int], str] = field(default_factory=dict)
    count: int = 0
    supplied: bool = True
    called: str = ""

    def fill(self, name: str, said: Sequence[str]) -> None:
        """Say what every row says in a column, in the order of the rows."""
        self.columns[name] = np.append(self.encoded(name, said), np.zeros(1, dtype="S1"))

    def encoded(self, name: str, said: Sequence[str]) -> Texts:
        """What the rows after those counted say in a column; a long text is kept apart."""
        values = [value.encode("utf-8", "backslashreplace") for value in said]
        for place, value in enumerate(values):
            if len(value) > WIDEST:
                self.long[name, self.count + place] = said[place]
        return np.array([short(value) for value in values], dtype=np.bytes_)

    def table(self, name: str, read_dates: Callable[[Texts], Dates]) -> Table:
        """The table they make, under its published name."""
        return Table(
            name=name,
            count=self.count,
            columns=self.columns,
            read_dates=read_dates,
            long=self.long,
            supplied=self.supplied,
            called=self.called or name,
        )


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows of a table, in an order of our own; place -1 is no row, and says nothing."""

    table: Table
    places: Places

    def __len__(self) -> int:
        """How many there are."""
        return len(self.places)

    def text(self, name: str) -> Texts:
        """What each row says in this column."""
        column: Texts = self.table.text(name)[self.places]
        return column

    def date(self, name: str) -> Dates:
        """The day each row gives in this column, and never where it gives none."""
        column: Dates = self.table.date(name)[self.places]
        return column

    def number(self, name: str) -> npt.NDArray[np.float64]:
        """The whole number each row gives in this column, and not a number where it gives none."""
        values, which = np.unique(self.text(name), return_inverse=True)
        numbers = [float(value) if _WHOLE.fullmatch(value) else np.nan for value in values]
        return np.array(numbers, dtype=np.float64)[which.reshape(-1)]

    def given(self, name: str) -> Mask:
        """Where a row says anything in this column."""
        given: Mask = self.text(name) != b""
        return given

    def blank(self, name: str) -> Mask:
        """Where a row says nothing in this column, or there is no row."""
        blank: Mask = self.text(name) == b""
        return blank

    def is_(self, name: str, *codes: str) -> Mask:
        """Where a row has one of these codes, exactly as they are written."""
        return is_any(self.text(name), codes)

    @property
    def there(self) -> Mask:
        """Where there is a row at all."""
        return self.places >= 0

    def where(self, mask: Mask | Places) -> Rows:
        """Those rows for which something is so, or at these places among them."""
        return Rows(self.table, self.places[mask])

    def without(self, others: Rows) -> Rows:
        """Those that are not among other rows of the same table."""
        return self.where(~np.isin(self.places, others.places))

    def up(self, name: str) -> Rows:
        """The row of a table above that each row belongs to, one for one."""
        table, places = self.table.parents[name]
        return Rows(table, np.append(places, -1)[self.places])

    # Asked of many rows below. Each takes rows of a table that belongs to this one.

    def count(self, below: Rows) -> Numbers:
        """How many of these rows below each row has."""
        above = below.up(self.table.name).places
        counts = np.bincount(above[above >= 0], minlength=self.table.count + 1)
        counts[-1] = 0
        return counts[self.places]

    def any(self, below: Rows) -> Mask:
        """Where a row has any of these rows below it."""
        return self.count(below) > 0

    def latest(self, below: Rows, dates: Dates) -> Dates:
        """The latest day that any of the rows below gives, and never where none gives any."""
        return self._reach(below, dates, np.maximum)

    def earliest(self, below: Rows, dates: Dates) -> Dates:
        """The earliest day that any of the rows below gives, and never where none gives any."""
        return self._reach(below, dates, np.minimum)

    def _reach(self, below: Rows, dates: Dates, further: np.ufunc) -> Dates:
        above = below.up(self.table.name).places
        known = (above >= 0) & ~np.isnat(dates)
        none = np.iinfo(np.int64).min if further is np.maximum else np.iinfo(np.int64).max
        reached = np.full(self.table.count + 1, none, dtype=np.int64)
        further.at(reached, above[known], dates[known].astype(np.int64))
        found = reached.astype("datetime64[D]")
        found[reached == none] = NEVER
        result: Dates = found[self.places]
        return result

    def alongside(self, others: Rows, within: str) -> Numbers:
        """How many of some rows each row has beside it, in the same row above; itself too."""
        counts = np.bincount(
            others.up(within).places + 1, minlength=self.table.parents[within][0].count + 1
        )
        return counts[self.up(within).places + 1]

    def below(self, rows: Rows) -> Rows:
        """Of the rows given, those that belong to one of these."""
        mine = np.zeros(self.table.count + 1, dtype=bool)
        mine[self.places] = True
        mine[-1] = False
        return rows.where(mine[rows.up(self.table.name).places])

    def alike(self, *names: str, within: str = "") -> Numbers:
        """How many of these rows, itself too, say the same as a row in these columns.

        With `within`, only those of the same row above are counted.
        """
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        key = np.zeros(len(self), dtype=np.int64)
        for name in names:
            key = _joined(key, self.text(name))
        if within:
            key = _joined(key, self.up(within).places)
        _, group, counts = np.unique(key, return_inverse=True, return_counts=True)
        same: Numbers = counts[group.reshape(-1)]
        return same

    def ordered(self, above: str, *by: npt.NDArray[np.generic]) -> Rows:
        """The same rows in order within each row above: by these values, then as in the file.

        A day that is not known comes last.
        """
        groups = self.up(above).places
        keys = [groups, *(_sortable(values) for values in by), self.places]
        if (joined := _one_key(keys)) is not None:
            return Rows(self.table, self.places[np.argsort(joined, kind="stable")])
        return Rows(self.table, self.places[np.lexsort(keys[::-1])])

    def following(self, above: str) -> Rows:
        """For rows in order, the next row of the same row above; no row after the last."""
        return self._beside(above, 1)

    def preceding(self, above: str) -> Rows:
        """For rows in order, the row before of the same row above; no row before the first."""
        return self._beside(above, -1)

    def _beside(self, above: str, step: int) -> Rows:
        groups = self.up(above).places
        beside = np.full(len(self), -1, dtype=np.intp)
        if step > 0:
            same = groups[:-1] == groups[1:]
            beside[:-1][same] = self.places[1:][same]
        else:
            same = groups[1:] == groups[:-1]
            beside[1:][same] = self.places[:-1][same]
        return Rows(self.table, beside)


def _joined(key: Numbers, values: npt.NDArray[np.generic]) -> Numbers:
    """One number for each pair of a number and a value."""
    known, which = np.unique(values, return_inverse=True)
    joined: Numbers = np.unique(key * len(known) + which.reshape(-1), return_inverse=True)[1]
    return joined.reshape(-1)


def _one_key(keys: Sequence[npt.NDArray[np.generic]]) -> Numbers | None:
    """One number for each row that sorts as the keys do, first to last; none if it were too long.

    A file is mostly in order already, and one key shows it: sorting is then hardly any work.
    """
    joined, span = np.zeros(len(keys[0]), dtype=np.int64), 1
    for key in keys:
        if key.dtype.kind not in "iu" or not len(key):
            return None
        last = key == _LAST
        known = key[~last].astype(np.int64)
        least = int(known.min(initial=0))
        width = int(known.max(initial=0)) - least + 2
        span *= width
        if span >= _LAST:
            return None
        joined = joined * width + np.where(last, width - 1, key.astype(np.int64) - least)
    return joined


def _sortable(values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    if values.dtype.kind != "M":
        return values
    numbers = values.astype("datetime64[D]").astype(np.int64)
    return np.where(np.isnat(values), _LAST, numbers)
