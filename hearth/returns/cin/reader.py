"""Reading a CIN census file, one child at a time, in memory that does not grow with the file.

The file comes from outside, so nothing in it is trusted: a document type, an entity or an address
is refused, and what cannot be read is said with its line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

from lxml import etree

from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.cin.blocks import Block, Header

LONGEST_TEXT = 10_000

HEADER_PLACES = {
    "Collection": "collection",
    "Year": "year",
    "ReferenceDate": "reference_date",
    "LEA": "lea",
    "SoftwareCode": "software",
}
# Elements that only wrap repeated values: the value's own name, and the list it goes in.
LISTED = {
    "Disability": "Disability",
    "AssessmentFactors": "AssessmentFactors",
    "CPPreviewDate": "CPPreviewDate",
}
WRAPPERS = {"Disabilities", "FactorsIdentifiedAtAssessment", "Reviews"}
GROUPS = {
    "ChildIdentifiers",
    "ChildCharacteristics",
    "CINdetails",
    "Assessments",
    "CINPlanDates",
    "Section47",
    "ChildProtectionPlans",
}


class Source(Protocol):
    """Anything that opens for reading more than once: a path, or an upload kept on disk."""

    def open(self) -> BinaryIO:
        """Open it from its start."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file on disk."""

    path: Path

    def open(self) -> BinaryIO:
        """Open it from its start."""
        return self.path.open("rb")


def read_header(source: Source) -> Header:
    """What the file says of itself. Raises CannotRead when it is not a CIN census."""
    header = Header()
    with source.open() as stream:
        for element in _elements(stream, {"Header", "Children"}):
            if element.tag == "Header":
                _fill(header, element)
                return _checked(header)
            break
    raise CannotRead("This is not a CIN census: it has no Header before its Children")


def read_children(source: Source) -> Iterator[Block]:
    """Each Child of the file in turn, as plain values. Raises CannotRead at the first fault."""
    with source.open() as stream:
        for element in _elements(stream, {"Child"}):
            yield _block(element)
            _forget(element)


def check_whole(source: Source) -> int:
    """Read the file to its end, so that a fault near it is known before anything is loaded.

    Returns the number of children in it.
    """
    read_header(source)
    count = sum(1 for _ in read_children(source))
    if not count:
        raise CannotRead("The file has no Child in it")
    return count


def _elements(stream: BinaryIO, tags: set[str]) -> Iterator[etree._Element]:
    if not stream.read(1):
        raise CannotRead("The file is empty")
    stream.seek(0)
    try:
        parser = etree.iterparse(
            stream,
            events=("end",),
            tag=list(tags),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        first = True
        for _, element in parser:
            if first:
                _refuse_doctype(element)
                first = False
            yield element
        _check_root(parser.root)
    except etree.XMLSyntaxError as fault:
        raise CannotRead(_in_words(fault)) from fault


def _refuse_doctype(element: etree._Element) -> None:
    if getattr(element.getroottree().docinfo, "doctype", ""):
        raise CannotRead("The file declares a document type, which a census never does")


def _check_root(root: etree._Element | None) -> None:
    if root is None or root.tag != "Message":
        named = root.tag if root is not None else "nothing"
        raise CannotRead(f"This is not a CIN census: it begins with {named}, not Message")


def _in_words(fault: etree.XMLSyntaxError) -> str:
    last = getattr(fault.error_log, "last_error", None)
    number = last.line if last is not None else fault.lineno
    words = str(last.message if last is not None else fault.msg).split(", line")[0]
    line = f"Line {number}" if number else "The file"
    if "ncoding" in words or "not proper UTF-8" in words:
        return f"{line}: the file is not in the encoding it says it is. Save it as UTF-8"
    if "ntity" in words:
        return f"{line}: the file uses an entity, which a census never does ({words})"
    return f"{line}: this is not well-formed XML ({words})"


def _fill(header: Header, element: etree._Element) -> None:
    for found in element.iter():
        place = HEADER_PLACES.get(str(found.tag))
        text = (found.text or "").strip()
        if place is None or not text:
            continue
        if place == "year":
            header.year = int(text) if text.isdigit() else None
        elif place == "reference_date":
            header.reference_date = _date_or_none(text)
        else:
            setattr(header, place, text)


def _checked(header: Header) -> Header:
    if header.collection != "CIN":
        raise CannotRead(
            f"This is not a CIN census: its Collection is {header.collection or 'missing'}"
        )
    if header.year is None or header.reference_date is None:
        raise CannotRead("The Header must give the Year and the ReferenceDate as yyyy-mm-dd")
    return header


def _date_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _block(element: etree._Element) -> Block:
    block = Block(str(element.tag), line_of(element))
    _gather(block, element)
    return block


def line_of(element: etree._Element) -> int:
    """The line an element starts on; 0 when the reader does not know."""
    return int(getattr(element, "sourceline", None) or 0)


def _gather(block: Block, element: etree._Element) -> None:
    for child in element:
        _refuse_entity(child)
        tag = str(child.tag)
        if tag in GROUPS:
            block.blocks.append(_block(child))
        elif tag in WRAPPERS:
            _gather(block, child)
        elif tag in LISTED:
            block.lists.setdefault(LISTED[tag], []).append(_text(child))
        else:
            block.fields[tag] = _text(child)


def _refuse_entity(element: etree._Element) -> None:
    if not isinstance(element.tag, str):
        raise CannotRead(
            f"Line {line_of(element)}: the file uses an entity, which a census never does"
        )


def _text(element: etree._Element) -> str:
    for child in element:
        _refuse_entity(child)
    text = (element.text or "").strip()
    if len(text) > LONGEST_TEXT:
        raise CannotRead(f"Line {line_of(element)}: {element.tag} is {len(text):,} letters long")
    return text


def _forget(element: etree._Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            break
        del parent[0]
