"""The plans a child has and had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.plans.models import Plan, PlanChild


@dataclass(frozen=True, slots=True)
class PastPlan:
    """A child's time under a plan, with its categories and why it ended, in words."""

    part: PlanChild
    categories: Sequence[str]
    end_reason: str


@dataclass(frozen=True, slots=True)
class PlansOfChild:
    """A child's plans, the newest first, and what is being written."""

    plans: Sequence[PastPlan]
    drafts: Sequence[Plan]
    today: date


def plans_of_child(child: Person, *, today: date) -> PlansOfChild:
    """All the plans of a child, and those being written for them. Three queries."""
    parts = (
        PlanChild.objects.filter(child=child)
        .select_related("plan")
        .prefetch_related("categories")
        .order_by("-started_on", "-pk")
    )
    drafts = Plan.objects.filter(
        needs__child=child, issued_on=None, children=None, task__cancelled_at=None
    )
    return PlansOfChild([_past(part) for part in parts], list(drafts.order_by("-pk")), today)


def _past(part: PlanChild) -> PastPlan:
    found = sorted(part.categories.all(), key=lambda one: (one.since, one.pk))
    words = [code_set("cp_category").label(one.category) for one in found]
    reason = code_set("plan_end_reason").label(part.end_reason) if part.end_reason else ""
    return PastPlan(part, words, reason)
