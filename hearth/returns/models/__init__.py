"""What is kept of returns: each census brought in or built, and each return that was checked."""

from hearth.returns.models.builds import BuildReason, BuildState, CensusBuild, CensusBuildLine
from hearth.returns.models.checked import CheckedReturn, CheckState, Collection
from hearth.returns.models.imports import CensusImport, CensusImportLine, LineState, RunState

__all__ = [
    "BuildReason",
    "BuildState",
    "CensusBuild",
    "CensusBuildLine",
    "CensusImport",
    "CensusImportLine",
    "CheckState",
    "CheckedReturn",
    "Collection",
    "LineState",
    "RunState",
]
