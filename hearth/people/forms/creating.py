"""The questions asked before somebody is put on record."""

from datetime import date
from typing import Any

from django import forms

from hearth.design.forms import CodeField, DateField, LineField, YesNoField
from hearth.people.actions import NewPerson, why_not_create
from hearth.people.models import (
    Address,
    BirthKind,
    ContactPoint,
    ContactPointKind,
    DatedFact,
    Identifier,
    IdentifierKind,
)

NONE_OF_THESE = "none"


class NewPersonForm(forms.Form):
    """Who somebody is, as far as is known. Everything may be added to later."""

    is_child = YesNoField(
        label="Is this a child the service may work with?",
        yes="Yes, a child, born or expected",
        no="No, a parent, carer, relative or other adult",
    )
    given_names = LineField(label="First names", required=False, max_length=200)
    family_name = LineField(label="Family name", required=False, max_length=200)
    known_as = LineField(label="Known as", required=False, max_length=200)
    birth_kind = forms.ChoiceField(
        label="How well is the date of birth known?",
        choices=BirthKind.choices,
        widget=forms.RadioSelect,
    )
    born_on = DateField(
        label="Date of birth, or the date the birth is expected",
        required=False,
        help_text="For an estimate, the 15th of the month, or 1 July when only the year is known",
    )
    sex = CodeField("sex", label="Sex recognised in law", as_radios=True, initial="U")
    ethnicity = CodeField("ethnicity", label="Ethnicity", required=False, blank_label="Not known")
    lines = LineField(label="Address", required=False, max_length=300)
    postcode = LineField(label="Postcode", required=False, max_length=10, width="10")
    phone = LineField(label="Telephone", required=False, max_length=40, width="20")
    nhs_number = LineField(label="NHS number", required=False, max_length=20, width="20")

    def __init__(self, data: Any = None, *, today: date, initial: Any = None) -> None:
        self.today = today
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Try the whole record, so that what is wrong is said here with every word kept."""
        cleaned = super().clean() or {}
        if not self.errors:
            if not any(cleaned[name] for name in ("given_names", "family_name", "born_on")):
                raise forms.ValidationError("Enter a name or a date of birth")
            if why := why_not_create(self.new(), self.today):
                raise forms.ValidationError(why)
        return cleaned

    def new(self) -> NewPerson:
        """Who is to be put on record."""
        said = self.cleaned_data
        columns = ("given_names", "family_name", "known_as", "birth_kind", "born_on", "sex")
        return NewPerson(
            **{name: said[name] for name in columns},
            ethnicity=said["ethnicity"],
            is_child=said["is_child"],
            facts=self._facts(),
        )

    def _facts(self) -> list[DatedFact]:
        said = self.cleaned_data
        facts: list[DatedFact] = []
        if said["lines"] or said["postcode"]:
            facts.append(Address(lines=said["lines"], postcode=said["postcode"]))
        if said["phone"]:
            is_mobile = said["phone"].replace("+44", "0").strip().startswith("07")
            kind = ContactPointKind.MOBILE if is_mobile else ContactPointKind.PHONE
            facts.append(ContactPoint(kind=kind, value=said["phone"]))
        if said["nhs_number"]:
            facts.append(Identifier(kind=IdentifierKind.NHS, value=said["nhs_number"]))
        return facts


class WhichForm(forms.Form):
    """Whether one of the likely matches is the person, or none of them is."""

    which = forms.ChoiceField(label="Is it one of these people?", widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, hits: Any) -> None:
        super().__init__(data)
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            *((str(hit.person.pk), f"Yes: {hit.person.name}") for hit in hits),
            (NONE_OF_THESE, "None of these: put them on record"),
        ]
