"""What the figures are compared with: whose share, of what and which year, and where it is from."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from hearth.design.forms import LineField, TextField
from hearth.quality.comparators import FIRST_YEAR, last_year
from hearth.quality.flow.elsewhere import measures

SOURCE = (
    "Whoever doubts it must find it again. For example: Local Authority Interactive Tool, children"
    " in need, read on 3 June 2026."
)


class PercentField(forms.DecimalField):
    """A share as so many in a hundred."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=Decimal(0), max_value=Decimal(100), decimal_places=1, **options)
        self.widget.attrs["class"] = "govuk-input--width-5"


class ComparatorForm(forms.Form):
    """A share of others in one year."""

    name = LineField(
        label="Whose share is it?",
        help_text="For example: Our statistical neighbours. Use the same name for each year.",
        max_length=100,
    )
    measure = forms.ChoiceField(label="Which share is it?", widget=forms.RadioSelect)
    year = forms.TypedChoiceField(label="Which year?", coerce=int)
    percent = PercentField(label="How many in a hundred?", help_text="For example: 29.5")
    source = LineField(label="Where is it from?", help_text=SOURCE, max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["measure"].choices = measures()
        years = range(last_year(timezone.localdate()), FIRST_YEAR - 1, -1)
        fields["year"].choices = [("", "Choose"), *((y, f"Year to 31 March {y}") for y in years)]


class RightForm(forms.Form):
    """What is right instead, if anything, and what was wrong."""

    percent = PercentField(
        label="How many in a hundred is right?",
        help_text="Leave it empty to withdraw it with nothing in its place.",
        required=False,
    )
    source = LineField(label="Where is it from?", max_length=300, required=False)
    reason = TextField(label="What was wrong?", rows=3)
