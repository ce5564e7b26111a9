"""What is asked in supervision."""

from hearth.supervision.forms.discussing import (
    DecisionForm,
    DecisionRows,
    DiscussForm,
    LifePart,
    WithdrawForm,
)
from hearth.supervision.forms.sessions import (
    CasesFilter,
    FinishForm,
    HoldForm,
    MoveForm,
    NotHeldForm,
    OverviewFilter,
    PlanForm,
    SignForm,
)

__all__ = [
    "CasesFilter",
    "DecisionForm",
    "DecisionRows",
    "DiscussForm",
    "FinishForm",
    "HoldForm",
    "LifePart",
    "MoveForm",
    "NotHeldForm",
    "OverviewFilter",
    "PlanForm",
    "SignForm",
    "WithdrawForm",
]
