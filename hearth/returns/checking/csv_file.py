"""Opening a file of CSV, and saying plainly why one cannot be used, with its line."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from hearth.returns.checking.plain_xml import CannotRead, marked_encoding

LONGEST_CELL = 1 << 20
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@contextmanager
def rows_of(name: str, stream: BinaryIO) -> Iterator[Iterator[list[str]]]:
    """The rows of a CSV file, to be read within this. Raises CannotRead, with its file and line."""
    first = stream.read(8)
    stream.seek(0)
    if first.startswith(_SPREADSHEETS):
        raise CannotRead(f"{name} is an Excel workbook. Save each sheet as CSV, and give those")
    encoding = marked_encoding(first) or "utf-8"
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, strict=True)
    try:
        yield reader
    except UnicodeError:
        line = _not_in(encoding, stream) or reader.line_num
        raise CannotRead(
            f"{name}, line {line}: the file is not in {encoding.upper()}. Save it as CSV UTF-8"
        ) from None
    except csv.Error as error:
        raise CannotRead(f"{name}, line {reader.line_num}: {error}") from None
    finally:
        text.detach()


def column_names(name: str, rows: Iterator[list[str]]) -> list[str]:
    """The first row, in capitals. Raises CannotRead for a file without one."""
    heading = next(rows, None)
    if heading is None:
        raise CannotRead(f"{name} is empty: it has not even a row of column names")
    return [column.strip().upper() for column in heading]


def refuse_twice(name: str, columns: list[str]) -> None:
    """Raise CannotRead where two columns have the same name."""
    if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
        raise CannotRead(f"{name}, line 1: the column {', '.join(twice)} is there twice")


def _not_in(encoding: str, stream: BinaryIO) -> int:
    """The first line that is not in UTF-8; nought where that cannot be told by its lines."""
    if not encoding.startswith("utf-8"):
        return 0
    stream.seek(0)
    decode = codecs.getdecoder(encoding)
    for number, line in enumerate(iter(lambda: stream.readline(LONGEST_CELL), b""), 1):
        try:
            decode(line)
        except UnicodeError:
            return number
    return 0
