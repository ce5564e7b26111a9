"""The questions about relationships, households and moves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from hearth.design.forms import CodeField, DateField, LineField, YesNoField
from hearth.people.actions import why_not_record
from hearth.people.models import AddressKind, Person, Relationship


class NewRelationshipForm(forms.Form):
    """What one person is to another, and whether they have parental responsibility."""

    code = CodeField("relationship", label="")
    parental_responsibility = YesNoField(
        label="",
        required=False,
        help_text="Leave empty if it is not known, or does not arise",
    )
    started_on = DateField(
        label="Since when?", required=False, help_text="Leave empty if always, or not known"
    )
    detail = LineField(label="Anything to add", required=False, max_length=300)

    def __init__(self, data: Any = None, *, person: Person, other: Person, today: date) -> None:
        self.person, self.other, self.today = person, other, today
        super().__init__(data)
        self.fields["code"].label = f"What is {person} to {other}?"
        self.fields[
            "parental_responsibility"
        ].label = f"Is there parental responsibility between {person} and {other}?"

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data

    def clean(self) -> dict[str, Any]:
        """Say here what stands in the way, with every word kept."""
        cleaned = super().clean() or {}
        if not self.errors:
            if self.person.pk == self.other.pk:
                raise forms.ValidationError("Nobody is their own relative. Choose somebody else")
            fact = Relationship(person=self.person, other_person=self.other, **cleaned)
            if why := why_not_record(fact, today=self.today):
                raise forms.ValidationError(why)
        return cleaned


class PeopleField(forms.MultipleChoiceField):
    """Some of the people of a family, ticked."""

    widget = forms.CheckboxSelectMultiple


class NewHouseholdForm(forms.Form):
    """Who lives together, and since when."""

    who = PeopleField(label="Who lives together?", required=False)
    started_on = DateField(label="Since when?", required=False, not_future=True)

    def __init__(self, data: Any = None, *, people: Sequence[Person], person: Person) -> None:
        self.people, self.person = {str(p.pk): p for p in people}, person
        super().__init__(data)
        self.fields["who"].choices = [(pk, p.name) for pk, p in self.people.items()]  # type: ignore[attr-defined]
        if not self.people:
            del self.fields["who"]

    @property
    def members(self) -> list[Person]:
        """Whoever was ticked, and the person from whom the household was begun."""
        ticked = [self.people[pk] for pk in self.cleaned_data.get("who", [])]
        return [self.person, *ticked]


class JoinForm(forms.Form):
    """Since when somebody lives in a household."""

    started_on = DateField(label="Since when?", required=False, not_future=True)


class MoveForm(forms.Form):
    """Where a household moved, when, and who stayed behind."""

    lines = LineField(label="New address", max_length=300)
    postcode = LineField(label="Postcode", required=False, max_length=10, width="10")
    moved_on = DateField(label="When did they move?", not_future=True)
    kind = forms.ChoiceField(
        label="What is this address?",
        choices=[c for c in AddressKind.choices if c[0] != AddressKind.OTHER],
        widget=forms.RadioSelect,
        initial=AddressKind.HOME,
    )
    who_stayed = PeopleField(label="Who did not move with them?", required=False)
    confidential = forms.BooleanField(
        label="Keep it from others in the family, and off every letter", required=False
    )

    def __init__(self, data: Any = None, *, people: Sequence[Person]) -> None:
        super().__init__(data)
        self.fields["who_stayed"].choices = [(str(p.pk), p.name) for p in people]  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        staying = [int(pk) for pk in said.pop("who_stayed")]
        return {**said, "staying": staying}
