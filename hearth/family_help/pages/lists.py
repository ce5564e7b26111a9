"""Child in need plans that stand, and how each goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery

from hearth.casework.models import Allocation, Task
from hearth.family_help.forms import InNeedFilter
from hearth.family_help.process import REVIEW
from hearth.family_help.rules import Quality, quality
from hearth.plans.models import ActionState, Plan, PlanAction, PlanChild, PlanKind

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class InNeedLine:
    """A plan that stands, and how it goes."""

    plan: Plan
    children: Sequence[PlanChild]
    quality: Quality
    started_on: date
    review_on: date | None
    worker: str


@dataclass(frozen=True, slots=True)
class InNeedPage:
    """A page of the list."""

    filters: InNeedFilter
    page: Page[Any]
    lines: Sequence[InNeedLine]
    today: date


def in_need_page(query: Mapping[str, Any], *, today: date) -> InNeedPage:
    """The child in need plans that stand, the one whose review is due first at the top."""
    filters = InNeedFilter(query)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    page = Paginator(_standing(chosen, today), A_PAGE).get_page(query.get("page"))
    return InNeedPage(filters, page, _lines(list(page.object_list), today), today)


def _standing(chosen: Mapping[str, Any], today: date) -> Any:
    current = PlanChild.objects.current().filter(plan=OuterRef("pk"))
    review = Task.objects.outstanding().filter(step_key=REVIEW.key, record_id=OuterRef("pk"))
    found = Plan.objects.filter(Exists(current), kind=PlanKind.CHILD_IN_NEED).annotate(
        started_on=Min("children__started_on"), review_on=Subquery(review.values("due_on")[:1])
    )
    if chosen.get("team"):
        held = Allocation.objects.current().leading().filter(team=chosen["team"])
        found = found.filter(children__child__in=held.values("child"))
    if chosen.get("show") == "late":
        late = PlanAction.objects.filter(
            plan=OuterRef("pk"), state=ActionState.OPEN, due_on__lt=today
        )
        found = found.filter(Exists(late))
    if chosen.get("show") == "review":
        found = found.filter(Q(review_on=None) | Q(review_on__lt=today))
    return found.order_by(F("review_on").asc(nulls_first=True), "pk")


def _lines(plans: Sequence[Any], today: date) -> list[InNeedLine]:
    parts = PlanChild.objects.current().filter(plan__in=plans).select_related("child")
    actions = PlanAction.objects.filter(plan__in=plans)
    by_plan: dict[int, list[PlanChild]] = {}
    for part in parts:
        by_plan.setdefault(part.plan_id, []).append(part)
    asked: dict[int, list[PlanAction]] = {}
    for action in actions:
        asked.setdefault(action.plan_id, []).append(action)
    leads = Allocation.objects.current().leading().filter(child__plan_parts__in=parts)
    who = {one.child_id: str(one.worker) for one in leads.select_related("worker")}
    return [
        InNeedLine(
            plan,
            children := by_plan.get(plan.pk, []),
            quality(asked.get(plan.pk, []), today=today),
            plan.started_on,
            plan.review_on,
            next((who[part.child_id] for part in children if part.child_id in who), ""),
        )
        for plan in plans
    ]
