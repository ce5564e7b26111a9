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

from hearth.returns.checking.columns import WIDEST, Texts
from hearth.returns.checking.csv_file import column_names, refuse_twice, rows_of
from hearth.returns.checking.looked_after import DERIVED, LAYOUT
from hearth.returns.checking.looked_after_xml import read_xml
from hearth.returns.checking.plain_csv import LARGEST, read_plain
from hearth.returns.checking.plain_xml import CannotRead, marked_encoding
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
        raise CannotRead(f"There is no folder {folder}")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".csv", ".xml"})
    if not paths:
        others = sum(1 for path in folder.iterdir() if path.is_file())
        raise CannotRead(f"{folder} has no CSV or XML file in it ({others} files of other kinds)")
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
    return files


def _add(files: Files, name: str, stream: BinaryIO) -> None:
    first = stream.read(8)
    stream.seek(0)
    if first.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        found = read_xml(stream)
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


def _read_csv(name: str, stream: BinaryIO, notices: list[str]) -> tuple[str | None, Filled]:
    body = _body(stream)
    with rows_of(name, stream) as rows:
        return _table(name, rows, body, notices)


def _body(stream: BinaryIO) -> bytes | None:
    """What is below the column names of a file that is not large; the stream is where it was.

    None of a file that is in another encoding than UTF-8.
    """
    read = stream.read(LARGEST + 1)
    stream.seek(0)
    if not (marked_encoding(read) or "utf-8").startswith("utf-8"):
        return None
    names, _, body = read.partition(b"\n")
    # A line may also end as it did on an old Macintosh, and then the names end before.
    return body if len(read) <= LARGEST and b"\r" not in names.rstrip(b"\r") else None


def _table(
    name: str, reader: Iterator[list[str]], body: bytes | None, notices: list[str]
) -> tuple[str | None, Filled]:
    columns = column_names(name, reader)
    table = _named_by(columns)
    if table is None:
        notices.append(
            f"{name} was left out: its columns ({', '.join(columns)[:200]}) are those of no table"
        )
        return None, Filled()
    refuse_twice(name, columns)
    if missing := [column for column in LAYOUT[table] if column not in columns]:
        notices.append(
            f"{name} ({table}) has no {', '.join(missing)}: rules that need it do not run"
        )
    if extra := [column for column in columns if column not in _READ[table]]:
        notices.append(f"{name} ({table}) has columns that are not used: {', '.join(extra)[:200]}")
    return table, _plainly(table, columns, body) or _filled(name, table, columns, reader)


def _plainly(table: str, columns: Sequence[str], body: bytes | None) -> Filled | None:
    """The table, when it quotes nothing; none when it is to be read the other way."""
    found = read_plain(body, len(columns)) if body else None
    if found is None:
        return None
    filled = Filled(called=table, count=len(found[0]))
    for column, values in zip(columns, found, strict=True):
        if column in _READ[table]:
            filled.columns[column] = np.append(values, np.zeros(1, dtype=values.dtype))
    return filled


def _named_by(columns: Sequence[str]) -> str | None:
    """The table whose columns these are: exactly, or for want of that by what only it has."""
    given = {column for column in columns if column}
    for table, wanted in LAYOUT.items():
        if given >= set(wanted):
            return table if len(given) < len(wanted) + 20 else None
    told = [table for table, telling in _TELLING.items() if "CHILD" in given and telling & given]
    return told[0] if len(told) == 1 else None


def _filled(name: str, table: str, columns: Sequence[str], reader: Iterator[list[str]]) -> Filled:
    wanted = {column: place for place, column in enumerate(columns) if column in _READ[table]}
    filled = Filled(called=table)
    parts: Mapping[str, list[Texts]] = {column: [] for column in wanted}
    while rows := list(islice(reader, BATCH)):
        if {len(row) for row in rows} != {len(columns)}:
            rows = _squared(name, rows, len(columns), filled.count)
        across = list(zip(*rows, strict=True))
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
