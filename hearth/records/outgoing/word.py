"""A paper as Word: real headings, lists and tables, in British English, to be worked on further.

A council's own document stands as the letterhead where there is one (`letterhead.docx` among its
letters): its header, footer and styles are kept, and what the paper says follows what is in it.
"""

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hearth.records.outgoing.structure import Block, Outgoing

if TYPE_CHECKING:
    from docx.document import Document

LETTERHEAD = "letterhead.docx"
# What XML has no way to hold. The record refuses them too; a file must open whatever is in it.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# The same paper is the same bytes, so no file in it is dated.
NO_DAY = (1980, 1, 1, 0, 0, 0)
STYLES = {"words": ("Normal",), "quote": ("Quote", "Normal"), "points": ("List Bullet", "Normal")}


def as_word(paper: Outgoing) -> bytes:
    """The paper as a Word document."""
    import docx  # noqa: PLC0415 - most of those who start Hearth never write in Word

    own = settings.LETTERS / LETTERHEAD if settings.LETTERS is not None else None
    has_letterhead = own is not None and own.is_file()
    document = docx.Document(str(own) if has_letterhead else None)
    _say_what_it_is(document, paper)
    if not has_letterhead:
        _plain_style(document, paper)
        _furniture(document, paper)
    _write(document, paper)
    return _undated(document)


def _say_what_it_is(document: "Document", paper: Outgoing) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    about = document.core_properties
    about.title = _clean(f"{paper.title}: {paper.subject}")[:255]
    about.author = about.last_modified_by = _clean(paper.authority)[:255]
    about.language, about.comments, about.revision = "en-GB", "", 1
    about.created = about.modified = datetime(*NO_DAY, tzinfo=UTC)
    _language(document)


def _language(document: "Document") -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415

    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), "en-GB")


def _plain_style(document: "Document", paper: Outgoing) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415

    sizes = {"Normal": 12 if paper.is_for_family else 11, "Heading 1": 20, "Heading 2": 15}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(each), None)
        fonts.set(qn("w:cs"), "Arial")
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)


def _furniture(document: "Document", paper: Outgoing) -> None:
    page = document.sections[0]
    page.header.paragraphs[0].text = _clean(f"{paper.marking}\t\t{paper.subject}")
    page.footer.paragraphs[0].text = _clean(f"{paper.authority}, {paper.on}")


def _write(document: "Document", paper: Outgoing) -> None:
    if paper.address:
        _say(document, f"{paper.reader}\n{paper.address}")
    document.add_heading(_clean(paper.title), level=1)
    reader = f"For {paper.reader}\n" if paper.reader and not paper.address else ""
    _say(document, f"{reader}{paper.on}")
    for block in paper.opening:
        _lay(document, block)
    for part in paper.sections:
        document.add_heading(_clean(part.title), level=2)
        for block in part.blocks:
            _lay(document, block)
    for block in paper.closing:
        _lay(document, block)
    if paper.reading:
        _say(document, paper.reading)


def _lay(document: "Document", block: Block) -> None:
    if block.kind == "table":
        _table(document, block)
    elif block.kind == "facts":
        _facts(document, block)
    else:
        if block.title:
            _say(document, f"{block.title} said:")
        for text in (*block.text.split("\n\n"), *(row[0] for row in block.rows)):
            if text:
                _say(document, text, block.kind)


def _facts(document: "Document", block: Block) -> None:
    for label, text in block.rows:
        said = document.add_paragraph()
        said.add_run(_clean(f"{label}: ")).bold = True
        said.add_run(_clean(text))


def _table(document: "Document", block: Block) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    grid = document.add_table(rows=0, cols=len(block.head))
    if "Table Grid" in document.styles:
        grid.style = "Table Grid"
    for place, row in enumerate((block.head, *block.rows)):
        made = grid.add_row()
        properties = made._tr.get_or_add_trPr()  # noqa: SLF001 - it has no other way in
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:  # said again on each page, and known to a screen reader as the headings
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(made.cells, row, strict=True):
            cell.paragraphs[0].add_run(_clean(text)).bold = place == 0
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), _clean(block.title))
    grid._tbl.tblPr.append(caption)  # noqa: SLF001
    document.add_paragraph()


def _say(document: "Document", text: str, kind: str = "words") -> None:
    style = next((name for name in STYLES[kind] if name in document.styles), None)
    document.add_paragraph(_clean(text), style=style)


def _clean(text: str) -> str:
    return UNWRITABLE.sub("", text)


def _undated(document: "Document") -> bytes:
    written = io.BytesIO()
    document.save(written)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(entry, source.read(name))
    return out.getvalue()
