"""A child in need plan: begun, sent to a manager, decided; and the list of those that stand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework.models import Task
from hearth.design.forms import attempt
from hearth.family_help import actions, policies
from hearth.family_help.forms import DecideForm, SendForm
from hearth.family_help.pages.lists import in_need_page
from hearth.family_help.pages.making import about_task
from hearth.plans.models import Plan
from hearth.plans.pages.plan import children_of, names_of
from hearth.records.drafts import close_draft, open_draft


@guard(policies.in_need)
def in_need(request: SignedInRequest) -> HttpResponse:
    """The child in need plans that stand, and how each goes."""
    listed = in_need_page(request.GET, today=timezone.localdate())
    context = {"listed": listed, "filters": listed.filters, "page": listed.page}
    return render(request, "family_help/in_need.html", context)


@guard(policies.from_task)
def from_task(request: SignedInRequest, task: Task) -> HttpResponse:
    """From a worker's list to the plan that is being written, or to where it is begun."""
    page = about_task(task, request.user, today=timezone.localdate())
    if page.plan is not None:
        return redirect("plans:plan", page.plan.pk)
    return render(request, "family_help/from_task.html", {"page": page})


@guard(policies.begin_plan)
def begin_plan(request: SignedInRequest, task: Task) -> HttpResponse:
    """Begin to write the plan."""
    if request.method != "POST":
        return redirect("family_help:from_task", task.pk)
    plan = actions.begin_plan(task=task, by=request.user)
    return redirect("plans:plan", plan.pk)


@guard(policies.send_plan)
def send_plan(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """List what is missing; when nothing is, send it."""
    today, task = timezone.localdate(), plan.task
    late = bool(task and task.due_on and task.due_on < today)
    draft = open_draft(request, f"family_help.send.{plan.pk}", about=plan.about)
    # A form with nothing left to ask is sent empty, and is whole.
    form = SendForm(request.POST if request.method == "POST" else None, is_late=late)
    if form.is_valid() and attempt(
        form,
        lambda: actions.send_plan(plan=plan, on=today, by=request.user, **form.cleaned_data),
    ):
        close_draft(request, draft, "Sent to a manager")
        return redirect("plans:plan", plan.pk)
    context = {"plan": plan, "names": names_of(children_of(plan)), "form": form, "draft": draft}
    return render(request, "family_help/send_plan.html", context | {"gaps": actions.gaps_of(plan)})


@guard(policies.decide_plan)
def decide_plan(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Ask a manager whether the plan is agreed, and why."""
    draft = open_draft(request, f"family_help.decide.{plan.pk}", about=plan.about)
    form = DecideForm(request.POST or None, initial={"started_on": timezone.localdate()})
    if form.is_valid() and attempt(form, lambda: _decide(request, plan, form.cleaned_data)):
        agreed = form.cleaned_data["decision"] == "agree"
        close_draft(request, draft, "Agreed: the plan stands" if agreed else "Returned")
        return redirect("plans:plan", plan.pk)
    context = {"plan": plan, "names": names_of(children_of(plan)), "form": form, "draft": draft}
    return render(request, "family_help/decide_plan.html", context)


def _decide(request: SignedInRequest, plan: Plan, said: dict[str, Any]) -> None:
    comments = said["comments"]
    if said["decision"] == "agree":
        actions.agree_plan(
            plan=plan, started_on=said["started_on"], comments=comments, by=request.user
        )
    else:
        actions.return_plan(plan=plan, comments=comments, by=request.user)
