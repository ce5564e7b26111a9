"""Asking why a child's whole record is taken out."""

from django import forms

from hearth.design.forms import LineField
from hearth.records.disclosure import Purpose


class ExportForm(forms.Form):
    """For what, and for whom."""

    purpose = forms.ChoiceField(
        label="Why is it taken out?", choices=Purpose.choices, widget=forms.RadioSelect
    )
    reason = LineField(
        label="Who asked for it, and when?",
        help_text="For example, a case number, or the date of the letter. It stands on the trail.",
        max_length=400,
    )
