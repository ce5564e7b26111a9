"""Two records that may be of one person, side by side: proposed, decided, undone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.people import actions, family_pages, merge_pages, pages, policies
from hearth.people.forms.merging import AgreeForm, ProposeForm, WhyForm
from hearth.people.models import Merge, Person

PER_PAGE = 25


@guard(policies.merges)
def merges(request: SignedInRequest) -> HttpResponse:
    """What is waiting for a manager, and what was decided."""
    found = merge_pages.listed(request.user, request.GET)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/merges.html", {"page": page, "show": request.GET.get("show")})


@guard(policies.propose_merge)
def propose_merge(request: SignedInRequest, person: Person) -> HttpResponse:
    """Choose the other record, see both, and say why they are of one person."""
    today = timezone.localdate()
    if "with" not in request.GET:
        page = merge_pages.choosing(request.GET, person, request.user, today=today)
        return render(request, "people/choose_record.html", {"child": person, "page": page})
    other = pages.somebody(request.GET["with"], request.user)
    form = ProposeForm(request.POST or None, person=person, other=other)
    if form.is_valid():
        merge = actions.propose_merge(by=request.user, **form.answers)
        messages.success(request, "A manager can now agree or refuse the merge")
        return redirect("people:merge", merge.pk)
    both = merge_pages.side_by_side(person, other, today=today)
    context = {"child": person, "other": other, "form": form, "both": both}
    return render(request, "people/propose_merge.html", context)


@guard(policies.merge)
def merge(request: SignedInRequest, merge: Merge) -> HttpResponse:
    """A merge, with both records and what is to be decided."""
    page = merge_pages.page_of(merge, request.user, today=timezone.localdate())
    return render(request, "people/merge.html", {"merge": merge, "page": page})


@guard(policies.agree_merge)
def agree_merge(request: SignedInRequest, merge: Merge) -> HttpResponse:
    """See what will move, and make two records one."""
    form = AgreeForm(request.POST or None)
    if form.is_valid():
        actions.agree_merge(merge=merge, by=request.user)
        messages.success(request, f"The records are one: {merge.other_person}")
        return redirect(family_pages.home_of(merge.other_person))
    page = merge_pages.page_of(merge, request.user, today=timezone.localdate())
    return render(request, "people/agree_merge.html", {"merge": merge, "page": page, "form": form})


@guard(policies.refuse_merge)
def refuse_merge(request: SignedInRequest, merge: Merge) -> HttpResponse:
    """Say why the records are not to be merged."""
    form = WhyForm(request.POST or None, label="Why are they not to be merged?")
    if form.is_valid():
        actions.refuse_merge(merge=merge, by=request.user, **form.cleaned_data)
        messages.success(request, "The merge is refused")
        return redirect("people:merge", merge.pk)
    return render(request, "people/refuse_merge.html", {"merge": merge, "form": form})


@guard(policies.undo_merge)
def undo_merge(request: SignedInRequest, merge: Merge) -> HttpResponse:
    """Say why the records are of two people, and make them two again."""
    form = WhyForm(request.POST or None, label="Why are they two people?")
    if form.is_valid():
        actions.undo_merge(merge=merge, by=request.user, **form.cleaned_data)
        messages.success(request, "The records are two again")
        return redirect("people:merge", merge.pk)
    page = merge_pages.page_of(merge, request.user, today=timezone.localdate())
    return render(request, "people/undo_merge.html", {"merge": merge, "page": page, "form": form})
