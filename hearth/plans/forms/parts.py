"""To whom a paper goes; and whose parts, where somebody is nobody's parent or carer on record."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.people.models import Person
from hearth.plans.models import MeetingMember


class WithParts(forms.Form):
    """A form of sending: to whom of those who are still to have it, and why late where it is.

    Whoever makes one has the fields `members` and `late_reason`, in its own words. For each member
    who is nobody's parent or carer on record it asks which children's parts they were sent.
    """

    def __init__(
        self,
        *args: Any,
        members: Sequence[MeetingMember],
        children: Sequence[Person],
        unplaced: Sequence[MeetingMember],
        is_late: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.known = {str(member.pk): member for member in members}
        field: Any = self.fields["members"]
        field.choices = [(pk, str(member)) for pk, member in self.known.items()]
        field.initial = list(self.known)
        self.fields["late_reason"].required = is_late
        if not is_late:
            del self.fields["late_reason"]
        self._ask_for_parts(unplaced, children)

    def _ask_for_parts(self, unplaced: Sequence[MeetingMember], children: Sequence[Person]) -> None:
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

    def clean_members(self) -> list[MeetingMember]:
        """The members themselves."""
        return [self.known[pk] for pk in self.cleaned_data["members"]]

    def clean(self) -> dict[str, Any]:
        """The children by the member, in place of a field for each member."""
        found = super().clean() or {}
        parts = {
            member.pk: [int(pk) for pk in found.pop(name, [])]
            for name, member in self.unplaced.items()
        }
        return found | {"parts": parts}
