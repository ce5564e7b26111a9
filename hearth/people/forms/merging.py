"""The questions about two records that may be of one person."""

from typing import Any

from django import forms

from hearth.design.forms import TextField
from hearth.people.actions import why_not_merge
from hearth.people.models import Person


class ProposeForm(forms.Form):
    """Which record is kept, and why both are of one person."""

    keep = forms.ChoiceField(label="Which record is to be kept?", widget=forms.RadioSelect)
    reason = TextField(
        label="How do you know that both are of one person?",
        help_text="What you compared, and who confirmed it",
        rows=4,
    )

    def __init__(self, data: Any = None, *, person: Person, other: Person) -> None:
        self.people = {str(person.pk): person, str(other.pk): other}
        super().__init__(data)
        self.fields["keep"].choices = [(pk, _told(each)) for pk, each in self.people.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say here what stands in the way."""
        cleaned = super().clean() or {}
        if not self.errors:
            both = self.both()
            if why := why_not_merge(both["person"], both["other_person"]):
                raise forms.ValidationError(why)
        return cleaned

    def both(self) -> dict[str, Person]:
        """The record that gives way, and the one that is kept."""
        kept = self.people[self.cleaned_data["keep"]]
        given = next((p for pk, p in self.people.items() if p != kept), kept)
        return {"person": given, "other_person": kept}

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.both(), "reason": self.cleaned_data["reason"]}


def _told(person: Person) -> str:
    number = f", {person.la_child_id}" if person.la_child_id else ", not a child's record"
    return f"{person.full_name}{number}"


class AgreeForm(forms.Form):
    """That a manager looked at both records."""

    looked = forms.BooleanField(label="I have looked at both records, and they are of one person")


class WhyForm(forms.Form):
    """Why a merge is refused, or undone."""

    reason = TextField(label="", rows=4)

    def __init__(self, data: Any = None, *, label: str) -> None:
        super().__init__(data)
        self.fields["reason"].label = label
