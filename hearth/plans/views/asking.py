"""What a plan asks: an action put in it, how it goes, its end; and what is done if it fails."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.forms import attempt
from hearth.plans import actions, policies
from hearth.plans.forms import (
    ActionForm,
    ContingencyForm,
    EndActionForm,
    ProgressForm,
    TakeOutForm,
)
from hearth.plans.models import Contingency, Plan, PlanAction
from hearth.plans.pages.action import action_page
from hearth.plans.pages.plan import children_of, names_of, workers_for
from hearth.records.drafts import close_draft, open_draft


@guard(policies.add_action)
def add_action(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Ask what is to be done, by whom, by when and how we will know."""
    today, children = timezone.localdate(), children_of(plan)
    draft = open_draft(request, f"plans.action.{plan.pk}", about=plan.about)
    form = ActionForm(request.POST or None, children=children, workers=workers_for(plan, today))
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_action(plan=plan, action=form.action, set_on=today, by=request.user),
    ):
        close_draft(request, draft, "The action is in the plan")
        again = "another" in request.POST
        return redirect("plans:add_action" if again else "plans:plan", plan.pk)
    context = {"plan": plan, "names": names_of(children), "form": form, "draft": draft}
    return render(request, "plans/add_action.html", context)


@guard(policies.add_contingency)
def add_contingency(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Ask what is done if the plan does not keep the children safe."""
    draft = open_draft(request, f"plans.contingency.{plan.pk}", about=plan.about)
    form = ContingencyForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_contingency(plan=plan, contingency=form.contingency, by=request.user),
    ):
        close_draft(request, draft, "It is in the plan")
        return redirect("plans:plan", plan.pk)
    names = names_of(children_of(plan))
    context = {"plan": plan, "names": names, "form": form, "draft": draft}
    return render(request, "plans/add_contingency.html", context)


@guard(policies.end_contingency)
def end_contingency(request: SignedInRequest, contingency: Contingency) -> HttpResponse:
    """Ask from when a contingency no longer holds."""
    form = TakeOutForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid() and attempt(
        form,
        lambda: actions.end_contingency(
            contingency=contingency, by=request.user, **form.cleaned_data
        ),
    ):
        return redirect("plans:plan", contingency.plan_id)
    context = {"contingency": contingency, "form": form}
    return render(request, "plans/end_contingency.html", context)


@guard(policies.action)
def action(request: SignedInRequest, action: PlanAction) -> HttpResponse:
    """One action: all that is known of how it has gone."""
    page = action_page(action, request.user, today=timezone.localdate())
    return render(request, "plans/action.html", {"page": page})


@guard(policies.record_progress)
def record_progress(request: SignedInRequest, action: PlanAction) -> HttpResponse:
    """Ask how an action goes, between meetings."""
    form = ProgressForm(request.POST or None, initial={"seen_on": timezone.localdate()})
    return _about_action(request, action, form, "plans/record_progress.html", "Recorded")


@guard(policies.end_action)
def end_action(request: SignedInRequest, action: PlanAction) -> HttpResponse:
    """Ask what became of an action."""
    form = EndActionForm(request.POST or None, initial={"on": timezone.localdate()})
    return _about_action(request, action, form, "plans/end_action.html", "The action has ended")


def _about_action(
    request: SignedInRequest, action: PlanAction, form: Any, template: str, said: str
) -> HttpResponse:
    draft = open_draft(request, f"{template}.{action.pk}", about=action.about)
    do = actions.end_action if "state" in form.fields else actions.record_progress
    if form.is_valid() and attempt(
        form, lambda: do(action=action, by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, said)
        return redirect("plans:action", action.pk)
    return render(request, template, {"action": action, "form": form, "draft": draft})
