"""What the pages of a build ask."""

from datetime import datetime

from django import forms
from django.utils import timezone

from hearth.design.forms.dates import DateField
from hearth.design.forms.moments import MomentField

YEARS = 10
APRIL = 4


def years() -> list[tuple[int, str]]:
    """The collection years that can be asked for, the one that closed last first."""
    today = timezone.localdate()
    closing = today.year + (today.month >= APRIL)
    order = [closing - 1, closing, *range(closing - 2, closing - YEARS, -1)]
    return [(year, _in_words(year, closing)) for year in order]


def _in_words(year: int, closing: int) -> str:
    words = f"{year}: 1 April {year - 1} to 31 March {year}"
    return f"{words} (not over yet)" if year == closing else words


class BuildForm(forms.Form):
    """Which year's census, and of the record as it stood when."""

    year = forms.TypedChoiceField(label="Which census?", coerce=int)
    as_at = MomentField(
        label="As recorded at",
        help_text="What was recorded, corrected or withdrawn later does not count. Leave it empty "
        "for the record as it stands now.",
        required=False,
        not_future=True,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        year: forms.TypedChoiceField = self.fields["year"]  # type: ignore[assignment]
        year.choices = years()

    def clean_as_at(self) -> datetime | None:
        """A moment, or None for now."""
        return self.cleaned_data["as_at"] or None


class SubmittedForm(forms.Form):
    """When the file was sent to the Department."""

    submitted_on = DateField(label="When was it submitted?", not_future=True)
