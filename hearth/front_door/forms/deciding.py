"""Deciding a contact or a referral."""

from collections.abc import Mapping
from typing import Any

from django import forms

from hearth.design.forms import CodeField, DateField, TextField, YesNoField
from hearth.front_door.actions import ForOneChild, OutcomeForOne
from hearth.front_door.models import (
    Contact,
    ContactOutcome,
    Priority,
    Referral,
    ReferralOutcome,
    ReportQuality,
)
from hearth.front_door.pages.giving import Given
from hearth.front_door.rules import likely_need

AS_THE_OTHERS = ("", "As for the others")


class _GivingForm(forms.Form):
    """What a manager says when a referral is given to somebody."""

    def __init__(self, givable: Mapping[str, tuple[str, Given]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givable = givable
        self.fields["given_to"] = forms.ChoiceField(
            label="Who will have it?",
            help_text="A social worker, or a team whose manager will allocate it.",
            choices=[("", "Not decided yet"), *((key, said) for key, (said, _) in givable.items())],
            required=False,
        )
        self.fields["direction"] = TextField(
            label="Your direction to the worker: what first, and by when",
            help_text="Left empty, your reasons are sent as they stand.",
            rows=3,
            required=False,
        )
        self.fields["priority"] = forms.ChoiceField(
            label="How soon must the children be seen?",
            choices=Priority.choices,
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["primary_need"] = CodeField(
            "primary_need", label="Primary need", blank_label="Choose", required=False
        )
        self.fields["family_told"] = YesNoField(
            label="Does the family know of the referral?", required=False
        )
        self.fields["family_not_told_reason"] = TextField(
            label="If not, why not?", rows=2, required=False
        )

    def clean(self) -> dict[str, Any]:
        """Turn the choice of who has it into a team and a worker."""
        given: dict[str, Any] = super().clean() or {}
        key = given.pop("given_to", "")
        given["team"], given["worker"] = self.givable[key][1] if key else (None, None)
        given["direction"] = given.get("direction") or given.get("rationale", "")
        if given.get("family_told") is False and not given.get("family_not_told_reason"):
            self.add_error("family_not_told_reason", "Say why the family has not been told")
        return given

    def ask_over_limit(self, warning: str) -> None:
        """Ask why a worker is given more than their limit."""
        self.fields["over_limit_reason"] = TextField(
            label=f"{warning}. Why is it right all the same?", rows=2
        )


class DecisionForm(_GivingForm):
    """One decision for all the children on a contact."""

    outcome = forms.ChoiceField(
        label="What do you decide?", choices=ContactOutcome.choices, widget=forms.RadioSelect
    )
    threshold_level = CodeField("threshold_level", as_radios=True, label="Level of need")
    rationale = TextField(
        label="Your reasons",
        help_text="If one child is to be treated differently, say why here.",
        rows=6,
    )
    safety_now = TextField(label="What keeps the children safe meanwhile?", rows=2, required=False)
    advice_given = TextField(
        label="Advice given, and services they were pointed to", rows=2, required=False
    )
    report_quality = forms.ChoiceField(
        label="How good was the report?",
        choices=[("", "Not said"), *ReportQuality.choices],
        required=False,
    )
    referred_on = DateField(label="Date of the referral", required=False)
    feedback_withheld_reason = TextField(
        label="If the referrer must not be told: why?", rows=2, required=False
    )

    def __init__(
        self,
        contact: Contact,
        givable: Mapping[str, tuple[str, Given]],
        *args: Any,
        prompted: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(givable, *args, **kwargs)
        self.initial = {
            "threshold_level": contact.recommended_threshold,
            "primary_need": likely_need(contact.concerns),
            "priority": Priority.TODAY if contact.significant_harm else Priority.ROUTINE,
            "referred_on": contact.received_on,
            "safety_now": contact.safety_now,
            **self.initial,
        }
        if prompted:
            self.fields["third_contact_answer"] = TextField(
                label="What do these contacts add up to, taken together?", rows=3
            )


class ExceptionForm(forms.Form):
    """A decision for one child that is not the family's."""

    outcome = forms.ChoiceField(
        label="Decision", choices=[AS_THE_OTHERS, *ContactOutcome.choices], required=False
    )
    threshold_level = CodeField(
        "threshold_level", label="Level of need", blank_label=AS_THE_OTHERS[1], required=False
    )
    note = TextField(label="Why this child differs", rows=2, required=False)

    def answer(self) -> ForOneChild:
        """The exception, as the action asks for it."""
        return ForOneChild(**self.cleaned_data)


class ReferralForm(_GivingForm):
    """One decision for all the children of a referral."""

    outcome = forms.ChoiceField(
        label="What do you decide?", choices=ReferralOutcome.choices, widget=forms.RadioSelect
    )
    threshold_level = CodeField("threshold_level", as_radios=True, label="Level of need")
    rationale = TextField(label="Your reasons", rows=6)

    def __init__(
        self,
        referral: Referral,
        givable: Mapping[str, tuple[str, Given]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(givable, *args, **kwargs)
        first = referral.children.order_by("pk").first()
        self.initial = {
            "primary_need": first.primary_need if first else "",
            "threshold_level": _level_of(referral),
            "priority": Priority.ROUTINE,
            **self.initial,
        }


class ReferralExceptionForm(forms.Form):
    """What a referral leads to for one child, where it is not as for the others."""

    outcome = forms.ChoiceField(
        label="Decision", choices=[AS_THE_OTHERS, *ReferralOutcome.choices], required=False
    )
    primary_need = CodeField(
        "primary_need", label="Primary need", blank_label=AS_THE_OTHERS[1], required=False
    )
    note = TextField(label="Why this child differs", rows=2, required=False)

    def answer(self) -> OutcomeForOne:
        """The exception, as the action asks for it."""
        return OutcomeForOne(**self.cleaned_data)


def _level_of(referral: Referral) -> str:
    """The level the manager who accepted it gave."""
    if referral.contact is None:
        return ""
    decision = referral.contact.decisions.filter(superseded_by=None).first()
    return decision.threshold_level if decision else ""
