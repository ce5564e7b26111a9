"""Questions as GOV.UK asks them, and the answers as workers give them."""

from hearth.design.forms.answers import LineField, TextField, YesNoField
from hearth.design.forms.attempts import attempt, need_all
from hearth.design.forms.codes import CodeField, CodesField
from hearth.design.forms.dates import DateField, TimeField
from hearth.design.forms.lateness import LateForm
from hearth.design.forms.moments import MomentField
from hearth.design.forms.parts import ChildParts
from hearth.design.forms.renderer import DesignRenderer, GovUKBoundField

__all__ = [
    "ChildParts",
    "CodeField",
    "CodesField",
    "DateField",
    "DesignRenderer",
    "GovUKBoundField",
    "LateForm",
    "LineField",
    "MomentField",
    "TextField",
    "TimeField",
    "YesNoField",
    "attempt",
    "need_all",
]
