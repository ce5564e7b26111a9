"""How the list of children with a protection plan is narrowed."""

from typing import Any

from django import forms

from hearth.design.forms import DateField
from hearth.lib.codes import code_set
from hearth.workforce.models import Team


class RegisterForm(forms.Form):
    """On which day, under which category, and whose."""

    day = DateField(label="On which day?", not_future=True, required=False)
    category = forms.ChoiceField(label="Category", required=False)
    team = forms.ModelChoiceField(
        Team.objects.none(), label="Team", required=False, empty_label="All teams"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["category"].choices = [("", "Any"), *code_set("cp_category").choices()]
        fields["team"].queryset = Team.objects.order_by("name")
        for field in fields.values():
            field.say_optional = False
