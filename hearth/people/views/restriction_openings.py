"""Pages for breaking the glass, and for looking over those who did."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.people import policies_restriction as policies
from hearth.people import restriction_pages as pages
from hearth.people.actions import restriction_openings as actions
from hearth.people.forms_restriction import BreakGlassForm, ReviewForm
from hearth.people.models import RestrictionAccess

PER_PAGE = 25


@guard(policies.break_glass)
def break_glass(request: SignedInRequest) -> HttpResponse:
    """Ask to open a record one cannot see, for a child's safety."""
    form = BreakGlassForm(request.POST or None)
    nothing = False
    if form.is_valid():
        opened = actions.break_glass(**form.cleaned_data, by=request.user)
        if opened:
            done(request, "The record is open to you for 60 minutes. Your manager has been told")
            return redirect("desk:child", person_id=opened[0].pk)
        nothing = True
    context = {"form": form, "nothing": nothing}
    return render(request, "people/restriction/break_glass.html", context)


@guard(policies.openings)
def openings(request: SignedInRequest) -> HttpResponse:
    """Every breaking of the glass, those that wait to be reviewed first."""
    waiting = request.GET.get("show") == "waiting"
    page = Paginator(pages.openings(waiting=waiting), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "openings": pages.with_people(list(page)),
        "waiting": waiting,
        "today": timezone.localdate(),
    }
    return render(request, "people/restriction/openings.html", context)


@guard(policies.review_opening)
def review_opening(request: SignedInRequest, access: RestrictionAccess) -> HttpResponse:
    """Say whether it was right to open the record."""
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        actions.review_opening(access=access, **form.cleaned_data, by=request.user)
        done(request, "Reviewed")
        return redirect("people:openings")
    (opening,) = pages.with_people([access])
    context = {"opening": opening, "form": form}
    return render(request, "people/restriction/review_opening.html", context)
