"""What several forms of this room ask: of which children, and once only."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hearth.design.forms import ChildParts
from hearth.people.models import Person
from hearth.records.models import Significance

WEIGHT = [
    (Significance.LOW, "Routine: it stays out of the chronology"),
    (Significance.MEDIUM, "It matters: put it in the chronology"),
    (Significance.HIGH, "It matters a great deal"),
]


class OnceForm(forms.Form):
    """A form that is one record however often it is sent: its id is made when the page is."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


class EditForm(forms.Form):
    """A form about words that somebody may have changed since the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.record = record
        self.is_stale = False
        self.fields["version"].initial = record.version

    def clean(self) -> dict[str, Any]:
        """When the words have changed since, keep these and show both."""
        cleaned = super().clean() or {}
        if cleaned.get("version") not in (None, self.record.version):
            self.is_stale = True
            # A copy, not `{**data}`: that would turn what was typed into lists of it.
            sent: Any = self.data
            data = sent.copy()
            data[self.add_prefix("version")] = str(self.record.version)
            self.data = data
            self.add_error(
                None,
                "This was changed in another window while you were writing. What it says now is "
                "below; what you typed is in the form. Send it again to replace what it says",
            )
        return cleaned


def named_parts(
    form_class: type[forms.Form],
    children: Sequence[Person],
    *,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[int, Mapping[str, Any]] | None = None,
) -> ChildParts[Person]:
    """A part of the form for each child, asking by name. The first child's part is always in."""
    parts = ChildParts(form_class, children, data=data, initial=initial)
    for part in parts:
        for field in part.form.fields.values():
            field.label = str(field.label).format(
                name=part.child.known_as or part.child.given_names
            )
        settle = getattr(part.form, "settle", None)
        if settle is not None:
            settle(part.child, is_first=part.number == 1)
    return parts
