"""Reading an SSDA903 return from its one XML file."""

from collections import defaultdict
from typing import BinaryIO

import numpy as np

from hearth.returns.checking.columns import Places, Texts
from hearth.returns.checking.elements import Elements, Names, elements
from hearth.returns.checking.looked_after import DERIVED, LAYOUT
from hearth.returns.checking.plain_xml import CannotRead, pieces
from hearth.returns.checking.tables import Filled

ROOT, CHILD, HEADER = "EXPSSDA903", "CHILD", "HEADER"
# Each table, and the element that is a row of it. What stands in the header itself is a row of its
# own table where any of its columns is given.
ELEMENTS = {
    "Header": HEADER,
    "Episodes": "EPISODE",
    "Reviews": "AREVIEW",
    "OC2": "OC2",
    "PrevPerm": "PERMANENCE",
    "Missing": "AMISSING",
    "PlacedAdoption": "AD_PLACED",
}
IN_HEADER = ("UASC", "OC3", "AD1")
CALLED = {"CHILD": "CHILDID", "PLACE": "PL"}
OWN = {
    table: tuple(column for column in (*columns, *DERIVED.get(table, ())) if column != "CHILD")
    for table, columns in LAYOUT.items()
}
NAMES = Names.of(
    list(
        dict.fromkeys(
            [
                *(ROOT, CHILD, *ELEMENTS.values()),
                *(CALLED.get(c, c) for columns in OWN.values() for c in ("CHILD", *columns)),
            ]
        )
    )
)


def read_xml(stream: BinaryIO) -> dict[str, Filled]:
    """The tables of a return in XML. Raises CannotRead, with the line, when it is not one."""
    parts: dict[str, list[Filled]] = defaultdict(list)
    above: tuple[bytes, ...] = ()
    for piece in pieces(stream, CHILD.encode()):
        found = elements(piece, NAMES, above)
        if not above and found.names[0] != NAMES.number(ROOT):
            raise CannotRead(f"This is not an SSDA903 return: it does not begin with {ROOT}")
        for table, element in ELEMENTS.items():
            parts[table].append(_part(found, table, element))
        for table in IN_HEADER:
            parts[table].append(_from_header(found, table))
        above = found.left_open
    return {table: _joined(table, filled) for table, filled in parts.items()}


def _part(found: Elements, table: str, element: str) -> Filled:
    rows = np.flatnonzero(found.names == NAMES.number(element))
    filled = Filled(count=len(rows), called=table)
    for column in OWN[table]:
        _say(filled, found, rows, column, column)
    _say_child(filled, found, rows)
    if table not in ("Header", "Episodes"):
        _say_birth(filled, found, rows)
    return filled


def _from_header(found: Elements, table: str) -> Filled:
    headers = np.flatnonzero(found.names == NAMES.number(HEADER))
    mine = [column for column in OWN[table] if column not in ("DOB", "SEX")]
    given = np.zeros(len(headers), dtype=bool)
    for column in mine:
        probe = Filled(count=len(headers))
        _say(probe, found, headers, column, column)
        given |= probe.columns[column] != b""
    if table == "UASC":
        flag = Filled(count=len(headers))
        _say(flag, found, headers, "UASC", "UASC")
        given |= flag.columns["UASC"] == b"1"
    rows = headers[given]
    filled = Filled(count=len(rows), called=table)
    for column in OWN[table]:
        _say(filled, found, rows, column, column)
    _say_child(filled, found, rows)
    return filled


def _say(filled: Filled, found: Elements, rows: Places, column: str, into: str) -> None:
    """What each row says in a column: of two in one row, the first."""
    place = np.full(len(found.names) + 1, -1, dtype=np.intp)
    place[rows] = np.arange(len(rows))
    named = found.names == NAMES.number(CALLED.get(column, column))
    leaves = np.flatnonzero(named & found.leaf)
    at = place[found.parent[leaves]]
    leaves, at = leaves[at >= 0], at[at >= 0]
    filled.columns[into], long = found.said_in_rows(leaves, at, len(rows))
    filled.long |= {(into, row): text for row, text in long.items()}


def _say_child(filled: Filled, found: Elements, rows: Places) -> None:
    """The child each row is of, from the header of the CHILD it stands in."""
    filled.columns["CHILD"] = _of_header(found, rows, "CHILD")


def _say_birth(filled: Filled, found: Elements, rows: Places) -> None:
    """A row that gives no date of birth has the child's."""
    own = filled.columns["DOB"]
    birth = _of_header(found, rows, "DOB")
    filled.columns["DOB"] = np.where(own == b"", birth, own) if len(rows) else own


def _of_header(found: Elements, rows: Places, column: str) -> Texts:
    headers = np.flatnonzero(found.names == NAMES.number(HEADER))
    said = Filled(count=len(headers))
    _say(said, found, headers, column, column)
    values = np.append(said.columns[column], b"")
    header_of = np.full(len(found.names) + 1, -1, dtype=np.intp)
    header_of[found.parent[headers]] = np.arange(len(headers))
    children = found.names == NAMES.number(CHILD)
    at = rows
    for _ in range(4):
        inside = np.append(children, True)[at]
        at = np.where(inside, at, np.append(found.parent, -1)[at])
    result: Texts = values[header_of[at]]
    return result


def _joined(table: str, parts: list[Filled]) -> Filled:
    filled = Filled(called=table)
    for column in ("CHILD", *OWN[table]):
        filled.columns[column] = np.concatenate(
            [*(part.columns[column] for part in parts), np.zeros(1, dtype="S1")]
        )
    for part in parts:
        filled.long |= {(name, row + filled.count): text for (name, row), text in part.long.items()}
        filled.count += part.count
    return filled
