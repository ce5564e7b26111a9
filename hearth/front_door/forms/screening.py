"""Screening a contact, and what is done while it is screened."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.accounts.models import User
from hearth.design.forms import CodeField, LineField, MomentField, TextField
from hearth.front_door.forms.parts import ConcernsField, consent_fields
from hearth.front_door.models import Contact, ContactOutcome

PATTERN = "What do these contacts add up to, taken together?"


class ScreenForm(forms.Form):
    """What a contact amounts to, and what is recommended."""

    concerns = ConcernsField()
    risk_score = forms.IntegerField(
        label="Ticks on the domestic abuse risk checklist",
        min_value=0,
        max_value=24,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )

    def __init__(
        self, contact: Contact, managers: Sequence[User], *args: Any, prompted: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "concerns": contact.concerns,
            "risk_score": contact.risk_score,
            "consent": contact.consent,
            "lawful_basis": contact.lawful_basis,
            "consent_note": contact.consent_note,
            "decision_maker": managers[0].pk if managers else "",
            **self.initial,
        }
        self.managers = {str(manager.pk): manager for manager in managers}
        self.fields.update(consent_fields())
        if prompted:
            self.fields["third_contact_answer"] = TextField(label=PATTERN, rows=3)
        self.fields["rationale"] = TextField(
            label="Your reasons",
            help_text="What it means for the children, with what is known already.",
            rows=6,
        )
        self.fields["recommended_threshold"] = CodeField(
            "threshold_level", as_radios=True, label="What level of need do you recommend?"
        )
        self.fields["recommended_outcome"] = forms.ChoiceField(
            label="And what outcome?",
            choices=[("", "Leave to the manager"), *ContactOutcome.choices],
            required=False,
        )
        self.fields["decision_maker"] = forms.ChoiceField(
            label="Which manager should decide?",
            choices=[(key, str(manager)) for key, manager in self.managers.items()]
            or [("", "No registered manager is free: it waits for the team")],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Give the lawful reason where the family has not agreed."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("consent") not in (None, "given") and not given.get("lawful_basis"):
            self.add_error(
                "lawful_basis", "Choose the lawful reason for going on without agreement"
            )
        given["decision_maker"] = self.managers.get(given.get("decision_maker", ""))
        return given


class HarmForm(forms.Form):
    """A manager's thought, the same day, on signs of significant harm."""

    safety_now = TextField(
        label="What keeps the children safe until it is decided?",
        help_text="Where each child is tonight, with whom, and what was done today.",
        rows=5,
    )


class AcknowledgeForm(forms.Form):
    """The day service takes up what was taken at night."""

    acknowledgement = TextField(label="What will the day service do?", rows=4)


class ReadForm(forms.Form):
    """A child's worker says what they will do about a contact."""

    will_do = TextField(label="What will you do about it?", rows=4)


class PatternForm(forms.Form):
    """What three contacts or more add up to."""

    answer = TextField(label=PATTERN, rows=4)


class ReasonForm(forms.Form):
    """Why something is done again or undone."""

    reason = TextField(label="Why?", rows=4)


class AdviceForm(forms.Form):
    """A question put to a specialist."""

    agency = CodeField("agency_type", label="What kind of adviser?")
    asked_of = LineField(label="Whom did you ask?", max_length=200)
    asked_at = MomentField(label="When?", not_future=True)
    question = TextField(label="What did you ask?", rows=4)


class AnswerForm(forms.Form):
    """What a specialist answered."""

    answered_at = MomentField(label="When did they answer?", not_future=True)
    answer = TextField(label="What did they say?", rows=5)
