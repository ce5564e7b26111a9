"""What is asked about plans."""

from hearth.plans.forms.actions import (
    ActionForm,
    ContingencyForm,
    EndActionForm,
    ProgressForm,
    TakeOutForm,
)
from hearth.plans.forms.plans import EndPartForm, NeedsPart, VisitsForm, WritePlanForm

__all__ = [
    "ActionForm",
    "ContingencyForm",
    "EndActionForm",
    "EndPartForm",
    "NeedsPart",
    "ProgressForm",
    "TakeOutForm",
    "VisitsForm",
    "WritePlanForm",
]
