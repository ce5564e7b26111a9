"""What leaves the service on paper: made from the record once, and written as PDF and as Word."""

from hearth.records.outgoing.letters import letter
from hearth.records.outgoing.making import paper_for
from hearth.records.outgoing.offering import Chosen, Offer, OutgoingPage, page_of, put_together
from hearth.records.outgoing.readers import Around, Reader
from hearth.records.outgoing.structure import (
    NO_LETTER,
    Block,
    Letter,
    Outgoing,
    Section,
    facts,
    points,
    quote,
    section,
    table,
    words,
)
from hearth.records.outgoing.writers import FORMATS, Format, made_as

__all__ = [
    "FORMATS",
    "NO_LETTER",
    "Around",
    "Block",
    "Chosen",
    "Format",
    "Letter",
    "Offer",
    "Outgoing",
    "OutgoingPage",
    "Reader",
    "Section",
    "facts",
    "letter",
    "made_as",
    "page_of",
    "paper_for",
    "points",
    "put_together",
    "quote",
    "section",
    "table",
    "words",
]
