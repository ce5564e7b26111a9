"""One thing a plan asks: what, who, by when, and how we will know; and what became of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from hearth.accounts.models import User
from hearth.design.forms import CodeField, DateField, LineField, TextField
from hearth.people.models import Person
from hearth.plans.actions import NewAction, NewContingency
from hearth.plans.models import ActionState

OWNER = 200


class ActionForm(forms.Form):
    """An action for a plan. Nothing is asked without an owner, a day and how we will know."""

    what = TextField(label="What is to be done?", rows=3)
    outcome = TextField(label="What will be better for the children?", rows=2)
    owner_worker = forms.ModelChoiceField(
        User.objects.none(),
        label="Who does it?",
        help_text="Somebody here has it on their list, with its day.",
        required=False,
        empty_label="Somebody in the family or another agency",
    )
    owner = LineField(label="Who, if not one of ours?", max_length=OWNER, required=False)
    due_on = DateField(label="By when?", required=False)
    frequency = LineField(
        label="Or how often, if it goes on?",
        help_text="Every school day, for example.",
        max_length=OWNER,
        required=False,
    )
    measure = TextField(label="How will we know it has worked?", rows=2)
    children = forms.MultipleChoiceField(
        label="Whom is it for?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, children: Sequence[Person], workers: QuerySet[User], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.known = {str(child.pk): child for child in children}
        self.fields["owner_worker"].queryset = workers  # type: ignore[attr-defined]
        for name in ("owner_worker", "owner", "due_on", "frequency"):
            self.fields[name].say_optional = False  # type: ignore[attr-defined]
        if len(children) == 1:
            del self.fields["children"]
        else:
            field: Any = self.fields["children"]
            field.choices = [(pk, str(child)) for pk, child in self.known.items()]
            field.initial = list(self.known)

    def clean(self) -> dict[str, Any]:
        """Someone does it, by a day or again and again."""
        said = super().clean() or {}
        if not said.get("owner_worker") and not said.get("owner"):
            self.add_error("owner", "Say who is to do this")
        if not (said.get("due_on") or said.get("frequency") or "due_on" in self.errors):
            self.add_error("due_on", "Say by when, or how often")
        return said

    @property
    def action(self) -> NewAction:
        """The action, as it was asked for."""
        said = dict(self.cleaned_data)
        chosen = said.pop("children", None)
        worker = said["owner_worker"]
        said["owner"] = str(worker) if worker else said["owner"]
        children = None if chosen is None else [self.known[pk] for pk in chosen]
        return NewAction(**said, children=children)


class ProgressForm(forms.Form):
    """How an action goes, between meetings."""

    rating = CodeField("action_progress", label="How is it going?", as_radios=True)
    words = TextField(label="What has been done, and what difference has it made?", rows=4)
    seen_on = DateField(label="On which day was it so?", not_future=True)


class EndActionForm(forms.Form):
    """That an action is done, or no longer needed."""

    state = forms.ChoiceField(
        label="What became of it?",
        choices=[choice for choice in ActionState.choices if choice[0] != ActionState.OPEN],
        widget=forms.RadioSelect,
    )
    words = TextField(label="What came of it for the children, and how do you know?", rows=4)
    on = DateField(label="On which day?", not_future=True)


class ContingencyForm(forms.Form):
    """If this, then that, by whom and how soon."""

    trigger = TextField(label="If what happens?", rows=2)
    action = TextField(label="What is done then?", rows=2)
    owner = LineField(label="Who does it?", max_length=OWNER)
    within = LineField(label="How soon?", max_length=100, width="20")

    @property
    def contingency(self) -> NewContingency:
        """The contingency, as it was given."""
        return NewContingency(**self.cleaned_data)


class TakeOutForm(forms.Form):
    """From when a contingency no longer holds."""

    on = DateField(label="From which day does it no longer hold?", not_future=True)
