"""What is asked about alerts, about signals of figures, and about what they are compared with."""

from hearth.quality.forms.alerts import AskForm, DecideForm, WhichForm
from hearth.quality.forms.comparing import ComparatorForm, RightForm
from hearth.quality.forms.signals import AfreshForm, ConcludeForm, NoteForm, WhyForm

__all__ = [
    "AfreshForm",
    "AskForm",
    "ComparatorForm",
    "ConcludeForm",
    "DecideForm",
    "NoteForm",
    "RightForm",
    "WhichForm",
    "WhyForm",
]
