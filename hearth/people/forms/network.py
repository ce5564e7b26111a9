"""The questions about professionals and organisations."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import CodeField, DateField, LineField
from hearth.lib.errors import CannotDo
from hearth.people.checks import tidied_email, tidied_phone
from hearth.people.models import Organisation


class ReachedForm(forms.Form):
    """How somebody outside the service is reached."""

    phone = LineField(label="Telephone", required=False, max_length=40, width="20")
    email = LineField(label="Email address", required=False, max_length=254)

    def clean_phone(self) -> str:
        """Put the number in its usual form."""
        return _or_error(tidied_phone, self.cleaned_data["phone"])

    def clean_email(self) -> str:
        """See that it can be an address."""
        return _or_error(tidied_email, self.cleaned_data["email"])


def _or_error(tidy: Any, value: str) -> str:
    try:
        return str(tidy(value))
    except CannotDo as refusal:
        raise forms.ValidationError(str(refusal)) from None


class OrganisationForm(ReachedForm):
    """A school, surgery, police team or other body."""

    name = LineField(label="Name", max_length=200)
    agency = CodeField("agency_type", label="What kind of organisation is it?")
    urn = LineField(
        label="Reference number",
        required=False,
        max_length=20,
        width="10",
        help_text="A school's URN, or a surgery's code",
    )
    address = LineField(label="Address", required=False, max_length=300)

    field_order = ("name", "agency", "urn", "address", "phone", "email")


class ProfessionalForm(ReachedForm):
    """Somebody who works with children elsewhere."""

    name = LineField(label="Name", max_length=200)
    job_title = LineField(label="Job", required=False, max_length=200)
    organisation = forms.ChoiceField(label="Where do they work?", required=False)

    field_order = ("name", "job_title", "organisation", "phone", "email")

    def __init__(
        self, data: Any = None, *, offered: Sequence[Organisation], initial: Any = None
    ) -> None:
        self.offered = {str(each.pk): each for each in offered}
        super().__init__(data, initial=initial)
        choices = [(pk, str(each)) for pk, each in self.offered.items()]
        self.fields["organisation"].choices = [("", "Not on the list"), *choices]  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            **self.cleaned_data,
            "organisation": self.offered.get(self.cleaned_data["organisation"]),
        }


class ClosedForm(forms.Form):
    """The day an organisation closed."""

    closed_on = DateField(label="When did it close?", not_future=True)


class LeftForm(forms.Form):
    """The day a professional left."""

    left_on = DateField(label="When did they leave?", not_future=True)
