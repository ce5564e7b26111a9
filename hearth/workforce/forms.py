"""What is asked about staff, teams and registrations."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from hearth.accounts.models import User
from hearth.accounts.roles import STAFF
from hearth.design.forms import DateField, LineField
from hearth.workforce.models import Body, Employment, Staff, Team, TeamKind

NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-4"}


class StaffFilter(forms.Form):
    """Who to show of the staff."""

    name = LineField(label="Name", required=False)
    team = forms.ModelChoiceField(
        Team.objects.all(), label="Team", required=False, empty_label="All teams"
    )
    role = forms.ChoiceField(
        label="Role",
        required=False,
        choices=[("", "All roles"), *((role.value, role.label) for role in STAFF)],
    )
    left = forms.ChoiceField(
        label="Who", required=False, choices=[("", "Working here"), ("left", "Left")]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        return getattr(self, "cleaned_data", {})


class WorkForm(forms.Form):
    """What somebody's work is."""

    job_title = LineField(label="Job title", max_length=120)
    phone = LineField(
        label="Work telephone",
        max_length=40,
        width="20",
        required=False,
        help_text="Shown on the pages of every child they lead.",
    )
    employment = forms.ChoiceField(label="Employed as", choices=Employment.choices)
    working_share = forms.DecimalField(
        label="Part of a full week",
        help_text="1 for full time, 0.6 for three days. Their caseload limit is less by as much.",
        min_value=Decimal("0.05"),
        max_value=Decimal(1),
        decimal_places=2,
        initial=Decimal(1),
        widget=forms.TextInput(attrs=NUMBER),
    )
    asye_until = DateField(
        label="End of the assessed and supported year",
        help_text="Only for the newly qualified: the first day after their year.",
        required=False,
    )


class AddStaffForm(WorkForm):
    """Somebody with an account who is not yet on the staff list."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Whose account?",
        help_text="An administrator makes the account first.",
        empty_label="Choose",
    )
    started_on = DateField(label="First day at work")
    team = forms.ModelChoiceField(Team.objects.none(), label="Team", empty_label="Choose")
    manages = forms.BooleanField(label="They manage this team", required=False)
    field_order = ("user", "job_title", "started_on", "team", "manages", "phone", "employment")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = User.objects.working().filter(staff=None)  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.open_on(today)  # type: ignore[attr-defined]
        self.fields["started_on"].initial = today


class MoveForm(forms.Form):
    """Which team somebody is in, from when."""

    team = forms.ModelChoiceField(Team.objects.none(), label="Which team?", empty_label="Choose")
    on = DateField(label="From which day?")
    manages = forms.BooleanField(label="They manage this team", required=False)
    stays = forms.BooleanField(label="They stay in the teams they are in as well", required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["team"].queryset = Team.objects.open_on(today)  # type: ignore[attr-defined]
        self.fields["on"].initial = today


class RegistrationForm(forms.Form):
    """A registration as it stands on the register."""

    body = forms.ChoiceField(label="Registered with", choices=Body.choices, initial=Body.SWE)
    number = LineField(
        label="Registration number",
        help_text="Look it up on the Social Work England register: SW and then digits.",
        max_length=20,
        width="10",
    )
    started_on = DateField(label="First day")
    expires_on = DateField(
        label="First day it no longer stands",
        help_text="Social Work England’s end on 30 November: enter 1 December.",  # noqa: RUF001
    )

    def clean(self) -> dict[str, Any]:
        """A registration runs forward."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("started_on"), cleaned.get("expires_on")
        if start and end and end <= start:
            self.add_error("expires_on", "The registration must end after it starts")
        return cleaned


class OnForm(forms.Form):
    """A day."""

    on = DateField(label="From which day?", not_future=True)

    def __init__(self, *args: Any, today: date, label: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = today
        if label:
            self.fields["on"].label = label


class TeamForm(forms.Form):
    """What a team is for, and the most one worker should carry in it."""

    kind = forms.ChoiceField(label="What is it for?", choices=TeamKind.choices)
    service = LineField(label="Service", max_length=120, required=False)
    caseload_limit = forms.IntegerField(
        label="Caseload limit for a full-time worker",
        help_text="Weighted. Going over it is a warning and asks for a reason: it is never a bar.",
        min_value=1,
        max_value=100,
        initial=18,
        widget=forms.TextInput(attrs=NUMBER),
    )
    posts = forms.DecimalField(
        label="Full-time posts",
        help_text="How many the team is meant to have: the rest are vacancies.",
        min_value=0,
        max_value=999,
        decimal_places=1,
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
    )


class OpenTeamForm(TeamForm):
    """A new team."""

    name = LineField(label="What is it called?", max_length=120)
    opened_on = DateField(label="From which day?")
    field_order = ("name", "kind", "service", "opened_on")


class RenameTeamForm(OnForm):
    """What a team is called from a day."""

    name = LineField(label="What is it called now?", max_length=120)
    field_order = ("name", "on")


def known(staff: Staff) -> dict[str, Any]:
    """What the form of somebody's work starts with."""
    names = ("job_title", "phone", "employment", "working_share", "asye_until")
    return {name: getattr(staff, name) for name in names}
