"""What is asked about an alert, and how a list of them is narrowed."""

from typing import Any

from django import forms

from hearth.casework.checks import CHECKS, Severity
from hearth.design.forms import DateField, TextField


class AskForm(forms.Form):
    """Why it is not relevant."""

    reason = TextField(
        label="Why is this not relevant?",
        help_text="What you know that the check does not. A manager reads this and decides.",
        rows=4,
    )


class DecideForm(forms.Form):
    """Whether it is set aside, and until when."""

    agree = forms.ChoiceField(
        label="Do you agree that it is not relevant?",
        choices=[("yes", "Yes, set it aside"), ("no", "No, it must be put right")],
        widget=forms.RadioSelect,
    )
    until = DateField(
        label="Until when is it set aside?",
        help_text="No more than three months. It comes back on that day if it still stands.",
        required=False,
    )
    words = TextField(
        label="What do you want the worker to know or do?",
        help_text="Needed if you do not agree.",
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A day to agree until, or words to refuse with."""
        given = super().clean() or {}
        if given.get("agree") == "yes" and not given.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the day until which it is set aside")
        if given.get("agree") == "no" and not given.get("words"):
            self.add_error("words", "Say what is to be done about it")
        return given


class WhichForm(forms.Form):
    """Which alerts to show."""

    check = forms.ChoiceField(label="Check", required=False)
    severity = forms.ChoiceField(
        label="How grave",
        required=False,
        choices=[("", "Any"), *((s.value, s.value.capitalize()) for s in Severity)],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = sorted((one.title, key) for key, one in CHECKS.items())
        self.fields["check"].choices = [  # type: ignore[attr-defined]
            ("", "Any"),
            *((key, title) for title, key in known),
        ]
