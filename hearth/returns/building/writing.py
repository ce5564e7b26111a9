"""Writing the census file, a child at a time: the same values give the same bytes."""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils import timezone

from hearth.returns.building.structure import HEADER, Element, Value, Values, each_of
from hearth.returns.building.year import CollectionYear

SOFTWARE = "Hearth"
# Raised when the same record comes to be written otherwise, so that two files can be told apart.
RELEASE = "1"
SERIAL = "001"
BEGINS = '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n'
ENDS = "  </Children>\n</Message>\n"


def header(year: CollectionYear, dated: datetime) -> Values:
    """What the file says of itself. Its moment is given, never the clock's: see docs/returns.md."""
    return {
        "CollectionDetails": {
            "Collection": "CIN",
            "Year": str(year.year),
            "ReferenceDate": year.ends.isoformat(),
        },
        "Source": {
            "SourceLevel": "L",
            "LEA": settings.AUTHORITY_CODE,
            "SoftwareCode": SOFTWARE,
            "Release": RELEASE,
            "SerialNo": SERIAL,
            "DateTime": timezone.localtime(dated).strftime("%Y-%m-%dT%H:%M:%S"),
        },
    }


def beginning(year: CollectionYear, dated: datetime) -> str:
    """The file up to its first child."""
    return BEGINS + written(HEADER, header(year, dated), 1) + "  <Children>\n"


def written(element: Element, value: Value, deep: int) -> str:
    """An element and all within it, in the order of the structure, each on a line of its own."""
    return "".join(_lines(element, value, "  " * deep))


def _lines(element: Element, value: Value, indent: str) -> Iterator[str]:
    if not element.holds:
        yield f"{indent}<{element.name}>{escape(value)}</{element.name}>\n"
        return
    yield f"{indent}<{element.name}>\n"
    for within in element.holds:
        for each in each_of(value.get(within.name)):
            yield from _lines(within, each, indent + "  ")
    yield f"{indent}</{element.name}>\n"
