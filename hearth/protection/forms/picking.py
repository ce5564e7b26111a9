"""Questions answered by choosing one of some records: a worker, a child, a paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

Offered = Iterable[tuple[Any, str]]


class PickField(forms.TypedChoiceField):
    """One of the records offered, given back as itself: `PickField([(child, "Amy")], label=...)`.

    Made where the form is made: what it offers is the form's own.
    """

    def __init__(self, offered: Offered, *, blank: str = "Choose", **options: Any) -> None:
        pairs = list(offered)
        known = {str(record.pk): record for record, _ in pairs}
        super().__init__(
            choices=[("", blank), *((str(record.pk), words) for record, words in pairs)],
            coerce=known.get,
            empty_value=None,
            **options,
        )


class PicksField(forms.TypedMultipleChoiceField):
    """Any number of the records offered, as boxes, given back as themselves."""

    def __init__(self, offered: Offered, **options: Any) -> None:
        pairs = list(offered)
        known = {str(record.pk): record for record, _ in pairs}
        super().__init__(
            choices=[(str(record.pk), words) for record, words in pairs],
            coerce=known.get,
            empty_value=[],
            widget=forms.CheckboxSelectMultiple,
            **options,
        )


def by_name(records: Iterable[Any]) -> list[tuple[Any, str]]:
    """Records offered by their own names."""
    return [(record, str(record)) for record in records]


def gather(form: forms.Form, others: Iterable[tuple[str, forms.Form]]) -> bool:
    """Say at the top of the page what is wrong in its other forms; whether nothing was."""
    wrong = False
    for about, other in others:
        errors = other.errors
        assert isinstance(errors, ErrorDict)  # noqa: S101 - a bound form has been checked
        for name, messages in errors.items():
            label = other.fields[name].label if name in other.fields else ""
            for message in messages:
                wrong = True
                words = f"{label}: {message}" if label else message
                form.add_error(None, f"{about}: {words}")
    return not wrong
