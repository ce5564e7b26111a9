"""A census file is read just as a parser reads it, and what is not one is refused with its line."""

import codecs
import io
from typing import BinaryIO, cast
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from hearth.returns.checking import plain_xml
from hearth.returns.checking.census import GROUPS
from hearth.returns.checking.census_file import read_census
from hearth.returns.checking.plain_xml import CannotRead

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header>"
)
CHILD = (
    "<Child><ChildIdentifiers><LAchildID>{id}</LAchildID></ChildIdentifiers>"
    "<CINdetails><CINreferralDate>2025-05-01</CINreferralDate>{inside}</CINdetails></Child>"
)


def census(*children, header=HEADER, before=""):
    return f"{before}<Message>{header}<Children>{''.join(children)}</Children></Message>"


def read(text):
    return read_census(io.BytesIO(text.encode() if isinstance(text, str) else text))


def ids(text):
    return read(text).ChildIdentifiers.table.columns["LAchildID"][:-1].tolist()


def child(name="1", inside=""):
    return CHILD.format(id=name, inside=inside)


def test_each_row_is_of_its_own_child_and_episode():
    found = read(
        census(
            child("1", "<Assessments/><Assessments/>"),
            child("2").replace("</Child>", "<CINdetails><Section47/></CINdetails></Child>"),
        )
    )

    assert found.child_of(found.Assessments) == ["1", "1"]
    assert found.child_of(found.Section47) == ["2"]
    assert found.Section47.up("CINdetails").places.tolist() == [2]
    assert (str(found.starts), str(found.ends)) == ("2025-04-01", "2026-03-31")


def test_a_date_directly_in_an_episode_is_not_that_of_its_section_47():
    inside = (
        "<DateOfInitialCPC>2025-06-01</DateOfInitialCPC>"
        "<Section47><DateOfInitialCPC>2025-07-01</DateOfInitialCPC></Section47>"
    )
    found = read(census(child(inside=inside)))

    assert found.CINdetails.text("DateOfInitialCPC").tolist() == [b"2025-06-01"]
    assert found.Section47.text("DateOfInitialCPC").tolist() == [b"2025-07-01"]


@pytest.mark.parametrize(
    "odd",
    [
        "<LAchildID note='a > b'>7</LAchildID>",
        "<LAchildID >7</LAchildID >",
        "<!-- </Child> -->\n<LAchildID>7</LAchildID>",
        "<?editor was here?><LAchildID>7</LAchildID>",
        "<LAchildID><![CDATA[7]]></LAchildID>",
        "<LAchildID>&#55;</LAchildID>",
        "<LAchildID>&#x37;</LAchildID>",
        "<UPN/><LAchildID>7</LAchildID>",
        "<c:LAchildID xmlns:c='urn:x'>7</c:LAchildID>",
        "<Unknown><LAchildID>8</LAchildID></Unknown><LAchildID>7</LAchildID>",
        "<LAchildID>7</LAchildID><LAchildID>8</LAchildID>",
    ],
)
def test_whatever_else_is_in_the_file_the_same_is_read(odd):
    text = census(child().replace("<LAchildID>1</LAchildID>", odd), child("9"))

    assert ids(text) == [b"7", b"9"]


def test_any_number_of_elements_may_close_themselves():
    odd = "<LAchildID>7</LAchildID><UPN />"

    found = ids(census(*[child().replace("<LAchildID>1</LAchildID>", odd)] * 200))

    assert found == [b"7"] * 200


def test_signs_that_are_written_otherwise_are_read_as_themselves():
    assert ids(census(child("a&amp;b&lt;c&gt;d&quot;&apos;e>f"))) == [b"a&b<c>d\"'e>f"]


def test_a_long_text_is_kept_whole_and_is_equal_to_itself_alone():
    long = "x" * 300
    found = read(census(child(long), child(long), child(long[:-1] + "y")))

    assert found.ChildIdentifiers.table.value("LAchildID", 0) == long
    assert found.ChildIdentifiers.alike("LAchildID").tolist() == [2, 2, 1]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "windows-1252"), ("utf-8", "")],
)
def test_a_file_is_read_in_the_encoding_it_says(encoding, declared):
    before = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    text = census(child("é"), before=before)

    assert ids(text.encode(encoding)) == ["é".encode()]


