"""The children with a protection plan on any day: read, printed, and taken out as rows."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.lib.spreadsheets import csv_lines
from hearth.protection import actions
from hearth.protection.pages.register import register_page, register_rows
from hearth.protection.policies import register as may_see


@guard(may_see)
def register(request: SignedInRequest) -> HttpResponseBase:
    """The list, a page of it or all of it, or as CSV."""
    today = timezone.localdate()
    page = register_page(request.user, request.GET, today=today)
    if request.GET.get("as") != "csv":
        context = {"listed": page, "filters": page.filters, "page": page.page}
        return render(request, "protection/register.html", context)
    actions.take_out_register(day=page.day, by=request.user)
    lines = csv_lines(register_rows(request.user, request.GET, today=today))
    response = HttpResponse("".join(lines), content_type="text/csv")
    response["Content-Disposition"] = (
        f'attachment; filename="protection-plans-{page.day.isoformat()}.csv"'
    )
    return response


patterns = [path("protection-plans/", register, name="register")]
