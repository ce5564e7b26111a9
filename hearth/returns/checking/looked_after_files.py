"""Reading an SSDA903 return from the files that councils keep: a folder of CSV, or the one of XML.

A CSV file is known by its columns, whatever it is called and whatever order they are in. One that
leaves columns out is read, and rules that need them are not run; what cannot be a table is refused
with its file and line.
"""

import codecs
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np

from hearth.returns.checking.columns import WIDEST, Texts, printable
from hearth.returns.checking.csv_file import FIRST, column_names, refuse_twice, rows_of
from hearth.returns.checking.encodings import is_markup
from hearth.returns.checking.looked_after import DERIVED, LAYOUT
from hearth.returns.checking.looked_after_xml import read_xml
from hearth.returns.checking.plain_csv import LARGEST, read_plain
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.checking.tables import Filled

BATCH = 20_000
# Columns that are found in one table only tell which table a file is, though others be missing.
_TELLING = {
    name: {column for column in columns if sum(column in others for others in LAYOUT.values()) == 1}
    for name, columns in LAYOUT.items()
}


# What a table may hold: what is published, and what may have been worked out already.
_READ = {table: {*columns, *DERIVED.get(table, ())} for table, columns in LAYOUT.items()}


@dataclass(slots=True)
class Files:
    """The tables of a return, the file each came from, and what was noticed on the way."""

    tables: dict[str, Filled] = field(default_factory=dict)
    came_from: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def read_folder(folder: Path) -> Files:
    """The return in a folder, or one XML file. Raises CannotRead, saying which file and where."""
    if folder.is_file():
        return read_files([(folder.name, folder.open("rb"))])
    if not folder.is_dir():
        raise CannotRead("There is no such folder")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".csv", ".xml"})
    if not paths:
        others = sum(1 for path in folder.iterdir() if path.is_file())
        raise CannotRead(f"It has no CSV or XML file in it ({others} files of other kinds)")
    return read_files((path.name, path.open("rb")) for path in paths)


def read_files(named: Iterable[tuple[str, BinaryIO]]) -> Files:
    """The return in these files, each closed when it has been read."""
    files = Files()
    for name, stream in named:
        with stream:
            _add(files, name, stream)
    if "Header" not in files.tables and "Episodes" not in files.tables:
        raise CannotRead(
            "None of the files is the Header or the Episodes of an SSDA903 return:"
            f" found {', '.join(files.came_from.values()) or 'nothing that could be used'}"
        )
    if not any(filled.count for filled in files.tables.values()):
        files.notices.append("None of the files has any row: there is no child to check")
    return files


def _add(files: Files, name: str, stream: BinaryIO) -> None:
    first = stream.read(FIRST)
    stream.seek(0)
    if is_markup(first):
        found = _read_xml(name, stream)
    else:
        table, filled = _read_csv(name, stream, files.notices)
        if table is None:
            return
        found = {table: filled}
    for table, filled in found.items():
        if table in files.tables:
            raise CannotRead(f"{name} and {files.came_from[table]} are both the {table} table")
        files.tables[table] = filled
        files.came_from[table] = name


def _read_xml(name: str, stream: BinaryIO) -> dict[str, Filled]:
    try:
        return read_xml(stream)
    except CannotRead as fault:
        raise CannotRead(f"{name}: {fault}") from None


def _read_csv(name: str, stream: BinaryIO, notices: list[str]) -> tuple[str | None, Filled]:
    whole = stream.read(LARGEST + 1)
    stream.seek(0)
    with rows_of(name, stream) as rows:
        columns = column_names(name, rows)
        table = _named_by(columns, name)
        if table is None:
            notices.append(f"{name} was left out: its columns ({_shown(columns)}) are of no table")
            return None, Filled()
        refuse_twice(name, columns)
        notices += _noticed(f"{name} ({table})", table, columns)
        filled = _plainly(table, columns, whole) or _filled(name, table, columns, rows)
        if empty := _without_empty_end(filled):
            notices.append(f"{name} ({table}) ends with {empty} rows of nothing, not counted")
        return table, filled


