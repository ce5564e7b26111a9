"""What the help of children in need puts on shared pages."""

from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.casework.models import Submission
from hearth.family_help import policies
from hearth.family_help.models import InNeedReviewChild
from hearth.family_help.process import PLAN
from hearth.lib.panels import (
    PROTECTION,
    NavLink,
    Panel,
    nav_link,
    plan_panel,
)
from hearth.plans.models import Plan, PlanKind

nav_link(
    NavLink(
        "in_need",
        "Children in need",
        "family_help:in_need",
        policies.in_need,
        order=37,
        group=PROTECTION,
    )
)


@plan_panel
def in_need_next(worker: User, plan: Plan, today: date) -> Panel | None:
    """What a child in need plan waits for, and what its reviews decided. Two queries at most."""
    if plan.kind != PlanKind.CHILD_IN_NEED:
        return None
    reviews = _reviews(plan) if plan.issued_on else []
    if plan.issued_on and not reviews:
        return None  # nothing is waited for, and nothing has been decided yet
    context: dict[str, Any] = {
        "plan": plan,
        "may_send": policies.send_plan.allows(worker, plan),
        "may_decide": policies.decide_plan.allows(worker, plan),
        "returned": _returned(plan),
        "reviews": reviews,
        "today": today,
    }
    return Panel("in_need", "What happens next", "family_help/_plan_panel.html", context)


def _returned(plan: Plan) -> Submission | None:
    task = plan.task
    if task is None or task.step_key != PLAN.key or task.done_at or task.signed_off_at:
        return None
    latest = task.submissions.select_related("decided_by").order_by("-number").first()
    return latest if latest is not None and latest.comments else None


def _reviews(plan: Plan) -> list[InNeedReviewChild]:
    found = InNeedReviewChild.objects.filter(review__meeting__plan=plan)
    return list(found.select_related("child", "review").order_by("-review__decided_on", "pk"))
