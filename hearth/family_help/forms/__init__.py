"""What is asked about a child in need plan."""

from typing import Any

from django import forms

from hearth.design.forms import DateField, LateForm, TextField
from hearth.workforce.models import Team


class SendForm(LateForm):
    """Sending a plan to a manager."""

    late_reason = TextField(label="Why is it late?", rows=2)


class DecideForm(forms.Form):
    """A manager's decision on a plan."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("agree", "Agree it"), ("return", "Return it to be changed")],
        widget=forms.RadioSelect,
    )
    started_on = DateField(label="From which day does it stand?", not_future=True, required=False)
    comments = TextField(label="Why?", help_text="If you return it, say what must change.", rows=4)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["started_on"].say_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An agreed plan stands from a day."""
        said = super().clean() or {}
        if (
            said.get("decision") == "agree"
            and not said.get("started_on")
            and "started_on" not in self.errors
        ):
            self.add_error("started_on", "Say from which day it stands")
        return said


class InNeedFilter(forms.Form):
    """Which plans to show."""

    team = forms.ModelChoiceField(
        Team.objects.none(), label="Team", required=False, empty_label="All teams"
    )
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All child in need plans"),
            ("late", "With an overdue action"),
            ("review", "Whose review is overdue, or not asked for"),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        team: Any = self.fields["team"]
        team.queryset = Team.objects.filter(closed_on=None).order_by("name")
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]
