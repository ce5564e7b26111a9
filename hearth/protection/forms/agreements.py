"""Papers that keep a child safe, and who signed them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import DateField, LineField, TextField
from hearth.people.models import Person
from hearth.protection.forms.picking import PicksField
from hearth.protection.models import AgreementKind


class _WordsForm(forms.Form):
    """What a paper says."""

    risk = TextField(
        label="What is the risk to each child, and what makes it less?",
        help_text="Needed in a risk assessment.",
        rows=5,
        required=False,
    )
    conditions = TextField(label="What will each person do, and not do?", rows=5)
    contingency = TextField(label="What is done if it is not kept to?", rows=3)
    review_on = DateField(label="When is it looked at again?")


class AgreementForm(_WordsForm):
    """A new paper."""

    def __init__(self, children: Sequence[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        first = {
            "kind": forms.ChoiceField(
                label="What is it?", choices=AgreementKind.choices, widget=forms.RadioSelect
            ),
            "children": PicksField(
                [(child, str(child)) for child in children],
                label="About whom?",
                error_messages={"required": "Choose at least one child"},
            ),
        }
        self.fields = {**first, **self.fields}


class PlanAgreementForm(AgreementForm):
    """A new paper under a plan: a child going home in an enquiry has a paper of its own."""

    def __init__(self, children: Sequence[Person], *args: Any, **options: Any) -> None:
        super().__init__(children, *args, **options)
        kinds = [AgreementKind.WRITTEN_AGREEMENT, AgreementKind.SAFETY_PLAN]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in kinds
        ]


class ChangeForm(_WordsForm):
    """A new version."""

    reason = TextField(label="Why does it change?", rows=2)


class SignatureForm(forms.Form):
    """Who signed, or would not."""

    name = LineField(label="Who?", max_length=200)
    signed_on = DateField(label="When did they sign?", not_future=True, required=False)
    refused_why = TextField(label="If they would not sign: why not?", rows=2, required=False)


class EndForm(forms.Form):
    """When it ended, and why."""

    ended_on = DateField(label="When did it end?", not_future=True)
    reason = TextField(label="Why?", rows=3)


class SignForm(forms.Form):
    """A manager's signature: they have read it, and say so."""

    read = forms.BooleanField(
        label="I have read it, and it is enough to keep the children safe",
        error_messages={"required": "Say that you have read it"},
    )


class AgreesForm(forms.Form):
    """A manager's word that a paper and the plan agree: they have read both, and say so."""

    read = forms.BooleanField(
        label="I have read both, and they say the same",
        error_messages={"required": "Say that you have read both"},
    )
