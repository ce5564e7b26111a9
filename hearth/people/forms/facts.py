"""The questions asked for each kind of fact. A form makes the fact, unsaved, and checks it."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django import forms

from hearth.design.forms import CodeField, DateField, LineField, TextField, YesNoField
from hearth.lib.dates import add_months
from hearth.people.actions import why_not_record
from hearth.people.checks import tidy_identifier
from hearth.people.matching import others_with_number
from hearth.people.models import (
    AddressKind,
    BirthKind,
    ContactPointKind,
    DatedFact,
    IdentifierKind,
    NameKind,
    Person,
)

SINCE = "Since when?"
UNTIL = "Until when?"
STILL = "Leave empty if it is still so"
LOOK_AGAIN_MONTHS = 3


class FactForm(forms.Form):
    """What every kind of fact is asked: since when, and until when.

    `old` is the fact being corrected. `fixed` are values the page has settled already.
    """

    dates: ClassVar[tuple[str, ...]] = ("started_on", "ended_on")

    started_on = DateField(label=SINCE, required=False, help_text="Leave empty if it is not known")
    ended_on = DateField(label=UNTIL, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        person: Person,
        model: type[DatedFact],
        fixed: Mapping[str, Any],
        today: date,
        old: DatedFact | None = None,
    ) -> None:
        self.person, self.model, self.fixed, self.today, self.old = (
            person,
            model,
            fixed,
            today,
            old,
        )
        super().__init__(data, initial=self.known())
        self.fields["ended_on"].help_text = STILL
        for name in ("started_on", "ended_on"):
            if name not in self.dates:
                del self.fields[name]
        self.order_fields([name for name in self.fields if name not in self.dates])
        if old is not None:
            self.fields["reason"] = LineField(label="Why was it wrong?", max_length=500)
        self._offer_the_old_code()

    def known(self) -> dict[str, Any]:
        """What the boxes show at first."""
        if self.old is None:
            return {}
        return {name: getattr(self.old, name, None) for name in self.base_fields}

    def _offer_the_old_code(self) -> None:
        """Offer the codes of the day the fact started, so that an ended one can stay."""
        field = self.fields.get("code")
        if isinstance(field, CodeField):
            day = self.old.started_on if self.old is not None else None
            field.on = day or self.today
            field.choices = field.offered

    def clean(self) -> dict[str, Any]:
        """Try the whole fact, so that what is wrong is said here with every word kept."""
        cleaned = super().clean() or {}
        if not self.errors:
            self.fact = self.made()
            if why := why_not_record(self.fact, correcting=self.old, today=self.today):
                raise forms.ValidationError(why)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fact's own columns, as they were answered."""
        columns = {field.name for field in self.model._meta.concrete_fields}
        return {name: value for name, value in self.cleaned_data.items() if name in columns}

    def made(self) -> DatedFact:
        """The fact as answered, unsaved."""
        if self.old is not None:
            return self.old.copy(self.values())
        values: dict[str, Any] = {"person": self.person, **self.fixed, **self.values()}
        return self.model(**values)

    def changes(self) -> dict[str, Any]:
        """What a correction changes."""
        return {n: v for n, v in self.values().items() if getattr(self.old, n) != v}


class NameForm(FactForm):
    """One name somebody has or had."""

    kind = forms.ChoiceField(
        label="What is this name?", choices=NameKind.choices, widget=forms.RadioSelect
    )
    given_names = LineField(label="First names", required=False, max_length=200)
    family_name = LineField(label="Family name", required=False, max_length=200)

    def known(self) -> dict[str, Any]:
        """The first name recorded of somebody is taken to be their legal one."""
        first = self.old is None and not self.person.is_named
        return {**super().known(), **({"kind": NameKind.LEGAL} if first else {})}


class BirthForm(FactForm):
    """When somebody was born, or is expected to be."""

    dates = ()
    kind = forms.ChoiceField(
        label="How well is the date known?",
        choices=[choice for choice in BirthKind.choices if choice[0] != BirthKind.UNKNOWN],
        widget=forms.RadioSelect,
    )
    date = DateField(label="Date of birth, or the date the birth is expected")


class PronounsForm(FactForm):
    """How somebody asks to be spoken of."""

    detail = LineField(
        label="Pronouns", max_length=50, width="20", help_text="For example, she/her"
    )


class EventForm(FactForm):
    """The day something happened."""

    dates = ("started_on",)
    started_on = DateField(label="Which day was it?")


class DisabilityForm(FactForm):
    """A disability, and what it means for this person."""

    code = CodeField("disability", label="Disability")
    detail = TextField(label="What does it mean for them?", required=False)


