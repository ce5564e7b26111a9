"""The questions of the front door, by subject. A form checks; an action saves."""

from hearth.front_door.forms.deciding import DecisionForm, ExceptionForm, ReferralForm
from hearth.front_door.forms.matching import MatchForm, NewRecordForm, SiblingsForm
from hearth.front_door.forms.recording import ContactAnswers
from hearth.front_door.forms.screening import (
    AcknowledgeForm,
    AdviceForm,
    AnswerForm,
    HarmForm,
    PatternForm,
    ReadForm,
    ReasonForm,
    ScreenForm,
)
from hearth.front_door.forms.sending import (
    ClosedForm,
    FeedbackForm,
    HandOverForm,
    QueueForm,
    ThresholdForm,
    WithholdForm,
)

__all__ = [
    "AcknowledgeForm",
    "AdviceForm",
    "AnswerForm",
    "ClosedForm",
    "ContactAnswers",
    "DecisionForm",
    "ExceptionForm",
    "FeedbackForm",
    "HandOverForm",
    "HarmForm",
    "MatchForm",
    "NewRecordForm",
    "PatternForm",
    "QueueForm",
    "ReadForm",
    "ReasonForm",
    "ReferralForm",
    "ScreenForm",
    "SiblingsForm",
    "ThresholdForm",
    "WithholdForm",
]
