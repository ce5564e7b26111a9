"""A plan: read, written, and each child's part of it changed or ended."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.forms import attempt
from hearth.people.models import Person
from hearth.plans import actions, policies
from hearth.plans.forms import EndPartForm, NeedsPart, VisitsForm, WritePlanForm
from hearth.plans.models import Plan, PlanChild
from hearth.plans.pages.plan import chairs, children_of, names_of, plan_page
from hearth.plans.pages.plans_of_child import plans_of_child
from hearth.records.drafts import changed_since, close_draft, open_draft
from hearth.records.forms.shared import named_parts


@guard(policies.plan)
def plan(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """The whole of a plan, as it stands today."""
    page = plan_page(plan, request.user, today=timezone.localdate())
    return render(request, "plans/plan.html", {"page": page})


@guard(policies.child_plans)
def child_plans(request: SignedInRequest, child: Person) -> HttpResponse:
    """The plans a child has and had, the newest first."""
    page = plans_of_child(child, today=timezone.localdate())
    context = {"page": page, "child": child, "current": "plans"}
    return render(request, "plans/child_plans.html", context)


@guard(policies.write_plan)
def write_plan(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Ask what a plan is for, and what each child needs and says."""
    children = children_of(plan)
    draft = open_draft(request, f"plans.write.{plan.pk}", about=plan.about, shared=True)
    form = WritePlanForm(request.POST or None, record=plan, initial=vars(plan))
    said = {needs.child_id: vars(needs) for needs in plan.needs.all()}
    parts = named_parts(NeedsPart, children, data=request.POST or None, initial=said)
    if form.is_valid() & parts.is_valid() and attempt(
        form,
        lambda: actions.write_plan(
            plan=plan,
            children={child.pk: answers for child, answers in parts.cleaned_data},
            by=request.user,
            **form.cleaned_data,
        ),
        draft=draft,
    ):
        close_draft(request, draft, "Saved")
        return redirect("plans:plan", plan.pk)
    stale = form.is_stale or changed_since(draft, plan)
    context = {"plan": plan, "names": names_of(children), "form": form, "parts": parts}
    return render(request, "plans/write_plan.html", context | {"draft": draft, "is_stale": stale})


@guard(policies.set_visits)
def set_visits(request: SignedInRequest, part: PlanChild) -> HttpResponse:
    """Ask how often a child is visited under their plan, and who agreed it."""
    draft = open_draft(request, f"plans.visits.{part.pk}", about=[part.child_id])
    known = {"visit_days": part.visit_days, "reason": part.visit_reason}
    form = VisitsForm(request.POST or None, chairs=chairs(timezone.localdate()), initial=known)
    if form.is_valid() and attempt(
        form,
        lambda: actions.agree_visits(part=part, by=request.user, **form.cleaned_data),
    ):
        close_draft(request, draft, "Saved. The next visit's day was worked out again")
        return redirect("plans:plan", part.plan_id)
    context = {"part": part, "child": part.child, "form": form, "draft": draft}
    return render(request, "plans/set_visits.html", context)


@guard(policies.end_part)
def end_part(request: SignedInRequest, part: PlanChild) -> HttpResponse:
    """Ask why a child's plan ends without a meeting, and from which day."""
    draft = open_draft(request, f"plans.end.{part.pk}", about=[part.child_id])
    form = EndPartForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.end_part(part=part, by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, f"The plan of {part.child} has ended")
        return redirect("plans:plan", part.plan_id)
    context = {"part": part, "child": part.child, "form": form, "draft": draft}
    return render(request, "plans/end_part.html", context)
