"""The queue, and what was taken out of hours."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.front_door import policies
from hearth.front_door.forms import ClosedForm, QueueForm
from hearth.front_door.pages import closed
from hearth.front_door.pages import queue as pages

A_PAGE = 50


@guard(policies.queue)
def queue(request: SignedInRequest) -> HttpResponse:
    """Every contact not yet decided, with its age, its risk and its owner."""
    form = QueueForm(request.GET or None)
    answers = form.cleaned_data if form.is_valid() else {}
    contacts = pages.narrowed(pages.waiting_contacts(), answers, request.user)
    page = Paginator(contacts, A_PAGE).get_page(request.GET.get("page"))
    rows = pages.rows_of(list(page), request.user, now=timezone.now())
    context = {
        "page": page,
        "rows": rows,
        "filters": form,
        "may_look_again": policies.closed_in_doubt.allows(request.user, None),
    }
    return render(request, "front_door/queue.html", context)


@guard(policies.out_of_hours)
def out_of_hours(request: SignedInRequest) -> HttpResponse:
    """What was taken out of hours and no manager has yet acknowledged."""
    page = Paginator(pages.unacknowledged(), A_PAGE).get_page(request.GET.get("page"))
    rows = pages.night_rows(list(page), request.user, now=timezone.now())
    return render(request, "front_door/out_of_hours.html", {"page": page, "rows": rows})


@guard(policies.closed_in_doubt)
def closed_in_doubt(request: SignedInRequest) -> HttpResponse:
    """What was closed although something in it asks for another look."""
    form = ClosedForm(request.GET or None)
    days = form.cleaned_data["days"] if form.is_valid() else ""
    found = closed.closed_in_doubt(days=days, today=timezone.localdate())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = closed.closed_rows(list(page), request.user)
    context = {"page": page, "rows": rows, "filters": form}
    return render(request, "front_door/closed_in_doubt.html", context)
