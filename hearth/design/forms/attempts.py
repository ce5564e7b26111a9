"""Doing what a form asks, and saying on the form itself when it could not be done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction

from hearth.lib.errors import CannotDo


def attempt(form: forms.Form, deed: Callable[[], Any]) -> bool:
    """Do the deed; if it cannot be done, undo it and say why at the top of the form.

    Nothing typed is lost: `if form.is_valid() and attempt(form, lambda: actions.allocate(...))`.
    """
    try:
        with transaction.atomic():
            deed()
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
