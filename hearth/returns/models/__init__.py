"""What is kept of returns: each census brought in, and each return that was checked."""

from hearth.returns.models.checked import CheckedReturn, CheckState, Collection
from hearth.returns.models.imports import CensusImport, CensusImportLine, LineState, RunState

__all__ = [
    "CensusImport",
    "CensusImportLine",
    "CheckState",
    "CheckedReturn",
    "Collection",
    "LineState",
    "RunState",
]
