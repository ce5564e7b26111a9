"""What is kept of an import: the run, and a line for each child."""

from hearth.returns.models.imports import CensusImport, CensusImportLine, LineState, RunState

__all__ = ["CensusImport", "CensusImportLine", "LineState", "RunState"]
