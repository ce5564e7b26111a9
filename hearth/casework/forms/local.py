"""Proposing a day or a limit of this authority's own."""

from typing import Any

from django import forms

from hearth.casework.timescales import FRAMEWORKS, TIMESCALES, describe_limit
from hearth.design.forms import DateField, TextField


class AdoptionForm(forms.Form):
    """The day this authority took up a framework."""

    framework = forms.ChoiceField(label="Which framework?")
    adopted_on = DateField(label="Which day did this authority take it up?")
    reason = TextField(label="Where was that decided?", rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(f.key, f.name) for f in FRAMEWORKS.values() if f.adoptable]
        self.fields["framework"].choices = [("", "Choose"), *known]  # type: ignore[attr-defined]


class LimitForm(forms.Form):
    """A time limit of this authority's own."""

    timescale = forms.ChoiceField(label="Which time limit?")
    amount = forms.IntegerField(
        label="How many?",
        help_text="In the same unit as the national limit.",
        min_value=1,
        max_value=1000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    since = DateField(
        label="From which day?",
        help_text="Today or later. What is already counted keeps its date.",
    )
    reason = TextField(label="Why?", rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [
            (t.key, f"{t.duty} ({describe_limit(t)})")
            for t in TIMESCALES.values()
            if t.configurable != "no"
        ]
        self.fields["timescale"].choices = [("", "Choose"), *sorted(known, key=_by_words)]  # type: ignore[attr-defined]


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1]


class RefuseChangeForm(forms.Form):
    """Why a proposed change is refused."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("agree", "Agree"), ("refuse", "Refuse, or take back")],
        widget=forms.RadioSelect,
    )
    reason = TextField(label="If you refuse, why?", rows=2, required=False)
