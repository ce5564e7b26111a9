"""What is asked about a session."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import DateField, LateForm, TextField
from hearth.supervision.models import Absence, Kind
from hearth.supervision.pages.overview import SHOWS
from hearth.workforce.models import Team


class PlanForm(forms.Form):
    """When a worker's next supervision is."""

    planned_on = DateField(label="Which day?")


class MoveForm(forms.Form):
    """Which other day a session is on."""

    planned_on = DateField(
        label="Which day instead?", help_text="The day it is due by does not move."
    )


class HoldForm(forms.Form):
    """That a session was held."""

    held_on = DateField(label="When was it held?", not_future=True)
    kind = forms.ChoiceField(label="What kind?", choices=Kind.choices, widget=forms.RadioSelect)


class NotHeldForm(forms.Form):
    """Why a session was not held, and when it will be."""

    not_held = forms.ChoiceField(
        label="Why was it not held?",
        choices=[choice for choice in Absence.choices if choice[0] != Absence.LEFT],
        widget=forms.RadioSelect,
    )
    not_held_why = TextField(label="Anything to add", rows=2, required=False)
    next_on = DateField(label="When will it be held instead?")


class FinishForm(LateForm):
    """The record of a session."""

    reflection = TextField(
        label="What did you reflect on together?",
        help_text="Practice, not cases: what went well, what was hard, and what it showed.",
    )
    challenge = TextField(
        label="What did you challenge, and what came of it?", rows=3, required=False
    )
    learning = TextField(label="What is to be learnt or practised?", rows=3, required=False)
    wellbeing = TextField(
        label="How are they, and what support was agreed?",
        help_text="Private to the two of you: nobody else can read it, whatever their role.",
        rows=3,
        required=False,
    )
    next_on = DateField(label="When is the next supervision?")
    late_reason = TextField(label="Why was it held late?", rows=2, required=False)


class SignForm(forms.Form):
    """A worker's signature."""

    comment = TextField(
        label="Is there anything you see otherwise, or would add?",
        help_text="It stays with the record. Leave it empty if the record is right.",
        rows=3,
        required=False,
    )


class OverviewFilter(forms.Form):
    """Whose supervision to show."""

    team = forms.ModelChoiceField(
        Team.objects.none(), label="Team", required=False, empty_label="All teams"
    )
    show = forms.ChoiceField(
        label="Show", required=False, choices=[("", "What needs you first"), *SHOWS.items()]
    )

    def __init__(self, *args: Any, teams: Sequence[Team], **options: Any) -> None:
        super().__init__(*args, **options)
        ids = [team.pk for team in teams]
        self.fields["team"].queryset = Team.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        return getattr(self, "cleaned_data", {})


class CasesFilter(OverviewFilter):
    """Which cases to show."""

    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "Not discussed in time"),
            ("unseen", "No direction since allocation"),
            *((str(n), f"Not discussed for {n} weeks") for n in (4, 8, 12, 26)),
            ("0", "All cases"),
        ],
    )

    def __init__(self, *args: Any, teams: Sequence[Team], **options: Any) -> None:
        super().__init__(*args, teams=teams, **options)
        self.fields["team"].empty_label = None  # type: ignore[attr-defined]
