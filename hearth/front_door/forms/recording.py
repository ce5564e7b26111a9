"""Recording a contact."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils import timezone

from hearth.design.forms import (
    ChildParts,
    CodeField,
    DateField,
    LineField,
    MomentField,
    TextField,
    YesNoField,
    need_all,
)
from hearth.design.forms.parts import Part
from hearth.front_door.actions import Told
from hearth.front_door.forms.parts import ConcernsField, consent_fields
from hearth.front_door.models import ReferrerKind
from hearth.front_door.rules import why_not_about
from hearth.people.models import Person

MOST_ROWS = 12


class ContactForm(forms.Form):
    """Who told us, how, when, and what they said."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    received_at = MomentField(label="When did it reach us?", not_future=True)
    method = CodeField("contact_method", label="How did it come?")
    referrer_kind = forms.ChoiceField(
        label="Who told us?", choices=ReferrerKind.choices, widget=forms.RadioSelect
    )
    referrer_name = LineField(label="Their name", max_length=200, width="20", required=False)
    referrer_role = LineField(
        label="Their job, or what they are to the child", max_length=200, required=False
    )
    referrer_agency = CodeField(
        "agency_type", label="A professional's agency", blank_label="None", required=False
    )
    referrer_organisation = LineField(
        label="School, surgery, station or other organisation", max_length=200, required=False
    )
    referrer_phone = LineField(label="Telephone", max_length=40, width="20", required=False)
    referrer_email = LineField(label="Email", max_length=254, required=False)
    referrer_address = LineField(
        label="Address, if a letter is to be sent", max_length=300, required=False
    )
    source = CodeField(
        "referral_source",
        label="What kind of person, if not a professional?",
        help_text="For a professional this follows from the agency.",
        only=("1A", "1B", "1C", "1D", "8", "10"),
        blank_label="Not needed",
        required=False,
    )
    reason = TextField(
        label="What did they tell you?",
        help_text="In their words where you can: what was seen, heard and said, by whom and when.",
        rows=10,
    )
    concerns = ConcernsField()
    risk_score = forms.IntegerField(
        label="Ticks on the domestic abuse risk checklist",
        min_value=0,
        max_value=24,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )
    stated_threshold = CodeField(
        "threshold_level",
        label="Level of need, as the professional sees it",
        blank_label="They did not say",
        required=False,
    )
    out_of_hours = YesNoField(label="Was it taken out of hours?", required=False)
    action_taken = TextField(label="If so, what did you do about it?", rows=4, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(consent_fields())

    def clean(self) -> dict[str, Any]:
        """Check that who told us hangs together."""
        given: dict[str, Any] = super().clean() or {}
        kind = given.get("referrer_kind")
        if kind == ReferrerKind.PROFESSIONAL:
            needed = {
                "referrer_name": "Enter the professional's name",
                "referrer_agency": "Choose the professional's agency",
            }
            need_all(self, given, needed)
        if kind == ReferrerKind.PUBLIC and not given.get("source"):
            self.add_error("source", "Choose what kind of person it was")
        if given.get("out_of_hours") and not given.get("action_taken"):
            self.add_error("action_taken", "Say what you did about it, even if that was nothing")
        given["out_of_hours"] = bool(given.get("out_of_hours"))
        return given


class ChildPartForm(forms.Form):
    """Whether the contact is about this child, and what was said of them alone."""

    is_about = forms.BooleanField(label="The contact is about this child", required=False)
    said = TextField(label="What was said of this child alone", rows=2, required=False)


class ReportedForm(forms.Form):
    """A child as the referrer described them, who was not found."""

    given_names = LineField(label="First names", max_length=200, required=False)
    family_name = LineField(label="Family name", max_length=200, required=False)
    born_on = DateField(label="Date of birth, or date expected", required=False)
    is_unborn = forms.BooleanField(label="Not yet born", required=False)
    sex = CodeField("sex", label="Sex", blank_label="Not known", required=False)
    address = LineField(label="Address", max_length=300, required=False)
    postcode = LineField(label="Postcode", max_length=8, width="10", required=False)
    said = TextField(label="What was said of this child alone", rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """A row with anything in it names the child."""
        given: dict[str, Any] = super().clean() or {}
        if self.has_changed() and not (given.get("given_names") or given.get("family_name")):
            self.add_error("family_name", "Enter a name, even if only a family name")
        given["sex"] = given.get("sex") or "U"
        return given


ReportedRows: "type[BaseFormSet[ReportedForm]]" = formset_factory(
    ReportedForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


class AllParts(ChildParts[Any]):
    """The known children and the described ones, so that every error is listed."""

    def __init__(self, known: ChildParts[Person], rows: "BaseFormSet[ReportedForm]") -> None:
        described = [
            Part(f"Child not on record, number {n}", form, n, len(rows.forms))  # type: ignore[type-var]
            for n, form in enumerate(rows.forms, 1)
        ]
        self.parts = [*known.parts, *described]


class ContactAnswers:
    """The whole page: the form, a part for each child of the family, and rows for new ones."""

    def __init__(
        self,
        children: Sequence[Person],
        *,
        data: Mapping[str, Any] | None = None,
        chosen: Sequence[int] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.form = ContactForm(data, initial={"form_key": uuid.uuid4(), **(initial or {})})
        self.known = ChildParts(
            ChildPartForm,
            children,
            data=data,
            initial={child.pk: {"is_about": child.pk in chosen} for child in children},
        )
        self.rows = ReportedRows(data, prefix="reported")
        self.parts = AllParts(self.known, self.rows)

    def is_valid(self) -> bool:
        """Whether everything can be recorded; all of it is checked, so that all errors show."""
        valid = all([self.form.is_valid(), self.known.is_valid(), self.rows.is_valid()])
        if valid and not (self.children or self.reported):
            self.form.add_error(None, "Choose which child it is about, or describe a child")
            return False
        return valid and self._can_be_about_them()

    def _can_be_about_them(self) -> bool:
        """Whether each child had been born, and was a child, on the day it reached us."""
        received_on = timezone.localdate(self.form.cleaned_data["received_at"])
        for part in self.known.parts:
            if part.child in self.children and (why := _why_not(part.child, received_on)):
                part.form.add_error("is_about", why)
        for form, told in zip(self._described, self.reported, strict=True):
            if why := _why_not(told, received_on):
                form.add_error("born_on", why)
        return self.known.is_valid() and self.rows.is_valid()

    @property
    def has_rows(self) -> bool:
        """Whether any child not on record has been described."""
        return bool(self._described)

    @property
    def _described(self) -> list[ReportedForm]:
        return [form for form in self.rows.forms if form.has_changed()]

    @property
    def children(self) -> list[Person]:
        """The known children it is about."""
        return [child for child, given in self.known.cleaned_data if given.get("is_about")]

    @property
    def reported(self) -> list[Told]:
        """The described children it is about."""
        return [Told(**form.cleaned_data) for form in self._described]

    @property
    def answers(self) -> dict[str, Any]:
        """What the action asks for."""
        said = {child.pk: given.get("said", "") for child, given in self.known.cleaned_data}
        return {
            **self.form.cleaned_data,
            "children": self.children,
            "reported": self.reported,
            "said": said,
        }


def _why_not(child: Person | Told, received_on: date) -> str | None:
    """Why a contact of a day cannot be about a child, on record or described."""
    return why_not_about(
        child.name, born_on=child.born_on, is_unborn=child.is_unborn, received_on=received_on
    )
