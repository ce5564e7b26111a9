"""Asking which other children of a family something is about too."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.people.models import Person


class OthersField(forms.MultipleChoiceField):
    """Which of some people, as boxes to tick; it gives the people themselves."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, required=False, **options)
        self.known: dict[str, Person] = {}

    def clean(self, value: Any) -> list[Person]:
        """The people who were ticked."""
        return [self.known[pk] for pk in super().clean(value)]


def offer(form: forms.Form, name: str, people: Sequence[Person]) -> None:
    """Let a form's field be answered with these people; where there are none it is not asked."""
    field = form.fields[name]
    if not people or not isinstance(field, OthersField):
        del form.fields[name]
        return
    field.known = {str(person.pk): person for person in people}
    field.choices = [(pk, str(person)) for pk, person in field.known.items()]
