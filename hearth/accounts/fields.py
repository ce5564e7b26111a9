"""Choosing a worker on a form."""

from typing import Any

from django import forms

from hearth.accounts.models import User


def worker_in_words(worker: User) -> str:
    """A worker as a list names them: Amara Ashdown, Team manager."""
    return f"{worker}, {worker.role_names}" if worker.roles else str(worker)


class WorkerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who works here, found by typing: `WorkerField(label="Who is it for?")`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=User.objects.working(), empty_label="Choose", **options)

    def label_from_instance(self, obj: Any) -> str:
        """Name and roles."""
        return worker_in_words(obj)


class WorkersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Some of a few workers, as boxes: the form says which, with `among`."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=User.objects.working(), **options)

    def label_from_instance(self, obj: Any) -> str:
        """Name and roles."""
        return worker_in_words(obj)
