"""The pages of what the figures are compared with: shares entered here, and put right."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.forms import attempt
from hearth.quality import actions, policies
from hearth.quality.flow.elsewhere import entered
from hearth.quality.forms import ComparatorForm, RightForm
from hearth.quality.models import OwnComparator
from hearth.records.drafts import close_draft, open_draft


@guard(policies.record_comparator)
def record_comparator(request: SignedInRequest) -> HttpResponse:
    """Enter what a share was elsewhere, and see what was entered before."""
    draft = open_draft(request, "quality.record_comparator")
    form = ComparatorForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.record_comparator(by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, "It stands beside the chart")
        return redirect("quality:record_comparator")
    context = {"form": form, "draft": draft, "entered": entered()}
    return render(request, "quality/compared.html", context)


@guard(policies.correct_comparator)
def correct_comparator(request: SignedInRequest, comparator: OwnComparator) -> HttpResponse:
    """Put another figure in its place, or nothing."""
    draft = open_draft(request, f"quality.correct_comparator.{comparator.pk}")
    initial = {"percent": comparator.percent, "source": comparator.source}
    form = RightForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: actions.correct_comparator(
            comparator=comparator, by=request.user, **form.cleaned_data
        ),
    ):
        close_draft(request, draft, "What was wrong is out of the charts")
        return redirect("quality:record_comparator")
    context = {"form": form, "draft": draft, "comparator": comparator}
    return render(request, "quality/compared_wrong.html", context)
