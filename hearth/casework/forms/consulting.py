"""What is asked of a manager, and what they advise."""

from typing import Any

from django import forms

from hearth.accounts.models import User
from hearth.design.forms import LateForm, LineField, TextField


class AskManagerForm(forms.Form):
    """Whom, what, and how soon."""

    asked_of = forms.ModelChoiceField(
        User.objects.none(), label="Whom do you ask?", empty_label="Choose a manager"
    )
    question = TextField(
        label="What do you want to ask?",
        help_text="What you know, what you think, and what you would do.",
        rows=5,
    )
    is_urgent = forms.BooleanField(
        label="It cannot wait: I need an answer within two hours", required=False
    )

    def __init__(self, *args: Any, managers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["asked_of"].queryset = managers  # type: ignore[attr-defined]


class AnswerForm(LateForm):
    """The advice."""

    answer = TextField(
        label="What do you advise?",
        help_text="What is to be done, by whom and by when, and why.",
        rows=6,
    )
    late_reason = LineField(label="Why was it late?", max_length=500, required=False)
