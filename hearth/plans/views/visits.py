"""The visits that plans ask for."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework.models import Task
from hearth.plans import policies
from hearth.plans.pages.visits_due import visits_due_page


@guard(policies.visits_due)
def visits_due(request: SignedInRequest) -> HttpResponse:
    """The visits to make, by when or by area."""
    by_area = request.GET.get("by") == "area"
    page = visits_due_page(request.user, by_area=by_area, today=timezone.localdate())
    return render(request, "plans/visits_due.html", {"page": page})


@guard(policies.visit_asked_for)
def visit_asked_for(_request: SignedInRequest, task: Task) -> HttpResponse:
    """From a worker's list to where the visit to that child is recorded."""
    return redirect("records:record_visit", task.about[0])
