"""What is recorded at the front door."""

from hearth.front_door.models.answers import AdviceRequest, StepNote
from hearth.front_door.models.contacts import (
    Contact,
    ContactChild,
    ReferrerKind,
    ReportedChild,
    ThirdContactPrompt,
)
from hearth.front_door.models.decisions import (
    ContactDecision,
    ContactDecisionChild,
    ContactOutcome,
    Feedback,
    ReportQuality,
)
from hearth.front_door.models.referrals import Priority, Referral, ReferralChild, ReferralOutcome
from hearth.front_door.models.thresholds import ThresholdDocument
from hearth.front_door.models.watches import NightReport, NightWatch

__all__ = [
    "AdviceRequest",
    "Contact",
    "ContactChild",
    "ContactDecision",
    "ContactDecisionChild",
    "ContactOutcome",
    "Feedback",
    "NightReport",
    "NightWatch",
    "Priority",
    "Referral",
    "ReferralChild",
    "ReferralOutcome",
    "ReferrerKind",
    "ReportQuality",
    "ReportedChild",
    "StepNote",
    "ThirdContactPrompt",
    "ThresholdDocument",
]