class LanguageForm(FactForm):
    """A language somebody uses."""

    code = CodeField("language", label="Language")
    is_first = forms.BooleanField(label="This is their first language", required=False)
    interpreter_needed = forms.BooleanField(label="They need an interpreter for it", required=False)


class IdentifierForm(FactForm):
    """A number another service knows somebody by."""

    kind = forms.ChoiceField(label="Whose number is it?", choices=IdentifierKind.choices)
    value = LineField(label="Number", max_length=40, width="20")
    checked = forms.BooleanField(
        label="I have checked the number against its source: record it for this person too",
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound or "checked" not in self.data:
            self.fields["checked"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Warn, once, that somebody else has the number: one of the two may be wrong."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("checked"):
            value = tidy_identifier(cleaned["kind"], cleaned["value"])
            others = others_with_number(self.person, cleaned["kind"], value)
            if others:
                self.fields["checked"].widget = forms.CheckboxInput()
                names = " and ".join(str(other) for other in others)
                self.add_error("checked", f"{names} has this number too. Check which is right")
        return cleaned


class AddressForm(FactForm):
    """An address somebody has or had."""

    kind = forms.ChoiceField(
        label="What is this address?", choices=AddressKind.choices, widget=forms.RadioSelect
    )
    lines = LineField(label="Address", max_length=300, help_text="House number and street, town")
    postcode = LineField(
        label="Postcode",
        required=False,
        max_length=10,
        width="10",
        help_text="Leave empty for an address abroad",
    )
    confidential = forms.BooleanField(
        label="Keep it from the family, and off every letter", required=False
    )

    def known(self) -> dict[str, Any]:
        """Most addresses recorded are homes."""
        return super().known() or {"kind": AddressKind.HOME}


class ContactPointForm(FactForm):
    """A telephone number or email address."""

    kind = forms.ChoiceField(
        label="What is it?", choices=ContactPointKind.choices, widget=forms.RadioSelect
    )
    value = LineField(label="Number or email address", max_length=254)
    note = LineField(
        label="What should a worker know before they use it?",
        required=False,
        max_length=200,
        help_text="For example, text only, or his sister's phone",
    )


class HazardForm(FactForm):
    """A danger to workers or to others."""

    code = CodeField("hazard", label="Kind of hazard")
    detail = TextField(
        label="What is the hazard?", help_text="Say what happened, when, and who said so"
    )
    advice = TextField(label="What should a worker do?", required=False)
    review_on = DateField(label="When will it be looked at again?")

    def known(self) -> dict[str, Any]:
        """Looked at again in three months unless the worker says sooner or later."""
        return super().known() or {
            "started_on": self.today,
            "review_on": add_months(self.today, LOOK_AGAIN_MONTHS),
        }


class NetworkForm(FactForm):
    """A professional's or organisation's part with somebody, chosen before this page."""

    part = LineField(
        label="What is their part?",
        max_length=200,
        help_text="For example, class teacher, GP, probation officer",
    )


class HouseholdMemberForm(FactForm):
    """When somebody lived in a household."""


class RelationshipForm(FactForm):
    """What one person is to another, chosen before this page."""

    code = CodeField("relationship", label="Relationship")
    parental_responsibility = YesNoField(
        label="Does the parent or carer have parental responsibility?",
        required=False,
        help_text="Leave empty if it is not known",
    )
    detail = LineField(label="Anything to add", required=False, max_length=300)


@cache
def coded_form(set_key: str, label: str, *, in_their_words: str = "") -> type[FactForm]:
    """The form of a characteristic that is one code of a set."""
    questions: dict[str, Any] = {
        "code": CodeField(set_key, label=label),
        "__doc__": f"{label}, by its code.",
    }
    if in_their_words:
        questions["detail"] = LineField(label=in_their_words, required=False, max_length=500)
    return type(f"{set_key.title().replace('_', '')}Form", (FactForm,), questions)


class WithdrawForm(forms.Form):
    """Why a fact was never so, and whether the one before it goes on."""

    reason = LineField(label="How do you know that it was never so?", max_length=500)
    reopen = forms.BooleanField(label="", required=False, initial=True)

    def __init__(self, data: Any = None, *, before: DatedFact | None = None) -> None:
        super().__init__(data)
        if before is None:
            del self.fields["reopen"]
        else:
            self.fields["reopen"].label = f"{before} is still so: it did not end then"


class EndForm(forms.Form):
    """The first day a fact was no longer so."""

    ended_on = DateField(label="From which day was it no longer so?")
