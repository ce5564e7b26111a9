"""What is written of children, and what is still being written."""

from hearth.records.models.additions import Addition, AdditionKind
from hearth.records.models.chronology import (
    ChronologyEntry,
    ChronologyReview,
    ImpactNote,
    Significance,
    SignificanceChange,
)
from hearth.records.models.documents import Document, DocumentChild, DocumentVersion, Scan
from hearth.records.models.drafts import Draft
from hearth.records.models.notes import CaseNote, NoteChild
from hearth.records.models.visits import Visit, VisitChild, VisitState

__all__ = [
    "Addition",
    "AdditionKind",
    "CaseNote",
    "ChronologyEntry",
    "ChronologyReview",
    "Document",
    "DocumentChild",
    "DocumentVersion",
    "Draft",
    "ImpactNote",
    "NoteChild",
    "Scan",
    "Significance",
    "SignificanceChange",
    "Visit",
    "VisitChild",
    "VisitState",
]
