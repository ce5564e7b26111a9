"""The queue, and what was taken out of hours."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.front_door import policies
from hearth.front_door.forms import QueueForm
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
    return render(request, "front_door/queue.html", {"page": page, "rows": rows, "filters": form})


@guard(policies.out_of_hours)
def out_of_hours(request: SignedInRequest) -> HttpResponse:
    """What was taken out of hours and no manager has yet acknowledged."""
    page = Paginator(pages.unacknowledged(), A_PAGE).get_page(request.GET.get("page"))
    rows = pages.night_rows(list(page), request.user, now=timezone.now())
    return render(request, "front_door/out_of_hours.html", {"page": page, "rows": rows})
