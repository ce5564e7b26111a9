"""A CIN census given as plain rows: each table a list of dictionaries, as other tools hold it."""

from collections.abc import Mapping, Sequence

import numpy as np

from hearth.returns.checking.census import (
    ABOVE,
    ASSESSMENT,
    BY_NAME,
    CHILD,
    EPISODE,
    GROUPS,
    PLAN,
    Census,
    Group,
)
from hearth.returns.checking.columns import Places
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.checking.tables import Filled

PlainRow = Mapping[str, str | None]
PlainRows = Sequence[PlainRow]
# The columns that say which child, episode, assessment and plan a row is of.
KEYS = {
    CHILD: ("LAchildID",),
    EPISODE: ("LAchildID", "CINdetailsID"),
    ASSESSMENT: ("LAchildID", "CINdetailsID", "AssessmentID"),
    PLAN: ("LAchildID", "CINdetailsID", "CPPID"),
}
Key = tuple[str | None, ...]


def census_of(tables: Mapping[str, PlainRows]) -> Census:
    """The census these rows make. Raises CannotRead for a table that no census has."""
    named = {_group(name).name: name for name in tables}
    numbers: dict[str, dict[Key, int]] = {of: {} for of in KEYS}
    filled = {}
    for group in GROUPS:
        called = named.get(group.name, "")
        filled[group.name] = _filled(group, tables.get(called, ()), numbers)
        filled[group.name].supplied = bool(called)
        filled[group.name].called = called
    return Census(filled, {of: len(keys) for of, keys in numbers.items()})


def _group(name: str) -> Group:
    for group in GROUPS:
        if name.lower() in {other.lower() for other in (group.name, *group.other_names)}:
            return group
    raise CannotRead(f"A CIN census has no table called {name}: it has {', '.join(BY_NAME)}")


def _filled(group: Group, rows: PlainRows, numbers: dict[str, dict[Key, int]]) -> Filled:
    filled = Filled()
    for name in dict.fromkeys([*group.columns, *(KEYS[group.of] if group.of else ())]):
        other = name + "s" if group.element else name
        if rows and not any(name in row or other in row for row in rows):
            continue
        filled.fill(name, [row.get(name, row.get(other)) or "" for row in rows])
    for of in (group.of, *ABOVE[group.of]) if group.of else ():
        filled.of[of] = _numbered(rows, KEYS[of], numbers[of])
    filled.count = len(rows)
    return filled


def _numbered(rows: PlainRows, columns: tuple[str, ...], known: dict[Key, int]) -> Places:
    """The number of the child, episode and so on that each row is of; new ones are numbered on."""
    keys = (tuple(row.get(column) for column in columns) for row in rows)
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.intp)
