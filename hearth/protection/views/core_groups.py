"""Core groups: which are due. Each is held on its plan's own pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.protection.pages.core_groups import core_groups_page
from hearth.protection.policies import core_groups as may_see


@guard(may_see)
def core_groups(request: SignedInRequest) -> HttpResponse:
    """The core groups to be held, the most overdue first, and the notes not sent."""
    listed = core_groups_page(request.GET, today=timezone.localdate())
    context = {"listed": listed, "page": listed.page}
    return render(request, "protection/core_groups/list.html", context)


patterns = [path("core-groups/", core_groups, name="core_groups")]
