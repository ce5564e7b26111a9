"""What is written of children, and what is still being written."""

from hearth.records.models.chronology import (
    ChronologyEntry,
    ImpactNote,
    Significance,
    SignificanceChange,
)
from hearth.records.models.drafts import Draft

__all__ = ["ChronologyEntry", "Draft", "ImpactNote", "Significance", "SignificanceChange"]
