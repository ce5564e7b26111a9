"""What is asked about a family's case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from hearth.accounts.models import User
from hearth.design.forms import DateField, LateForm, LineField, TextField, need_all

MOST = 20


class LifePart(forms.Form):
    """One child's life now."""

    life_now = TextField(label="What is life like for {name} now?", rows=3)


class DiscussForm(LateForm):
    """What was thought and feared of a family."""

    reflection = TextField(
        label="What do you think is going on, and how do you know?",
        help_text="Another way of seeing it, and what would change your minds.",
    )
    risks = TextField(label="What are the risks now?", rows=3)
    no_change = TextField(
        label="If nothing is to change: why?",
        help_text="Only where nothing is decided below.",
        rows=2,
        required=False,
    )
    bring_back_on = DateField(
        label="Bring it back to supervision by",
        help_text="Leave empty for the usual time.",
        required=False,
    )
    late_reason = LineField(label="Why is it late coming back?", max_length=500, required=False)


class DecisionForm(forms.Form):
    """One decision: what, whose, by when. All three, or none."""

    text = TextField(label="What is to be done?", rows=2, required=False)
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Who does it?", required=False, empty_label="Choose"
    )
    due_on = DateField(label="By when?", required=False)

    def __init__(self, *args: Any, owners: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        ids = [owner.pk for owner in owners]
        self.fields["owner"].queryset = User.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((owner.pk, str(owner)) for owner in owners),
        ]
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each decision has an owner and a date."""
        said = super().clean() or {}
        if said.get("text"):
            needed = {"owner": "Choose who does this", "due_on": "Say by when this is to be done"}
            need_all(self, said, needed)
        elif said.get("due_on"):
            self.add_error("text", "Say what is to be done")
        return said


DecisionRows: "type[BaseFormSet[DecisionForm]]" = formset_factory(
    DecisionForm, extra=2, max_num=MOST, absolute_max=MOST
)


class WithdrawForm(forms.Form):
    """Why a discussion is taken back."""

    reason = LineField(label="Why is it withdrawn?", max_length=500)
