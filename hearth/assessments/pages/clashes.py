"""Two workers' answers to one question, shown side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from hearth.assessments.actions import Clash
from hearth.assessments.actions.merging import settled
from hearth.assessments.models import Assessment, SectionSave


@dataclass(frozen=True, slots=True)
class ShownClash:
    """Two answers to one question, to be read side by side."""

    who: str
    label: str
    theirs: str
    mine: str
    by: str


def read_again(form: forms.Form, clashes: Sequence[Clash]) -> None:
    """Let a form go on from what its worker has now been shown, with their own words in it."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix("read")] = settled(form.cleaned_data["read"], clashes)
    form.data = data


def last_saved(assessment: Assessment, section: str) -> str:
    """Who saved a section last."""
    last = (
        SectionSave.objects.filter(assessment=assessment, section=section)
        .select_related("recorded_by")
        .order_by("-recorded_at", "-pk")
        .first()
    )
    return str(last.recorded_by) if last else ""
