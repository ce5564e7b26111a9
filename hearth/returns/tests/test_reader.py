"""Reading a CIN census: nothing in the file is trusted, and every fault is said with its line."""

from pathlib import Path

import pytest

from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.cin.reader import (
    FileSource,
    check_whole,
    read_children,
    read_header,
)

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>399</LEA></Source></Header>"
)
CHILD = (
    "<Child><ChildIdentifiers><LAchildID>A1</LAchildID><PersonBirthDate>2015-05-06"
    "</PersonBirthDate><Sex>F</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI"
    "</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>"
    "</ChildCharacteristics><CINdetails><CINreferralDate>2025-06-02</CINreferralDate>"
    "<Assessments><AssessmentActualStartDate>2025-06-03</AssessmentActualStartDate>"
    "<FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors>"
    "<AssessmentFactors>4B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>"
    "</CINdetails></Child>"
)


def census(*children: str, header: str = HEADER, before: str = "") -> str:
    body = "".join(children)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f"<Message>{header}<Children>{body}</Children></Message>"
    )


@pytest.fixture
def source(tmp_path: Path):
    def write(text: str | bytes) -> FileSource:
        path = tmp_path / "census.xml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return FileSource(path)

    return write


def test_a_child_is_read_with_its_episodes_assessments_and_factors(source):
    [child] = read_children(source(census(CHILD)))

    [identifiers] = child.of("ChildIdentifiers")
    [episode] = child.of("CINdetails")
    [assessment] = episode.of("Assessments")
    assert identifiers.get("LAchildID") == "A1"
    assert child.of("ChildCharacteristics")[0].lists["Disability"] == ["NONE"]
    assert assessment.lists["AssessmentFactors"] == ["3B", "4B"]


def test_the_header_gives_the_year_and_the_reference_date(source):
    header = read_header(source(census(CHILD)))

    assert (header.year, str(header.reference_date), header.lea) == (2026, "2026-03-31", "399")


def test_children_are_read_without_keeping_those_before(source):
    assert check_whole(source(census(*[CHILD] * 500))) == 500


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("<html></html>", "begins with html"),
        ("PK\x03\x04", "not well-formed"),
        (census(CHILD)[:-40], "not well-formed"),
        (census(CHILD, before='<!DOCTYPE m [<!ENTITY a "b">]>'), "document type"),
        (census(CHILD.replace("A1", "&bob;")), "entity"),
        (census(CHILD).replace("A1", "\x07"), "not well-formed"),
        (census(CHILD).replace("A1", "é").encode("latin-1"), "encoding"),
        (census(), "no Child"),
        (census(CHILD, header=""), "no Header"),
        (census(CHILD, header=HEADER.replace("CIN<", "CLA<")), "Collection is CLA"),
        (census(CHILD, header=HEADER.replace("2026-03-31", "31/03/2026")), "yyyy-mm-dd"),
        (census(CHILD.replace("A1", "A" * 20_000)), "20,000 letters"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(source, text, words):
    with pytest.raises(CannotRead, match=words):
        check_whole(source(text))


def test_an_entity_bomb_is_refused_before_it_grows(source):
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
    bomb = census(CHILD.replace("A1", "&a10;"), before=f'<!DOCTYPE m [<!ENTITY a0 "x">{entities}]>')

    with pytest.raises(CannotRead):
        check_whole(source(bomb))
