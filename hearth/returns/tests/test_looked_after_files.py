"""An SSDA903 return is read from the files councils keep, and a file that cannot be is named."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.returns.check import looked_after_in, report_on_looked_after
from hearth.returns.checking.looked_after import LAYOUT, year_end
from hearth.returns.checking.looked_after_files import read_files, read_folder
from hearth.returns.checking.plain_xml import CannotRead

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
ONE = HEADER + "1,F,01/02/2015,WBRI,UN1,,\n"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n1,01/02/2015,01/05/2026,PN1\n"


def read(**files):
    named = [(f"{name}.csv", body) for name, body in files.items()]
    return read_files((name, io.BytesIO(_bytes(body))) for name, body in named)


def _bytes(body):
    return body if isinstance(body, bytes) else body.encode()


def column(files, table, name):
    return [value.decode() for value in files.tables[table].columns[name][:-1].tolist()]


def test_a_file_is_known_by_its_columns_in_any_order_and_whatever_it_is_called():
    columns = list(LAYOUT["Header"])
    columns.reverse()
    rows = {"CHILD": "007", "SEX": "F"}
    body = ",".join(columns) + "\n" + ",".join(rows.get(name, "") for name in columns) + "\n"

    files = read(anything=body)

    assert files.came_from == {"Header": "anything.csv"}
    assert column(files, "Header", "CHILD") == ["007"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_have_a_byte_order_mark_and_lines_in_its_values(encoding):
    body = HEADER + '"é\n1",F,,,,,\r\n2,M,,,,,\r\n'

    files = read(header=body.encode(encoding))

    assert column(files, "Header", "CHILD") == ["é\n1", "2"]


def test_missing_and_extra_columns_are_noticed_and_the_rules_that_need_them_are_listed():
    body = "CHILD,SEX,DOB,UPN,MOTHER,MC_DOB,COLOUR\n1,F,,,,,red\n"
    files = read(header=body, reviews=REVIEWS, episodes=",".join(LAYOUT["Episodes"]) + "\n")

    report = report_on_looked_after(looked_after_in(files))

    assert any("has no ETHNIC" in notice for notice in files.notices)
    assert any("not used: COLOUR" in notice for notice in files.notices)
    assert {each.reason for each in report.not_run if each.rule == "103"} == {
        "Header has no ETHNIC"
    }
    assert report.failed == []


def test_a_file_that_is_of_no_table_is_left_out_and_named():
    files = read(header=ONE, colours="NAME,COLOUR\na,red\n")

    assert any("colours.csv was left out" in notice for notice in files.notices)


def test_rows_of_nothing_at_all_are_passed_over():
    assert column(read(header=ONE + "\n\n2,M,,,,,\n"), "Header", "CHILD") == ["1", "2"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"header": b""}, "header.csv is empty"),
        ({"header": b"PK\x03\x04 [Content_Types].xml"}, "header.csv is an Excel workbook"),
        ({"header": b"\xd0\xcf\x11\xe0rest"}, "header.csv is an Excel workbook"),
        (
            {"header": HEADER.encode() + b"\xe9,F,,,,,\n"},
            "header.csv, line 2: .* not in UTF-8",
        ),
        ({"header": ONE + "2,F\n"}, "header.csv, row 2 .* 2 values where there are 7 columns"),
        ({"header": HEADER + '"1,F,,,,,\n'}, "header.csv, line 2: unexpected end of data"),
        ({"a": ONE, "b": ONE}, "b.csv and a.csv are both the Header"),
        ({"header": ONE.replace("MC_DOB\n", "MC_DOB,SEX\n")}, "the column SEX is there twice"),
        ({"reviews": REVIEWS}, "None of the files is the Header or the Episodes"),
        ({"header": HEADER + "1" * (1 << 21) + ",F,,,,,\n"}, "header.csv, line 2: field larger"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_file_and_line(files, why):
    with pytest.raises(CannotRead, match=why):
        read(**files)


def test_a_folder_with_no_return_in_it_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("x")

    with pytest.raises(CannotRead, match="no CSV or XML file"):
        read_folder(tmp_path)
    with pytest.raises(CannotRead, match="no such folder"):
        read_folder(tmp_path / "nowhere")


XML = """<EXPSSDA903>
  <CHILD><HEADER><CHILDID>1</CHILDID><SEX>F</SEX><DOB>01/02/2009</DOB><UASC>1</UASC>
    <DUC>01/02/2027</DUC><IN_TOUCH>YES</IN_TOUCH>
    <AREVIEW><REVIEW>01/05/2026</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW></HEADER>
    <EPISODE><DECOM>01/04/2026</DECOM><PL>U4</PL></EPISODE>
    <EPISODE><DECOM>01/06/2026</DECOM><PL>U1</PL></EPISODE></CHILD>
  <CHILD><HEADER><CHILDID>2</CHILDID><SEX>M</SEX></HEADER></CHILD>
</EXPSSDA903>"""


def test_the_one_file_of_xml_gives_the_same_tables():
    files = read_files([("return.xml", io.BytesIO(XML.encode()))])

    assert column(files, "Header", "CHILD") == ["1", "2"]
    assert column(files, "Header", "UASC") == ["1", ""]
    assert column(files, "Episodes", "CHILD") == ["1", "1"]
    assert column(files, "Episodes", "PLACE") == ["U4", "U1"]
    assert column(files, "Reviews", "DOB") == ["01/02/2009"]
    assert column(files, "UASC", "DUC") == ["01/02/2027"]
    assert column(files, "OC3", "CHILD") == ["1"]
    assert files.tables["AD1"].count == 0
    assert report_on_looked_after(looked_after_in(files)).failed == []


def test_other_xml_is_not_a_return():
    with pytest.raises(CannotRead, match="not an SSDA903 return"):
        read_files([("return.xml", io.BytesIO(b"<Message/>"))])


def test_the_year_is_that_of_most_reviews_unless_it_is_said():
    files = read(header=ONE, reviews=REVIEWS + "1,,31/03/2026,PN1\n1,,31/03/2027,PN1\n1,,x,\n")

    assert str(year_end(files.tables)) == "2027-03-31"
    assert str(looked_after_in(files, None, date(2026, 3, 31)).ends) == "2026-03-31"


def test_a_return_of_no_known_year_is_refused():
    with pytest.raises(CannotRead, match="what year"):
        report_on_looked_after(looked_after_in(read(header=ONE)))


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_bytes_changed_anywhere_are_read_or_refused_and_never_crash(data):
    body = bytearray((ONE + "2,M,01/01/2010,WBRI,,,\n").encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        files = read(header=bytes(body), reviews=REVIEWS)
    except CannotRead:
        return
    assert report_on_looked_after(looked_after_in(files)).failed == []
