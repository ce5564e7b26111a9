"""Opening a file of CSV, and saying plainly why one cannot be used, with its line."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from hearth.returns.checking.encodings import marked_encoding, other_kind
from hearth.returns.checking.plain_xml import CannotRead

LONGEST_CELL = 1 << 20
LONGEST_LINE = 4 << 20
FIRST = 4096
# What may stand between two values, likeliest first.
_BETWEEN = ",;\t|"
# A line that some spreadsheets write above the column names, to say what stands between values.
_SAYS_BETWEEN = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


@contextmanager
def rows_of(name: str, stream: BinaryIO) -> Iterator[Iterator[list[str]]]:
    """The rows of a CSV file, to be read within this. Raises CannotRead, with its file and line.

    Values are parted by commas, or by what the first line has more of: semicolons, tabs or bars.
    """
    first = stream.read(FIRST)
    stream.seek(0)
    if kind := other_kind(first):
        raise CannotRead(f"{name} is {kind}")
    encoding = marked_encoding(first) or "utf-8"
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    csv.field_size_limit(LONGEST_CELL)
    lines = _Lines(name, text)
    try:
        yield csv.reader(lines, delimiter=lines.between(), strict=True)
    except UnicodeError:
        line = _not_in(encoding, stream) or lines.read
        raise CannotRead(
            f"{name}, line {line}: the file is not in {encoding.upper()}. Save it as CSV UTF-8"
        ) from None
    except csv.Error as error:
        raise CannotRead(f"{name}, line {lines.read}: {error}") from None
    finally:
        text.detach()


@dataclass(slots=True)
class _Lines:
    """The lines of a file, none of them endless, and how many have been read."""

    name: str
    text: io.TextIOWrapper
    read: int = 0
    first: str = ""

    def between(self) -> str:
        """What stands between values, by the first line that says anything."""
        while not self.first.strip() and (line := self._line()):
            self.first = line
        if said := _SAYS_BETWEEN.fullmatch(self.first):
            self.first = ""
            return said[1]
        return max(_BETWEEN, key=self.first.count)

    def __iter__(self) -> Iterator[str]:
        """The lines from the column names on."""
        if self.first:
            yield self.first
        while line := self._line():
            yield line

    def _line(self) -> str:
        line = self.text.readline(LONGEST_LINE)
        self.read += bool(line)
        if len(line) == LONGEST_LINE:
            raise CannotRead(
                f"{self.name}, line {self.read}: it is longer than {LONGEST_LINE >> 20} MB,"
                " which no line of a return is"
            )
        if "\0" in line:
            raise CannotRead(f"{self.name}, line {self.read}: there is a NUL, which is no text")
        return line


def column_names(name: str, rows: Iterator[list[str]]) -> list[str]:
    """The first row, in capitals. Raises CannotRead for a file without one."""
    heading = next(rows, [])
    if not any(map(str.strip, heading)):
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
