"""A file that quotes nothing is read as the csv module reads it, and any other is left to that."""

import io
import random

import pytest

from hearth.returns.check import CannotRead, read_files
from hearth.returns.checking import looked_after_files
from hearth.returns.checking.plain_csv import read_plain

NAMES = "CHILD,DOB,MISSING,MIS_START,MIS_END"
PIECES = (
    "",
    "1",
    "01/04/2026",
    " M ",
    "é",
    "x" * 64,
    "x" * 65,
    '"',
    '"a,b"',
    "\r",
    "\n",
    ",",
    "\0",
)


def read(text):
    """What a file holds, or what is said of it."""
    header = io.BytesIO(b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB")
    files = [("header.csv", header), ("missing.csv", io.BytesIO(text.encode()))]
    try:
        table = read_files(files).tables["Missing"]
    except CannotRead as error:
        return str(error)
    return table.count, table.long, {name: list(said) for name, said in table.columns.items()}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_both_ways_of_reading_agree_whatever_is_in_the_file(ending, monkeypatch):
    chance = random.Random(ending)  # noqa: S311 - repeatable, not secret
    likely = [12, 12, 12, 3, 1] + [0.15] * 8
    texts = [
        ending.join([NAMES, *(",".join(chance.choices(PIECES, likely, k=5)) for _ in range(4))])
        for _ in range(400)
    ]
    quickly = [read(text) for text in texts]

    monkeypatch.setattr(looked_after_files, "read_plain", lambda *_: None)

    assert [read(text) for text in texts] == quickly
    assert sum(isinstance(said, tuple) for said in quickly) > 100


def test_columns_are_read_without_the_csv_module():
    columns = read_plain(b"a,b\r\n,dd", 2) or []

    assert [list(column) for column in columns] == [[b"a", b""], [b"b", b"dd"]]


@pytest.mark.parametrize(
    "odd", [b'"a",b\n', b"a\n", b"a,b,c\n", b"a,b\n\n", b"\xff,b\n", b"a\rb,c\n"]
)
def test_what_is_not_plain_is_left_to_the_other_way(odd):
    assert read_plain(b"a,b\n" + odd, 2) is None
