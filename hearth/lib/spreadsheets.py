"""Rows as CSV, in which no cell is worked out by the spreadsheet that opens it."""

import csv
from collections.abc import Iterable, Iterator


class Echo:
    """Gives back each row as the CSV writer makes it."""

    def write(self, text: str) -> str:
        """The row, as it would be written."""
        return text


def harmless(text: str) -> str:
    """A text that a spreadsheet would work out, marked as text."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Rows of text as the lines of a CSV file."""
    writer = csv.writer(Echo())
    for row in rows:
        yield writer.writerow([harmless(text) for text in row])
