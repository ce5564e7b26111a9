"""Going home in an enquiry: what is asked of a manager, and what they say."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import LateForm, LineField, MomentField, TextField
from hearth.people.models import Person
from hearth.protection.forms.picking import Offered, PickField, PicksField
from hearth.protection.models import HomeDecision


class AskHomeForm(forms.Form):
    """Which children, on which paper, why, and which manager is asked."""

    def __init__(
        self,
        children: Sequence[Person],
        papers: Offered,
        managers: Offered,
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["children"] = PicksField(
            [(child, str(child)) for child in children],
            label="Who is to go home, or stay there?",
            error_messages={"required": "Choose at least one child"},
        )
        self.fields["risk_assessment"] = PickField(
            papers,
            label="On which risk assessment?",
            help_text="Only those a manager has signed are listed.",
            required=False,
        )
        self.fields["reason"] = TextField(
            label="When are they to go, and why is it safe?",
            help_text="Of a child who is there already: how that came about, and what is done now.",
            rows=4,
        )
        self.fields["asked_of"] = PickField(managers, label="Which manager do you ask?")
        self.fields["at_home_since"] = MomentField(
            label="If they are at home already without a manager's agreement: since when?",
            help_text="Leave empty otherwise. Managers are told at once.",
            not_future=True,
            required=False,
        )


class DecideHomeForm(LateForm):
    """Whether a manager agrees, and why."""

    decision = forms.ChoiceField(
        label="Do you agree?",
        choices=[
            (HomeDecision.AGREED, "Yes: I have read the risk assessment, and it is safe"),
            (HomeDecision.REFUSED, "No"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree"},
    )
    words = TextField(
        label="Why is it safe, or what must be done instead?",
        help_text="The worker reads this.",
        rows=4,
    )
    late_reason = LineField(label="Why is this late?", max_length=500, required=False)


class WentHomeForm(forms.Form):
    """When a child went home, as was agreed."""

    happened_at = MomentField(label="When did they go home?", not_future=True)


class TakeBackForm(forms.Form):
    """Why a request is taken back."""

    reason = TextField(label="Why do you take it back?", rows=3)
