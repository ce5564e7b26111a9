"""The questions about a birth, the end of a pregnancy, and a death."""

from datetime import date
from typing import Any

from django import forms

from hearth.design.forms import CodeField, DateField, LineField
from hearth.people.models import Person


class BirthHappenedForm(forms.Form):
    """When and as whom a child who was expected was born."""

    born_on = DateField(label="When was the child born?", not_future=True)
    sex = CodeField("sex", label="Sex recognised in law", as_radios=True)
    given_names = LineField(
        label="First names",
        required=False,
        max_length=200,
        help_text="Leave empty if they have not been named yet",
    )
    family_name = LineField(label="Family name", required=False, max_length=200)

    def __init__(self, data: Any = None, *, person: Person, today: date) -> None:
        super().__init__(data, initial={"family_name": person.family_name})
        self.fields["sex"].on = today  # type: ignore[attr-defined]


class PregnancyEndedForm(forms.Form):
    """The day a pregnancy ended without a birth."""

    ended_on = DateField(label="When did the pregnancy end?", not_future=True)


class DeathForm(forms.Form):
    """The day somebody died."""

    died_on = DateField(label="When did they die?", not_future=True)