def _noticed(called: str, table: str, columns: Sequence[str]) -> Iterator[str]:
    if missing := [column for column in LAYOUT[table] if column not in columns]:
        yield f"{called} has no {', '.join(missing)}: rules that need it do not run"
    if extra := [column for column in columns if column and column not in _READ[table]]:
        yield f"{called} has columns that are not used: {_shown(extra)}"


def _shown(columns: Sequence[str]) -> str:
    return printable(", ".join(columns))[:200]


def _plainly(table: str, columns: Sequence[str], whole: bytes) -> Filled | None:
    """The table, when it is not large and quotes nothing; none when it must be read otherwise."""
    names, _, body = whole.partition(b"\n")
    named = names.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").split(",")
    # Other names: something else parts the values or ends the lines, or stands above them.
    if not body or len(whole) > LARGEST or [name.strip().upper() for name in named] != columns:
        return None
    found = read_plain(body, len(columns))
    if found is None:
        return None
    filled = Filled(called=table, count=len(found[0]))
    for column, values in zip(columns, found, strict=True):
        if column in _READ[table]:
            filled.columns[column] = np.append(values, np.zeros(1, dtype=values.dtype))
    return filled


def _named_by(columns: Sequence[str], name: str) -> str | None:
    """The table whose columns these are: exactly, by what only it has, or by the file's name."""
    given = {column for column in columns if column}
    for table, wanted in LAYOUT.items():
        if given >= set(wanted):
            return table if len(given) < len(wanted) + 20 else None
    if "CHILD" not in given:
        return None
    told = [table for table, telling in _TELLING.items() if telling & given]
    if not told:
        told = [table for table in LAYOUT if Path(name).stem.lower() == table.lower()]
    return told[0] if len(told) == 1 else None


def _without_empty_end(filled: Filled) -> int:
    """Leave out the rows at the end that a spreadsheet keeps though nothing is in them."""
    said = np.zeros(filled.count, dtype=bool)
    for values in filled.columns.values():
        said |= values[:-1] != b""
    empty = filled.count - int(np.flatnonzero(said).max(initial=-1)) - 1
    if empty:
        filled.count -= empty
        for column, values in filled.columns.items():
            filled.columns[column] = np.append(values[: filled.count], values[-1:])
    return empty


def _filled(name: str, table: str, columns: Sequence[str], reader: Iterator[list[str]]) -> Filled:
    wanted = {column: place for place, column in enumerate(columns) if column in _READ[table]}
    filled = Filled(called=table)
    parts: Mapping[str, list[Texts]] = {column: [] for column in wanted}
    while rows := list(islice(reader, BATCH)):
        if {len(row) for row in rows} != {len(columns)}:
            rows = _squared(name, rows, len(columns), filled.count)
        across = list(zip(*rows, strict=True)) or [()] * len(columns)
        for column, place in wanted.items():
            parts[column].append(_column(across[place], column, filled))
        filled.count += len(rows)
    for column in wanted:
        filled.columns[column] = np.concatenate([*parts[column], np.zeros(1, dtype="S1")])
    return filled


def _squared(name: str, rows: list[list[str]], width: int, before: int) -> list[list[str]]:
    """The rows that say anything. Raises CannotRead for one with too few or too many values."""
    kept = []
    for place, row in enumerate(rows):
        if len(row) == width:
            kept.append(row)
        elif any(value.strip() for value in row):
            raise CannotRead(
                f"{name}, row {before + place + 1} below the column names: it has {len(row)} values"
                f" where there are {width} columns. A comma in a value needs quotation marks"
            )
    return kept


def _column(values: Sequence[str], column: str, filled: Filled) -> Texts:
    try:
        plain = np.array(values, dtype=np.bytes_)
        if plain.dtype.itemsize <= WIDEST:
            return plain
    except UnicodeEncodeError:
        pass
    return filled.encoded(column, values)
