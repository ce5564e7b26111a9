"""What checks find, whom it was told, and what was set aside; and what the figures say."""

from hearth.quality.models.alerts import Alert, AlertTold, SetAside
from hearth.quality.models.comparators import OwnComparator
from hearth.quality.models.looks import LastLook
from hearth.quality.models.reported import FirstCount, ReportedMonth
from hearth.quality.models.signals import (
    ChartNote,
    ChartStart,
    Investigation,
    InvestigationDecision,
    Signal,
    SignalTold,
)

__all__ = [
    "Alert",
    "AlertTold",
    "ChartNote",
    "ChartStart",
    "FirstCount",
    "Investigation",
    "InvestigationDecision",
    "LastLook",
    "OwnComparator",
    "ReportedMonth",
    "SetAside",
    "Signal",
    "SignalTold",
]
