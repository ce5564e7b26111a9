"""A paper of this council for one reader: its marking, its authority, and how it begins."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from hearth.records.outgoing.readers import Reader
from hearth.records.outgoing.structure import NO_LETTER, Letter, Outgoing, Section
from hearth.records.printing import CLASSIFICATION

FOR_FAMILY = "Private and confidential"


def paper_for(
    reader: Reader,
    *,
    title: str,
    subject: str,
    on: str,
    sections: Sequence[Section],
    said: Letter = NO_LETTER,
    marking: str = "",
    **more: Any,
) -> Outgoing:
    """The paper, marked as its reader's is. `said` is what a letter says above and below it."""
    opening, closing = said
    return Outgoing(
        title=title,
        subject=subject,
        reader=reader.name,
        is_for_family=reader.is_family,
        marking=marking or (FOR_FAMILY if reader.is_family else CLASSIFICATION),
        on=on,
        authority=settings.AUTHORITY_NAME,
        opening=opening,
        sections=tuple(sections),
        closing=closing,
        **more,
    )
