"""An SSDA903 return given as plain rows: each table a list of dictionaries."""

from collections.abc import Mapping

import numpy as np

from hearth.returns.checking.census_rows import PlainRows
from hearth.returns.checking.looked_after import (
    DERIVED,
    LAST,
    LAYOUT,
    LookedAfter,
    year_end,
)
from hearth.returns.checking.outside import Outside
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.checking.tables import Filled


def looked_after_of(
    tables: Mapping[str, PlainRows],
    ends: np.datetime64 | None = None,
    previous: Mapping[str, PlainRows] | None = None,
    outside: Outside | None = None,
) -> LookedAfter:
    """The return these rows make, of the year that ends on `ends` or that most of its days are in.

    Raises CannotRead for a table that the return does not have.
    """
    filled = {_name(called): _filled(called, rows) for called, rows in tables.items()}
    ends = year_end(filled) if ends is None else ends
    for called, rows in (previous or {}).items():
        name = _name(called).removesuffix(LAST) + LAST
        filled[name] = _filled(called, rows)
        filled[name].called = name
    return LookedAfter(filled, ends, outside)


def _name(called: str) -> str:
    """The published name of a table, however its letters are cased."""
    year = LAST if called.lower().endswith(LAST) else ""
    wanted = called.lower().removesuffix(LAST)
    for name in LAYOUT:
        if name.lower() == wanted:
            return name + year
    raise CannotRead(f"An SSDA903 return has no table called {called}: it has {', '.join(LAYOUT)}")


def _filled(called: str, rows: PlainRows) -> Filled:
    name = _name(called).removesuffix(LAST)
    filled = Filled(called=called)
    for column in (*LAYOUT[name], *DERIVED.get(name, ())):
        # A table of no rows has the columns that are published, and no others.
        if any(column in row for row in rows) or not (rows or column in DERIVED.get(name, ())):
            filled.fill(column, [row.get(column) or "" for row in rows])
    filled.count = len(rows)
    return filled
