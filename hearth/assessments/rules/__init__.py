"""Decisions over the facts of an assessment: pure functions, no database and no clock."""

from hearth.assessments.rules.cautions import Caution, cautions
from hearth.assessments.rules.consequences import Consequence, consequences
from hearth.assessments.rules.facts import Adult, Agency, Child, Facts, Seen
from hearth.assessments.rules.gaps import Gap, gaps, why_factors_not_valid
from hearth.assessments.rules.progress import Progress, progress

__all__ = [
    "Adult",
    "Agency",
    "Caution",
    "Child",
    "Consequence",
    "Facts",
    "Gap",
    "Progress",
    "Seen",
    "cautions",
    "consequences",
    "gaps",
    "progress",
    "why_factors_not_valid",
]
