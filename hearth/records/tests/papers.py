"""Papers read back, as those who get them read them."""

from io import BytesIO

import docx
import pypdf


def pdf_of(content):
    """A PDF opened, and its words on one line."""
    pdf = pypdf.PdfReader(BytesIO(content))
    return pdf, " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def word_of(content):
    """A Word document opened, and its words, those of its tables too."""
    document = docx.Document(BytesIO(content))
    said = [part.text for part in document.paragraphs]
    said += [cell.text for grid in document.tables for row in grid.rows for cell in row.cells]
    return document, "\n".join(said)


def is_tagged(pdf):
    """Whether a screen reader can find its way in it: tags, language and title."""
    root = pdf.trailer["/Root"]
    return (
        "/StructTreeRoot" in root
        and root["/MarkInfo"]["/Marked"].value
        and root["/Lang"] == "en-GB"
        and bool(pdf.metadata.title)
        and b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    )


def tags_of(pdf):
    """The kinds of tag in it: headings, tables and the like."""
    found, waiting = set(), [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif hasattr(node, "get"):
            found.add(str(node.get("/S", "")))
            waiting += [node["/K"]] if "/K" in node else []
    return found
