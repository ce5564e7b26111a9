"""What is asked about alerts, and about signals of figures."""

from hearth.quality.forms.alerts import AskForm, DecideForm, WhichForm
from hearth.quality.forms.signals import AfreshForm, ConcludeForm, NoteForm, WhyForm

__all__ = [
    "AfreshForm",
    "AskForm",
    "ConcludeForm",
    "DecideForm",
    "NoteForm",
    "WhichForm",
    "WhyForm",
]
