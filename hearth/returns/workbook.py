"""An Excel workbook of many rows, written as quickly as its words can be squeezed.

A return of 50,000 children may have half a million findings. A library that keeps a place for how
every cell looks takes half a minute over them; there is nothing to keep but words and whole
numbers, and most of the words are those of the row before.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from types import TracebackType
from typing import IO, Self
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | None
# Rows to a sheet, and letters to a cell, that Excel will open.
MOST_ROWS, LONGEST = 1_000_000, 32_767
AT_ONCE = 2_000
REMEMBERED = 100_000
# What no XML may hold, and what Excel would read as a sign by its number.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BY_NUMBER = re.compile("_(?=x[0-9a-fA-F]{4}_)")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OF_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The first row stays in sight, in bold.
_SHEET = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    "</sheetViews><sheetData>"
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class Workbook:
    """A workbook, written a sheet after another; whole once the block it is used in ends."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._names: list[str] = []
        self._known: dict[Cell, str] = {None: "<c/>", "": "<c/>"}

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Say what sheets there are, and end."""
        if error is None:
            for name, said in self._parts():
                self._zip.writestr(name, said)
        self._zip.close()

    def sheet(self, name: str, columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> None:
        """Write a sheet; and more, numbered, when there are more rows than one can hold."""
        columns, rows = tuple(columns), iter(rows)
        first = list(islice(rows, 1))
        self._one(name, columns, chain(first, islice(rows, MOST_ROWS - 1)))
        number = 2
        while more := list(islice(rows, 1)):
            self._one(f"{name} {number}", columns, chain(more, islice(rows, MOST_ROWS - 1)))
            number += 1

    def _one(self, name: str, columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> None:
        self._names.append(name)
        part = f"xl/worksheets/sheet{len(self._names)}.xml"
        heading = "".join(self._cell(column).replace("<c ", '<c s="1" ', 1) for column in columns)
        lines = self._lines(rows)
        with self._zip.open(part, "w", force_zip64=True) as sheet:
            sheet.write(f"{_SHEET}<row>{heading}</row>".encode())
            while some := "".join(islice(lines, AT_ONCE)):
                sheet.write(some.encode())
            sheet.write(b"</sheetData></worksheet>")

    def _lines(self, rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
        known, cell = self._known, self._cell
        for row in rows:
            yield f"<row>{''.join([known.get(value) or cell(value) for value in row])}</row>"

    def _cell(self, value: Cell) -> str:
        """A cell as it is written; the words most often met are written once and remembered."""
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        said = _BY_NUMBER.sub("_x005F_", _NEVER.sub("", value or ""))[:LONGEST]
        space = ' xml:space="preserve"' if said != said.strip() or "\n" in said else ""
        made = f'<c t="inlineStr"><is><t{space}>{escape(said)}</t></is></c>'
        if len(self._known) < REMEMBERED:
            self._known[value] = made
        return made

    def _parts(self) -> Iterator[tuple[str, str]]:
        sheets, types, links = [], [], []
        for number, name in enumerate(self._names, 1):
            sheets.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>')
            part = f'PartName="/xl/worksheets/sheet{number}.xml"'
            types.append(f'<Override {part} ContentType="{_KIND}worksheet+xml"/>')
            links.append(_link(number, "worksheet", f"worksheets/sheet{number}.xml"))
        links.append(_link(len(links) + 1, "styles", "styles.xml"))
        yield "xl/styles.xml", _STYLES
        yield (
            "xl/workbook.xml",
            (
                f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OF_DOCUMENT}">'
                f"<sheets>{''.join(sheets)}</sheets></workbook>"
            ),
        )
        yield "xl/_rels/workbook.xml.rels", _links(links)
        yield "_rels/.rels", _links([_link(1, "officeDocument", "xl/workbook.xml")])
        yield (
            "[Content_Types].xml",
            (
                f'{_XML}<Types xmlns="{_OF_PACKAGE}/content-types">'
                '<Default Extension="rels"'
                ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}sheet.main+xml"/>'
                f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}styles+xml"/>'
                f"{''.join(types)}</Types>"
            ),
        )


def _link(number: int, kind: str, to: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OF_DOCUMENT}/{kind}" Target="{to}"/>'


def _links(links: Iterable[str]) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_OF_PACKAGE}/relationships">{"".join(links)}</Relationships>'
    )
