"""Files as councils really have them are read where it is plain what they say, or refused in words.

Whatever bytes a file is made of, it is read or refused: never anything else, and never for long.
"""

import gzip
import io
import zipfile
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.returns.check import (
    CannotRead,
    looked_after_in,
    read_census,
    read_files,
    report_on_census,
    report_on_looked_after,
)
from hearth.returns.checking import csv_file, plain_xml

NAMES = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
HEADER = f"{NAMES}\r\n1,F,01/02/2015,WBRI,UN1,,\r\n2,M,01/01/2010,WBRI,,,\r\n"
REVIEWS = b"CHILD,DOB,REVIEW,REVIEW_CODE\n1,01/02/2015,01/05/2026,PN1\n"
CENSUS = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children><Child>"
    "<ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers></Child></Children></Message>"
)
RETURN = (
    "<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><SEX>F</SEX><DOB>01/02/2015</DOB>"
    "<AREVIEW><REVIEW>01/05/2026</REVIEW></AREVIEW></HEADER>"
    "<EPISODE><DECOM>01/04/2026</DECOM></EPISODE></CHILD></EXPSSDA903>"
)


def archive(name):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        file.writestr(name, "x")
    return kept.getvalue()


def read_903(body, name="header.csv"):
    return read_files([(name, io.BytesIO(body)), ("reviews.csv", io.BytesIO(REVIEWS))])


def read_cin(body):
    return read_census(io.BytesIO(body))


def children(files):
    return [value.decode() for value in files.tables["Header"].columns["CHILD"][:-1].tolist()]


@pytest.mark.parametrize(
    "body",
    [
        HEADER.replace(",", ";").encode(),
        HEADER.replace(",", "\t").encode("utf-16"),
        HEADER.replace(",", "|").encode("utf-8-sig"),
        HEADER.encode("utf-16-le"),
        HEADER.encode("utf-16-be"),
        f"sep=,\r\n{HEADER}".encode(),
        f"sep=;\r\n{HEADER}".replace(",", ";").encode(),
        f"\r\n\r\n{HEADER}".encode(),
        HEADER.replace("\r\n", "\r").encode(),
        HEADER.replace(NAMES, " , ".join(NAMES.lower().split(","))).encode(),
        (HEADER + ",,,,,,\r\n" * 3).encode(),
    ],
)
def test_a_spreadsheet_saved_in_any_of_its_ways_gives_the_same_rows(body):
    assert children(read_903(body)) == ["1", "2"]


def test_rows_of_nothing_at_the_end_are_said_to_be_left_out_and_others_are_kept():
    files = read_903(HEADER.replace("2,M", ",,,,,,\r\n2,M").encode() + b",,,,,,\r\n,,,,,,\r\n")

    assert children(files) == ["1", "", "2"]
    assert "header.csv (Header) ends with 2 rows of nothing, not counted" in files.notices


def test_a_file_that_lacks_what_only_its_table_has_is_known_by_its_name():
    files = read_903(b"CHILD,SEX,DOB\n1,F,01/02/2015\n", "Header.csv")

    assert children(files) == ["1"]


@pytest.mark.parametrize("below", ["", "\n", "\n\n\n", "\n,,,,,,\n\n"])
def test_a_return_of_nobody_is_said_to_be_so(below):
    files = read_files([("header.csv", io.BytesIO((NAMES + below).encode()))])

    assert files.notices[-1] == "None of the files has any row: there is no child to check"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_either_return_in_xml_may_be_in_any_unicode(encoding):
    assert read_cin(CENSUS.encode(encoding)).ChildIdentifiers.table.count == 1
    assert children(read_files([("r.xml", io.BytesIO(RETURN.encode(encoding)))])) == ["1"]


def test_what_was_written_from_memory_is_not_in_the_utf_16_it_says():
    body = f"<?xml version='1.0' encoding='utf-16'?>{CENSUS}".encode()

    assert read_cin(body).ChildIdentifiers.table.count == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (archive("[Content_Types].xml"), "an Excel workbook"),
        (archive("census.xml"), "a ZIP file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook"),
        (gzip.compress(b"x", mtime=0), "a compressed file"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\n\n1\0,F\n", "line 3: there is a NUL|Line 3|not XML"),
        (b"\0" * 90, "NUL|not XML"),
    ],
)
def test_what_is_no_text_is_named_for_what_it_is(body, why):
    for read in (read_cin, read_903):
        with pytest.raises(CannotRead, match=why):
            read(body)


