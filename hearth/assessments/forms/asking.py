"""How the questions of an assessment become boxes on a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from hearth.assessments.questions import QUESTIONS
from hearth.design.forms import CodeField, DateField, LineField, TextField, YesNoField


class KeptHidden(forms.TextInput):
    """A value nobody sees, which a draft must bring back with the words it belongs to.

    A draft leaves out hidden inputs, so this is a text input that is not shown.
    """

    is_hidden = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Not shown, not reached by the keyboard."""
        return super().get_context(name, value, {**(attrs or {}), "hidden": True})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the page, with what is known and what was said last time beside it."""

    field: BoundField
    known: str = ""
    last: str = ""


class SectionForm(forms.Form):
    """Answers of one place in a section. None is required: a section is saved as far as it goes.

    `read` carries prints of what the worker saw, so that nobody's words are written over unseen.
    """

    read = forms.CharField(required=False, widget=KeptHidden)
    # Coded rows that may be added to, by what they are of; and words above the questions.
    rows: Mapping[str, Any] = {}
    notice = ""

    def speak_of(
        self,
        name: str,
        known: Mapping[str, str] | None = None,
        last: Mapping[str, str] | None = None,
    ) -> None:
        """Say the child's name in the questions, and put what is known beside them."""
        self.known, self.last = known or {}, last or {}
        for key, field in self.fields.items():
            if question := QUESTIONS.get(key):
                field.label = question.asked_of(name)
                field.help_text = question.help_for(name)

    def asked(self) -> Iterator[Asked]:
        """Each question, with what stands beside it."""
        known: Mapping[str, str] = getattr(self, "known", {})
        last: Mapping[str, str] = getattr(self, "last", {})
        for field in self.visible_fields():
            yield Asked(field, known.get(field.name, ""), last.get(field.name, ""))

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, apart from what was read."""
        return {key: value for key, value in self.cleaned_data.items() if key != "read"}


def ask(field: str, kind: type[forms.Field] = TextField, *given: Any, **options: Any) -> Any:
    """A question of the assessment as a form field, in its own words."""
    question = QUESTIONS[field]
    made = kind(
        *given,
        label=question.label,
        help_text=question.help_for(""),
        required=False,
        **options,
    )
    # It need not be answered now; it must be before the assessment is sent.
    made.say_optional = False  # type: ignore[attr-defined]
    return made


def ask_date(field: str) -> Any:
    """A question answered with a day that has been."""
    return ask(field, DateField, not_future=True)


def ask_line(field: str) -> Any:
    """A question answered in a line."""
    return ask(field, LineField)


def ask_yes_no(field: str) -> Any:
    """A question answered with yes or no."""
    return ask(field, YesNoField)


def ask_code(field: str, set_key: str, **options: Any) -> Any:
    """A question answered with a code."""
    return ask(field, CodeField, set_key, **options)