@pytest.mark.parametrize("block", [1, 7, 64, 1 << 20])
def test_where_the_file_is_cut_into_blocks_changes_nothing(monkeypatch, block):
    monkeypatch.setattr(plain_xml, "BLOCK", block)
    inside = "<!-- <Child></Child> --><Assessments></Assessments>"
    text = census(*(child(str(number), inside) for number in range(9)))

    found = read(text)

    assert [int(value) for value in found.ChildIdentifiers.text("LAchildID")] == list(range(9))
    assert found.child_of(found.Assessments) == [str(number) for number in range(9)]


BOMB = "<!DOCTYPE m [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE m SYSTEM 'file:///etc/passwd'>"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("not XML at all", "not XML: it begins with not XML"),
        ("<not XML", "Line 1, column 1: unclosed token"),
        (census(child())[:-20], "Line 1"),
        (census("\n\n<Child><</Child>"), "Line 3, column 9"),
        (census(child(), before=BOMB), "document type"),
        (census(child(), before=OUTSIDE), "document type"),
        (b"\xff\xfe\x00", "utf-16"),
        (census(child("\xe9")).encode("cp1252"), "Line 1: the file is not in utf-8"),
        ("<?xml version='1.0' encoding='klingon'?>" + census(child()), "klingon"),
        ("<Other/>", "not a CIN census"),
        (census("<a>" * 100 + "</a>" * 100), "deep"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_is_wrong(text, why):
    with pytest.raises(CannotRead, match=why):
        read(text)


def test_an_element_that_never_ends_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(plain_xml, "LONGEST_PIECE", 1 << 21)

    class Endless(io.RawIOBase):
        sent = 0

        def read(self, size=-1):
            self.sent += size
            first = census("")[:-21].encode() + b"<Child><x>" if self.sent == size else b""
            return first + b"y" * (size - len(first))

    endless = Endless()
    with pytest.raises(CannotRead, match="this is not a return"):
        read_census(cast("BinaryIO", endless))
    assert endless.sent < 1 << 23


# Two that are no characters are refused in XML, by expat and not by lxml.
CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"
)
VALUES = st.one_of(st.text(CHARACTERS, max_size=80), st.sampled_from(["RC8", "2025-05-01", " "]))


def leaf(name):
    return VALUES.map(lambda value: f"<{name}>{escape(value)}</{name}>")


def group_of(group):
    """An element of this group, with some of its fields in any order."""
    fields = st.lists(st.one_of([leaf(column) for column in group.columns[:3]]), max_size=3)
    return fields.map(lambda inside: f"<{group.tag}>{''.join(inside)}</{group.tag}>")


TWICE = (
    f"<AssessmentActualStartDate/><AssessmentActualStartDate>{'x' * 99}</AssessmentActualStartDate>"
)
REPEATED = ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans")
GROUP = st.one_of([group_of(group) for group in GROUPS if group.name in REPEATED])
EPISODES = st.lists(st.lists(GROUP, max_size=3).map("".join), max_size=3)


@settings(deadline=None, max_examples=60)
@given(st.lists(EPISODES, max_size=4), st.sampled_from([64, 1 << 20]))
@example([["<Assessments></Assessments>"]], 64)
@example([[f"<Assessments>{TWICE}</Assessments>"]], 64)
def test_any_census_is_read_as_a_parser_reads_it(children, block):
    text = census(
        *(
            f"<Child>{''.join(f'<CINdetails>{inside}</CINdetails>' for inside in episodes)}</Child>"
            for episodes in children
        )
    ).encode()
    was, plain_xml.BLOCK = plain_xml.BLOCK, block
    try:
        found = read(text)
    finally:
        plain_xml.BLOCK = was

    tree = etree.fromstring(text, etree.XMLParser(resolve_entities=False))
    for name in REPEATED:
        rows = list(tree.iter(name))
        table = found.tables[name]
        assert table.count == len(rows)
        for column in table.columns:
            said = [table.value(column, row) for row in range(table.count)]
            assert said == [element.findtext(column) or None for element in rows]


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_bytes_changed_anywhere_are_read_or_refused_and_never_crash(data):
    text = bytearray(census(child("1", "<Assessments/>"), child("2")).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    try:
        found = read(bytes(text))
    except CannotRead:
        return
    etree.fromstring(bytes(text).removeprefix(codecs.BOM_UTF8))
    assert found.ChildIdentifiers.table.count <= 2
