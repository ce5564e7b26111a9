"""Questions that several forms of the front door ask in the same way."""

from datetime import date
from typing import Any

from django import forms

from hearth.design.forms import CodeField, TextField
from hearth.front_door.rules import ABOUT_HARM
from hearth.lib.codes import code_set

LATE = "Why is this late?"


class ConcernsField(forms.MultipleChoiceField):
    """What a contact is about: signs of significant harm first, then everything else."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "What is it about?")
        options.setdefault("required", False)
        super().__init__(choices=grouped_concerns(), **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        """Small boxes: there are many, and few are ticked."""
        return {"class": "govuk-checkboxes--small"}


def grouped_concerns() -> list[tuple[str, list[tuple[str, str]]]]:
    """The concerns in their two groups."""
    codes = list(code_set("contact_concern"))
    harm = [(code.code, code.label) for code in codes if code.note == ABOUT_HARM]
    rest = [(code.code, code.label) for code in codes if code.note != ABOUT_HARM]
    return [
        ("Signs of significant harm: a manager must look today", harm),
        ("Other worries", rest),
    ]


def consent_fields() -> dict[str, forms.Field]:
    """Whether the family agreed, and the lawful reason where they have not."""
    return {
        "consent": CodeField(
            "consent", as_radios=True, label="Does the family agree to what we are doing?"
        ),
        "lawful_basis": CodeField(
            "lawful_basis",
            label="If they do not, or were not asked: the lawful reason for going on",
            blank_label="Choose, unless they agreed",
            required=False,
        ),
        "consent_note": TextField(label="What was said about agreement", rows=2, required=False),
    }


def ask_why_late(form: forms.Form, due_on: date | None, today: date) -> None:
    """Ask for the reason when a task is done after its day."""
    if due_on is not None and today > due_on:
        form.fields["late_reason"] = TextField(label=LATE, rows=2)
