"""Whose parts go to somebody of the family who is nobody's parent or carer on record."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.people.models import Person
from hearth.plans.models import MeetingMember


class WithParts(forms.Form):
    """A form of sending that asks, for each such member, which children's parts they were sent."""

    def ask_for_parts(self, unplaced: Sequence[MeetingMember], children: Sequence[Person]) -> None:
        """Ask it of these members. Whose parts went is said only where they were sent it."""
        self.unplaced = {f"parts_{member.pk}": member for member in unplaced}
        for name, member in self.unplaced.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=f"Whose part went to {member.name}?",
                help_text="The record does not say that they are a parent or carer of any of them.",
                choices=[(str(child.pk), str(child)) for child in children],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            self.fields[name].say_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The children by the member, in place of a field for each member."""
        found = super().clean() or {}
        parts = {
            member.pk: [int(pk) for pk in found.pop(name, [])]
            for name, member in self.unplaced.items()
        }
        return found | {"parts": parts}
