"""What a worker is told, and that they have read it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hearth.accounts import actions, pages, policies
from hearth.accounts.guard import SignedInRequest, guard
from hearth.accounts.models import Notice

PER_PAGE = 25


@guard(policies.notices)
def notices(request: SignedInRequest) -> HttpResponse:
    """All one was told, the newest first."""
    page = Paginator(pages.notices_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/notices.html", {"page": page})


@require_POST
@guard(policies.read_notice)
def read_notice(request: SignedInRequest, notice: Notice) -> HttpResponse:
    """Note that it was read, and go to the page it leads to."""
    actions.read_notice(notice=notice, by=request.user)
    return redirect(notice.page or "accounts:notices")