@pytest.mark.parametrize("encoding", ["rot13", "hex", "idna", "utf-7", "unicode_escape"])
def test_an_encoding_that_turns_text_into_something_else_is_refused(encoding):
    with pytest.raises(CannotRead, match="not an encoding of text"):
        read_cin(f"<?xml version='1.0' encoding='{encoding}'?>{CENSUS}".encode())


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (CENSUS.replace("<Children>", "<Children>\n\0"), "Line 2: there is a NUL"),
        ("\n" + CENSUS.replace("<Children>", "<Children>\n\xe9"), "Line 3: .*byte e9"),
    ],
)
def test_the_line_of_a_wrong_byte_is_said(body, why):
    with pytest.raises(CannotRead, match=why):
        read_cin(body.encode("latin-1"))


def test_a_file_in_a_folder_is_named_when_its_xml_is_wrong():
    with pytest.raises(CannotRead, match=r"r\.xml: Line 1, column"):
        read_files([("r.xml", io.BytesIO(RETURN[:-20].encode()))])


class Endless(io.RawIOBase):
    """A file that begins so and goes on for ever."""

    def __init__(self, begins, filling):
        self.begins, self.filling, self.sent, self.at = begins, filling, 0, 0

    def read(self, size=-1):
        first = self.begins if self.at == 0 else b""
        self.at = 1
        self.sent += size
        return (first + self.filling * (size // len(self.filling) + 1))[:size]

    def readable(self):
        return True

    def readinto(self, into):
        into[:] = self.read(len(into))
        return len(into)

    def seek(self, *_):
        self.at = 0
        return 0


@pytest.mark.parametrize("begins", ["<a>", "<a b='", "<a><!--", "<a><![CDATA[", "<", "<?b "])
def test_xml_that_never_ends_is_left_after_so_much(begins, monkeypatch):
    monkeypatch.setattr(plain_xml, "LONGEST_PIECE", 1 << 21)
    for read in (read_census, lambda file: read_files([("r.xml", file)])):
        endless = Endless(begins.encode(), b"y")
        with pytest.raises(CannotRead, match="this is not a return"):
            read(cast("BinaryIO", endless))
        assert endless.sent < 1 << 23


@pytest.mark.parametrize(
    ("begins", "filling", "why"),
    [("", b"y", "line 2: it is longer than"), ('"', b"yyyy\n", "line [0-9]+: field larger")],
)
def test_a_line_or_a_value_that_never_ends_is_left_after_so_much(begins, filling, why, monkeypatch):
    monkeypatch.setattr(csv_file, "LONGEST_LINE", 1 << 16)
    monkeypatch.setattr(csv_file, "LONGEST_CELL", 1 << 16)
    endless = Endless(f"{NAMES}\n{begins}".encode(), filling)
    with pytest.raises(CannotRead, match=why):
        read_files([("header.csv", cast("BinaryIO", endless))])
    assert endless.sent < 1 << 26


def changed(body):
    """The bytes of a file with a few of them changed, taken out or put in."""
    change = st.tuples(st.integers(0, len(body) - 1), st.integers(0, 9), st.binary(max_size=9))

    def made(changes):
        made = bytearray(body)
        for place, length, put in changes:
            made[place : place + length] = put
        return bytes(made)

    return st.lists(change, min_size=1, max_size=4).map(made)


BODIES = [body.encode(how) for body in (CENSUS, RETURN, HEADER) for how in ("utf-8", "utf-16")]
ANY = st.one_of(st.binary(max_size=200), *map(changed, BODIES))


@settings(deadline=None, max_examples=300)
@given(ANY)
def test_any_bytes_are_read_or_refused_by_both_returns(body):
    for read, check in ((read_cin, report_on_census), (read_903, _checked)):
        try:
            report = check(read(body))
        except CannotRead:
            continue
        assert report.failed == []


def _checked(files):
    return report_on_looked_after(looked_after_in(files))
