"""Who has the case: allocating, the history of it, and the children nobody has."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework import actions, policies
from hearth.casework.forms.allocating import (
    AllocateForm,
    EndAllocationForm,
    HandOverForm,
    WhereForm,
)
from hearth.casework.models import Allocation, Episode, Task
from hearth.casework.pages import allocating, cases, completing
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.drafts import close_draft, open_draft
from hearth.workforce.models import Staff

PER_PAGE = 50


@guard(policies.episode)
def episode(request: SignedInRequest, episode: Episode) -> HttpResponse:
    """One child's time with the service."""
    page = cases.episode_page(episode, request.user, today=timezone.localdate())
    context = {"page": page, "child": page.child, "current": "case"}
    return render(request, "casework/episode.html", context)


@guard(policies.case_history)
def case_history(request: SignedInRequest, child: Person) -> HttpResponse:
    """Everybody who has and had a child's case."""
    page = cases.history_of(child, request.user, today=timezone.localdate())
    context = {"page": page, "child": child, "current": "case"}
    return render(request, "casework/case_history.html", context)


@guard(policies.allocation)
def allocation(request: SignedInRequest, allocation: Allocation) -> HttpResponse:
    """One worker's time with one child's case, and the direction they were given."""
    page, today = cases.allocation_page(allocation, request.user), timezone.localdate()
    context = {"page": page, "child": allocation.child, "current": "case", "today": today}
    return render(request, "casework/allocation.html", context)


@guard(policies.allocate)
def allocate(request: SignedInRequest, episode: Episode) -> HttpResponse:
    """Choose who has a family's cases, with what each would carry then."""
    today = timezone.localdate()
    where = WhereForm(request.POST or request.GET or None, today=today)
    page = allocating.page_of(episode, where, today=today)
    draft = open_draft(request, f"casework.allocate.{episode.pk}", about=page.about)
    form = AllocateForm(request.POST or None, initial=page.known, **page.form_options)
    if form.is_valid() and attempt(form, lambda: _allocate(request, page, form)):
        close_draft(request, draft, "The case is allocated, and the worker has been told")
        return redirect("casework:episode", episode.pk)
    context = {"page": page, "where": where, "form": form, "draft": draft}
    return render(request, "casework/allocate.html", context)


@guard(policies.allocate_children)
def allocate_children(_request: SignedInRequest, task: Task) -> HttpResponse:
    """Go from the task to the case that is to be given."""
    return redirect("casework:allocate", allocating.case_of(task).pk)


def _allocate(request: SignedInRequest, page: allocating.AllocatePage, form: AllocateForm) -> None:
    if page.team is None:
        raise CannotDo("Choose a team")
    actions.allocate_family(team=page.team, role=page.part, **form.cleaned_data, by=request.user)


@guard(policies.end_allocation)
def end_allocation(request: SignedInRequest, allocation: Allocation) -> HttpResponse:
    """End a co-worker's or a supervisor's part."""
    form = EndAllocationForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid() and attempt(
        form,
        lambda: actions.end_allocation(allocation=allocation, **form.cleaned_data, by=request.user),
    ):
        done(request, f"{allocation.worker} no longer has the case")
        return redirect("casework:case_history", allocation.child_id)
    context = {"allocation": allocation, "child": allocation.child, "form": form}
    return render(request, "casework/end_allocation.html", context)


@guard(policies.hand_over)
def hand_over(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """Give all of one worker's cases and tasks to another."""
    today = timezone.localdate()
    page = allocating.hand_over_page(staff, request.GET.get("team"), request.user, today=today)
    form = HandOverForm(request.POST or None, team=page.team, leaver=staff.user, today=today)
    if form.is_valid() and attempt(
        form,
        lambda: actions.hand_over_all(
            worker=staff.user, team=page.team, **form.cleaned_data, by=request.user
        ),
    ):
        done(request, f"All of {staff}’s work has been given to {form.cleaned_data['to']}")  # noqa: RUF001
        return redirect("workforce:staff", staff.pk)
    return render(request, "casework/hand_over.html", {"page": page, "form": form})


@guard(policies.unallocated)
def unallocated(request: SignedInRequest) -> HttpResponse:
    """Children with an open episode and no lead worker, the gravest and longest first."""
    today = timezone.localdate()
    where = WhereForm(request.GET or None, today=today)
    found = cases.unallocated(team=allocating.team_of(where), today=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = cases.as_waiting(list(page), today=today)
    context = {"page": page, "lines": lines, "where": where, "today": today}
    return render(request, "casework/unallocated.html", context)


@guard(policies.to_complete)
def to_complete(request: SignedInRequest) -> HttpResponse:
    """What open records lack, the longest open first."""
    today = timezone.localdate()
    where = WhereForm(request.GET or None, today=today)
    team = allocating.team_of(where)
    found = completing.open_records(request.user, team=team, today=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = completing.lacking(list(page), today=today)
    context = {"page": page, "lines": lines, "where": where}
    return render(request, "casework/to_complete.html", context)
