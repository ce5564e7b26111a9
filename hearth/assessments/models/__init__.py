"""Assessments: the family's record, each child's part, and those who were asked."""

from hearth.assessments.models.assessment import (
    Addendum,
    Assessment,
    AssessmentKind,
    HandOver,
    ReviewPoint,
    SectionSave,
    State,
)
from hearth.assessments.models.children import (
    CLOSES,
    NO_FACTORS,
    AssessmentChild,
    AssessmentFactor,
    Outcome,
    ProtectiveFactor,
    RiskFactor,
)
from hearth.assessments.models.others import AgencyConsulted, ParentView

__all__ = [
    "CLOSES",
    "NO_FACTORS",
    "Addendum",
    "AgencyConsulted",
    "Assessment",
    "AssessmentChild",
    "AssessmentFactor",
    "AssessmentKind",
    "HandOver",
    "Outcome",
    "ParentView",
    "ProtectiveFactor",
    "ReviewPoint",
    "RiskFactor",
    "SectionSave",
    "State",
]
