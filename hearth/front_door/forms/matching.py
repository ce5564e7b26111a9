"""Saying whose record a described child is."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import YesNoField
from hearth.front_door.models import Contact
from hearth.people.models import Person

LONGEST_ID = 19  # digits: no record has a longer id


class _AboutReported(forms.Form):
    """A question about one of the children somebody described."""

    def __init__(self, contact: Contact, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = contact.reported.filter(child=None)
        self.fields["reported"] = forms.ModelChoiceField(waiting)


class MatchForm(_AboutReported):
    """This child is that record."""

    def __init__(self, contact: Contact, *args: Any, **kwargs: Any) -> None:
        super().__init__(contact, *args, **kwargs)
        known = Person.objects.filter(merged_into=None).exclude(la_child_id=None)
        self.fields["child"] = forms.ModelChoiceField(known)


class NewRecordForm(_AboutReported):
    """This child is nobody on record; `none_of` are the likely matches that were shown."""

    none_of = forms.CharField(required=False)

    def clean_none_of(self) -> list[int]:
        """The ids of the records turned down."""
        asked = str(self.cleaned_data["none_of"]).split(",")
        return [int(pk) for pk in asked if pk.isdecimal() and len(pk) < LONGEST_ID]


class SiblingsForm(forms.Form):
    """Which of the children are brothers and sisters, and whether they live together."""

    children = forms.ModelMultipleChoiceField(
        Person.objects.none(), widget=forms.CheckboxSelectMultiple, label="Brothers and sisters"
    )
    live_together = YesNoField(label="Do they live together?", required=False)

    def __init__(self, children: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        ids = [child.pk for child in children]
        kwargs.setdefault("initial", {"children": ids, "live_together": True})
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = Person.objects.filter(pk__in=ids)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """No answer about the home is no."""
        given: dict[str, Any] = super().clean() or {}
        given["live_together"] = bool(given.get("live_together"))
        return given
