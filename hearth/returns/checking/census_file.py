"""Reading a CIN census from its file, into columns, at the speed of its parser."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from hearth.returns.checking.census import (
    ABOVE,
    ASSESSMENT,
    CHILD,
    EPISODE,
    GROUPS,
    PLAN,
    Census,
    Group,
)
from hearth.returns.checking.columns import Places, Texts
from hearth.returns.checking.elements import Elements, Names, elements
from hearth.returns.checking.plain_xml import CannotRead, pieces
from hearth.returns.checking.tables import Filled

ROOT, CHILDREN = "Message", "Children"
# The element that each thing rows are gathered by is.
ELEMENT_OF = {
    CHILD: "Child",
    EPISODE: "CINdetails",
    ASSESSMENT: "Assessments",
    PLAN: "ChildProtectionPlans",
}
NAMES = Names.of(
    list(
        dict.fromkeys(
            [
                *(ROOT, CHILDREN, *ELEMENT_OF.values()),
                *(name for group in GROUPS for name in (group.tag, *group.wrappers)),
                *(name for group in GROUPS if not group.element for name in group.columns),
            ]
        )
    )
)


def read_census(stream: BinaryIO) -> Census:
    """The census in a file. Raises CannotRead, with the line, when it is not one."""
    reading = _Reading()
    above: tuple[bytes, ...] = ()
    for piece in pieces(stream, b"Child"):
        found = elements(piece, NAMES, above)
        reading.take(found, already=len(above))
        above = found.left_open
    if not reading.is_census:
        raise CannotRead("This is not a CIN census: it does not begin with Message and its Header")
    return reading.census()


@dataclass(slots=True)
class _Part:
    """What one piece holds of one group."""

    columns: dict[str, Texts]
    long: dict[tuple[str, int], str]
    of: dict[str, Places]
    count: int


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    parts: dict[str, list[_Part]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ELEMENT_OF, 0))
    is_census: bool = False
    unknown: set[str] = field(default_factory=set)

    def take(self, found: Elements, *, already: int) -> None:
        """Add a piece; the first so many of its elements were begun in pieces before it."""
        self.unknown |= found.unknown
        if len(found.names) and found.names[0] == NAMES.number(ROOT):
            self.is_census |= bool((found.names == NAMES.number("Header")).any())
        numbered = {of: self._numbered(found, of, already) for of in ELEMENT_OF}
        for group in GROUPS:
            self.parts[group.name].append(_part(group, found, numbered))
        for of, numbers in numbered.items():
            self.counts[of] = int(numbers.max(initial=self.counts[of] - 1)) + 1

    def _numbered(self, found: Elements, of: str, already: int) -> Places:
        """The number in the file of each element that is a child (or an episode, and so on)."""
        mine = found.names == NAMES.number(ELEMENT_OF[of])
        mine[:already] = False
        return np.where(mine, np.cumsum(mine) - 1 + self.counts[of], -1)

    def census(self) -> Census:
        """All of it, as the rules see it."""
        return Census({group.name: self._filled(group) for group in GROUPS}, self.counts)

    def _filled(self, group: Group) -> Filled:
        parts = self.parts[group.name]
        filled = Filled(count=sum(part.count for part in parts))
        for name in group.columns:
            filled.columns[name] = np.concatenate(
                [*(part.columns[name] for part in parts), np.zeros(1, dtype="S1")]
            )
        for of in (group.of, *ABOVE[group.of]) if group.of else ():
            filled.of[of] = np.concatenate([part.of[of] for part in parts])
        before = 0
        for part in parts:
            filled.long |= {(name, row + before): text for (name, row), text in part.long.items()}
            before += part.count
        return filled


def _part(group: Group, found: Elements, numbered: Mapping[str, Places]) -> _Part:
    which = _rows(group, found)
    part = _Part({}, {}, {}, len(which))
    for of in (group.of, *ABOVE[group.of]) if group.of else ():
        part.of[of] = _climb(found, which, numbered[of])
    if group.element:
        spoken = np.flatnonzero(found.names[which] == NAMES.number(group.tag))
        _say(part, group.columns[0], found, which[spoken], spoken)
        return part
    row = np.full(len(found.names) + 1, -1, dtype=np.intp)
    row[which] = np.arange(len(which))
    for wrapper in group.wrappers:
        inner = np.flatnonzero(found.names == NAMES.number(wrapper))
        row[inner] = row[found.parent[inner]]
    for column in group.columns:
        leaves = np.flatnonzero((found.names == NAMES.number(column)) & found.leaf)
        rows = row[found.parent[leaves]]
        _say(part, column, found, leaves[rows >= 0], rows[rows >= 0])
    return part


def _rows(group: Group, found: Elements) -> Places:
    """The elements that are rows of a group, in the order of the file."""
    mine = found.names == NAMES.number(group.tag)
    if not group.element:
        return np.flatnonzero(mine)
    (wrapper,) = (NAMES.number(name) for name in group.wrappers)
    inside = np.append(found.names, -1)[found.parent] == wrapper
    rows = np.flatnonzero(mine & inside & found.leaf)
    if group.name != "Reviews":
        return rows
    # Reviews with no date in them are a row too, which a rule asks about.
    row = found.names == wrapper
    row[found.parent[rows]] = False
    row[rows] = True
    return np.flatnonzero(row)


def _climb(found: Elements, which: Places, numbers: Places) -> Places:
    """The number of the nearest that each element is, or is in; -1 when it is in none."""
    numbers = np.append(numbers, -1)
    parent = np.append(found.parent, -1)
    at, result = which, numbers[which]
    while (result < 0).any() and (at >= 0).any():
        at = parent[at]
        result = np.where(result >= 0, result, numbers[at])
    return result


def _say(part: _Part, column: str, found: Elements, leaves: Places, rows: Places) -> None:
    """Put what elements say in a column; of two in one group, the first."""
    part.columns[column], long = found.said_in_rows(leaves, rows, part.count)
    part.long |= {(column, row): text for row, text in long.items()}
