"""The pages of figures: month by month, and the children who dropped out."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.lib.spreadsheets import csv_lines
from hearth.quality import actions, policies
from hearth.quality.flow.dropped import dropped_page, dropped_rows
from hearth.quality.flow.page import months_page, months_rows


@guard(policies.months)
def months(request: SignedInRequest) -> HttpResponse:
    """Enquiries, conferences and plans month by month; or every figure of it as CSV."""
    today = timezone.localdate()
    if request.GET.get("as") == "csv":
        actions.take_out_figures(by=request.user)
        return _csv("enquiries-to-plans", months_rows(request.GET, today=today))
    page = months_page(request.user, request.GET, today=today)
    return render(request, "quality/months.html", {"page": page})


@guard(policies.months)
def dropped(request: SignedInRequest) -> HttpResponse:
    """The children who dropped out at a stage, a page of them, or all of them as CSV."""
    today = timezone.localdate()
    page = dropped_page(request.user, request.GET, today=today)
    if request.GET.get("as") == "csv":
        actions.take_out_dropped(what=page.title, by=request.user)
        return _csv(page.stage, dropped_rows(request.user, request.GET, today=today))
    return render(request, "quality/dropped.html", {"listed": page, "page": page.page})


def _csv(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    response = HttpResponse("".join(csv_lines(rows)), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
