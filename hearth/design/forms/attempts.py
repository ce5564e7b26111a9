"""Doing what a form asks, and saying on the form itself what is wrong or could not be done."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import transaction

from hearth.design.drafts import Draft
from hearth.lib.errors import CannotDo


def attempt(form: forms.Form, deed: Callable[[], Any], *, draft: Draft | None = None) -> bool:
    """Do the deed; if it cannot be done, undo it and say why at the top of the form.

    Nothing typed is lost: `if form.is_valid() and attempt(form, lambda: actions.allocate(...))`.
    A form that several may be writing gives its draft: nothing is done where it was written over
    another's words that were not seen, and the page says so.
    """
    if draft is not None and draft.unseen:
        return False
    try:
        with transaction.atomic():
            deed()
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def need_all(form: forms.BaseForm, said: Mapping[str, Any], needed: Mapping[str, str]) -> None:
    """Ask for each of these answers that was not given, unless what was typed is refused already.

    For a form whose questions belong together: all of them once one is answered.
    """
    for name, message in needed.items():
        if not said.get(name) and name not in form.errors:
            form.add_error(name, message)
