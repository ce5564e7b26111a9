"""Where a task is opened."""

from django.urls import NoReverseMatch, reverse

from hearth.casework.models import Task


def address_of(task: Task) -> str:
    """The page where a task is done; or its own page, which says whose it is and why it is due."""
    if task.page is not None:
        try:
            return reverse(task.page[0], args=[task.page[1]])
        except NoReverseMatch:
            pass
    return reverse("casework:task", args=[task.pk])
