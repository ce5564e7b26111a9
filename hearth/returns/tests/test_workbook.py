"""An Excel workbook, written quickly: what is put in it is what is read from it."""

import io
import zipfile

from lxml import etree

from hearth.returns import workbook
from hearth.returns.workbook import Workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def written(*sheets):
    out = io.BytesIO()
    with Workbook(out) as book:
        for sheet in sheets:
            book.sheet(*sheet)
    return zipfile.ZipFile(out)


def rows_of(book, number=1):
    sheet = etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    rows = sheet.iter(f"{MAIN}row")
    return [["".join(map(str, cell.itertext())) for cell in row] for row in rows]


def names_of(book):
    return [each.get("name") for each in etree.fromstring(book.read("xl/workbook.xml"))[0]]


def test_words_and_numbers_are_read_as_they_were_written():
    book = written(("A & B", ("one", "two"), [("<b>&", 3), (None, "x"), ("", -4), (" a\nb ", "x")]))

    assert names_of(book) == ["A & B"]
    assert rows_of(book) == [["one", "two"], ["<b>&", "3"], ["", "x"], ["", "-4"], [" a\nb ", "x"]]
    assert all(etree.fromstring(book.read(name)) is not None for name in book.namelist())


def test_what_no_workbook_can_hold_is_left_out_and_nothing_is_worked_out():
    book = written(("A", ("one",), [("=1+1",), ("a\x00b\ud800",), ("_x0041_",), ("x" * 40_000,)]))
    found = [row[0] for row in rows_of(book)[1:]]

    assert found[:3] == ["=1+1", "ab", "_x005F_x0041_"]
    assert len(found[3]) == workbook.LONGEST
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_more_rows_than_a_sheet_holds_go_on_in_another(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    monkeypatch.setattr(workbook, "REMEMBERED", 3)
    book = written(("A", ("one",), [(str(n),) for n in range(5)]), ("B", ("one",), []))

    assert names_of(book) == ["A", "A 2", "A 3", "B"]
    assert [len(rows_of(book, number)) for number in (1, 2, 3, 4)] == [3, 3, 2, 1]


def test_a_workbook_that_could_not_be_finished_is_not_one():
    out = io.BytesIO()
    try:
        with Workbook(out) as book:
            book.sheet("A", ("one",), (1 / 0 for _ in range(1)))  # type: ignore[misc]
    except ZeroDivisionError:
        pass

    assert "xl/workbook.xml" not in zipfile.ZipFile(out).namelist()
