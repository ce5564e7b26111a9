"""The questions an administrator answers about a worker's account, and the filters of lists."""

from typing import Any

from django import forms

from hearth.accounts.fields import WorkerField
from hearth.accounts.models import TrailKind
from hearth.accounts.roles import STAFF, Role
from hearth.accounts.trail_pages import Wanted
from hearth.design.forms import DateField, LineField, TextField

ROLES = [(role.value, role.label) for role in STAFF]


class RolesField(forms.MultipleChoiceField):
    """What somebody is employed to do, as boxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=ROLES, **options)


class AccountForm(forms.Form):
    """Who a worker is, and the address they sign in with."""

    first_name = LineField(label="First name", max_length=150)
    last_name = LineField(label="Last name", max_length=150)
    email = forms.EmailField(label="Work email address", max_length=150)

    def clean_email(self) -> str:
        """As it is kept."""
        return str(self.cleaned_data["email"]).lower()


class NewWorkerForm(AccountForm):
    """Somebody who has started work here."""

    roles = RolesField(label="What are they employed to do?")


class RolesForm(forms.Form):
    """What a worker may do from now on."""

    roles = RolesField(label="What are they employed to do?")


class RequestRolesForm(RolesForm):
    """What an administrator's account should be able to do as well, and why."""

    reason = TextField(label="Why are these roles needed?", rows=3, max_length=2_000)


class WorkersFilter(forms.Form):
    """Which accounts."""

    q = LineField(label="Name or email address", required=False)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Any role"), *ROLES])
    state = forms.ChoiceField(
        label="Account",
        required=False,
        choices=[("", "Open"), ("closed", "Closed"), ("all", "All")],
    )

    def clean_role(self) -> Role | None:
        """The role itself."""
        role = self.cleaned_data["role"]
        return Role(role) if role else None


class TrailFilter(forms.Form):
    """Which events of the trail."""

    kind = forms.ChoiceField(
        label="What", required=False, choices=[("", "Everything"), *TrailKind.choices]
    )
    worker = WorkerField(label="Worker", required=False)
    first = DateField(label="From", required=False)
    last = DateField(label="To", required=False)

    def __init__(self, *args: Any, leaving_out: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in leaving_out:
            del self.fields[name]

    def wanted(self) -> Wanted:
        """What was asked for; an answer that makes no sense narrows nothing, and says so."""
        answers = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        given = {key: value for key, value in answers.items() if value}
        return Wanted(**given)
