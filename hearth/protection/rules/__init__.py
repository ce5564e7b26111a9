"""Decisions about protecting children: values in, a value out. No database, no clock."""

from hearth.protection.rules.gaps import ChildFacts, EnquiryFacts, Gap, gaps
from hearth.protection.rules.quorum import HEALTH, POLICE, is_health, missing_agencies

__all__ = [
    "HEALTH",
    "POLICE",
    "ChildFacts",
    "EnquiryFacts",
    "Gap",
    "gaps",
    "is_health",
    "missing_agencies",
]
