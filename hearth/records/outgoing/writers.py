"""The two ways a paper is written: an accessible PDF, and Word."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from hearth.records.outgoing.structure import Outgoing
from hearth.records.outgoing.word import as_word
from hearth.records.printing import compiled

SOURCE = Path(__file__).parent.parent / "print" / "outgoing.typ"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its ending, what browsers call it, and how a paper is written so."""

    label: str
    ending: str
    content_type: str
    write: Callable[[Outgoing], bytes]


def as_pdf(paper: Outgoing) -> bytes:
    """A tagged PDF (PDF/UA-1). The same paper is the same bytes."""
    return compiled(SOURCE.read_bytes(), asdict(paper))


FORMATS = {
    "pdf": Format("PDF", "pdf", "application/pdf", as_pdf),
    "docx": Format(
        "Word",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        as_word,
    ),
}


def made_as(paper: Outgoing, ending: str) -> bytes:
    """The paper as a file of this kind."""
    return FORMATS[ending].write(paper)
