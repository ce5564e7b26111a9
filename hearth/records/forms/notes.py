"""What is asked about a note, a line of routine contact, and a manager's direction."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from hearth.design.forms import CodeField, LineField, MomentField, TextField
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.records.forms.shared import WEIGHT, EditForm, OnceForm
from hearth.records.models import Significance
from hearth.records.models.notes import OVERSIGHT_KINDS

# Visits and a manager's direction have forms of their own.
ELSEWHERE = {
    *OVERSIGHT_KINDS,
    "home_visit",
    "attempted",
    "no_access",
    "office_meeting",
    "out_of_hours",
}
KINDS = [code.code for code in code_set("note_kind") if code.code not in ELSEWHERE]
ROUTINE = ["phone", "text", "email", "letter", "information_received", "attempted", "other"]


class NoteWords(forms.Form):
    """What a note says."""

    happened_at = MomentField(label="When was it?", not_future=True, initial=timezone.now)
    headline = LineField(
        label="What happened, in one line?",
        max_length=200,
        help_text="For routine contact this is enough. It is what the lists show.",
    )
    text = TextField(
        label="What is there to say?",
        required=False,
        rows=8,
        help_text="Facts first, then what you make of them. Every child below shares these words.",
    )
    present = LineField(label="Who was there, or on the line?", max_length=500, required=False)


class NoteForm(OnceForm, NoteWords):
    """A new note."""

    kind = CodeField("note_kind", label="What kind of note is it?", only=KINDS)
    significance = forms.ChoiceField(
        label="How much does it matter?",
        choices=WEIGHT,
        widget=forms.RadioSelect,
        initial=Significance.LOW,
    )
    field_order = ("uuid", "kind", "happened_at", "headline", "text", "present")


class EditNoteForm(EditForm, NoteWords):
    """A note being put right on the day it was written."""


class NotePart(forms.Form):
    """One child's part of a note."""

    included = forms.BooleanField(label="This is about {name}", required=False)
    text = TextField(
        label="Private to {name}",
        required=False,
        rows=3,
        help_text="Shown on no other child's record.",
    )

    def settle(self, _child: Person, *, is_first: bool) -> None:
        """The child whose page it is takes part without being asked."""
        if is_first:
            del self.fields["included"]

    def clean(self) -> dict[str, Any]:
        """Words written for a child who was left out would be lost: ask."""
        cleaned = super().clean() or {}
        cleaned.setdefault("included", "included" not in self.fields)
        if cleaned.get("text") and not cleaned["included"]:
            raise ValidationError(
                "Tick the box to make this about them, or take out the words written for them"
            )
        return cleaned


class EditNotePart(forms.Form):
    """One child's private words, being put right."""

    text = TextField(label="Private to {name}", required=False, rows=3)


class ContactLineForm(OnceForm):
    """Routine contact in one line: it happened now."""

    kind = CodeField("note_kind", label="Kind", only=ROUTINE, blank_label="", initial="phone")
    headline = LineField(label="What happened, in one line?", max_length=200)


class OversightForm(OnceForm):
    """A manager's direction, for one child or a whole sibling group."""

    oversight_point = CodeField(
        "oversight_point", label="At what point are you looking?", as_radios=True
    )
    decision = forms.BooleanField(
        label="This is a decision, and not only direction or oversight", required=False
    )
    text = TextField(
        label="What do you direct, and why?",
        rows=8,
        help_text="What must be done, by whom and by when. It stands at the top of each record.",
    )


class SignificanceOfNoteForm(forms.Form):
    """How much a note matters that had seemed routine."""

    significance = forms.ChoiceField(
        label="How much does it matter?", choices=WEIGHT[1:], widget=forms.RadioSelect
    )


class AddForm(forms.Form):
    """What is added to a note or a visit."""

    text = TextField(label="What do you want to add?", rows=6)
    child = forms.TypedChoiceField(
        label="Whom is it about?", coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, children: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {child.pk: child for child in children}
        field = self.fields["child"]
        if len(children) == 1:
            del self.fields["child"]
        elif isinstance(field, forms.TypedChoiceField):
            field.choices = [("", "All of them")] + [
                (str(child.pk), f"{child} alone: private to them") for child in children
            ]

    def clean_child(self) -> Person | None:
        """The child it is private to, if any."""
        return self.known.get(self.cleaned_data.get("child") or 0)


class FeedbackForm(forms.Form):
    """A manager's feedback on what a worker wrote."""

    text = TextField(
        label="What is your feedback?",
        rows=6,
        help_text="The worker sees it. What they wrote stays as it is.",
    )


class ReasonForm(forms.Form):
    """Why something is taken back, cancelled or changed."""

    reason = LineField(label="Why?", max_length=500)
