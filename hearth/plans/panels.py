"""What plans put on a child's pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.lib.codes import code_set
from hearth.lib.panels import (
    BannerFact,
    NavLink,
    Panel,
    Row,
    SideLink,
    Telling,
    nav_link,
    side_link,
    tell,
)
from hearth.people.models import Person
from hearth.plans import policies
from hearth.plans.duties import DUTIES
from hearth.plans.gathering import GATHERINGS
from hearth.plans.models import PlanCategory, PlanChild, PlanKind

KEY = "plan"

nav_link(NavLink("visits_due", "Visits due", "plans:visits_due", policies.visits_due, order=16))
side_link(SideLink("plans", "Plans", "plans:child_plans", order=47))


def in_force(_worker: User, child: Person, today: date) -> QuerySet[Any]:
    """The plan a child has, its category, and by when they are next seen and it is looked at."""
    visits = [duty.step for duty in DUTIES.values()]
    meetings = [gathering.step for gathering in GATHERINGS.values() if gathering.step]
    category = PlanCategory.objects.filter(part=OuterRef("pk")).order_by("-since", "-pk")
    told = JSONObject(
        plan="plan_id",
        kind="kind",
        started_on="started_on",
        category=Subquery(category.values("category")[:1]),
        visit=_soonest(child, visits),
        meeting=_soonest(child, meetings),
    )
    found = PlanChild.objects.on(today).filter(child=child).order_by("pk")
    return found.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[:1]


def _soonest(child: Person, steps: Sequence[str]) -> Subquery:
    waiting = Task.objects.outstanding().filter(step_key__in=steps, children__child=child)
    return Subquery(waiting.order_by(F("due_on").asc(nulls_last=True)).values("due_on")[:1])


def on_the_front_page(
    rows: Sequence[Row], _worker: User, _child: Person, today: date
) -> Panel | None:
    """That plan, and what it asks next."""
    if not rows:
        return None
    (row,) = rows
    context = {
        "plan": row["plan"],
        "name": PlanKind(row["kind"]).label,
        "started_on": _day(row["started_on"]),
        "category": code_set("cp_category").label(row["category"]) if row["category"] else "",
        "visit": _day(row["visit"]),
        "meeting": _day(row["meeting"]),
        "today": today,
    }
    return Panel(KEY, "Plan", "plans/_panel.html", context, order=35)


def on_every_page(rows: Sequence[Row], _child: Person, _today: date) -> Iterable[BannerFact]:
    """That a child has a plan, and why: known to whoever reads anything of them."""
    for row in rows:
        category = code_set("cp_category").label(row["category"]) if row["category"] else ""
        words = PlanKind(row["kind"]).label + (f": {category.lower()}" if category else "")
        is_protection = row["kind"] == PlanKind.PROTECTION
        yield BannerFact(words, colour="red" if is_protection else "blue", order=6)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


tell(Telling(key=KEY, ask=in_force, banner=on_every_page, panel=on_the_front_page))
