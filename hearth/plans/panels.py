"""What plans put on a child's pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject, Least

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS
from hearth.casework.models import Allocation, Task
from hearth.lib.codes import code_set
from hearth.lib.panels import (
    PROTECTION,
    BannerFact,
    DeskTelling,
    NavLink,
    Panel,
    Row,
    SideLink,
    Telling,
    day_told,
    nav_link,
    side_link,
    tell,
    tell_desk,
)
from hearth.people.models import Person
from hearth.plans import policies
from hearth.plans.duties import DUTIES
from hearth.plans.gathering import CARRIED_ELSEWHERE, GATHERINGS
from hearth.plans.models import PlanCategory, PlanChild, PlanKind
from hearth.workforce.rules import memberships_of

KEY = "plan"
MOST = 8

nav_link(
    NavLink(
        "visits_due",
        "Visits due",
        "plans:visits_due",
        policies.visits_due,
        order=16,
        group=PROTECTION,
    )
)
side_link(SideLink("plans", "Plans", "plans:child_plans", order=47))


def in_force(child: int, today: date) -> QuerySet[Any]:
    """The plan a child has, its category, and by when they are next seen and it is looked at."""
    category = PlanCategory.objects.filter(part=OuterRef("pk")).order_by("-since", "-pk")
    told = JSONObject(
        plan="plan_id",
        kind="kind",
        started_on="started_on",
        category=Subquery(category.values("category")[:1]),
        visit=_soonest(child, visit_steps()),
        meeting=_soonest(child, meeting_steps()),
    )
    found = PlanChild.objects.on(today).filter(child=child).order_by("pk")
    return found.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[:1]


def for_the_desk(worker: User, today: date) -> QuerySet[Any] | None:
    """A worker's children with plans, the soonest thing first; a manager's, of whom one is late."""
    if not policies.visits_due.allows(worker, None):
        return None
    led = Allocation.objects.current().leading()
    is_manager = worker.has_role(*MANAGERS)
    if is_manager:
        managed = memberships_of(worker, today).filter(manages=True)
        led = led.filter(team__in=managed.values("team_id"))
    else:
        led = led.filter(worker=worker)
    children = PlanChild.objects.on(today).filter(child__in=led.values("child"))
    found = children.annotate(
        visit=_soonest(OuterRef("child"), visit_steps()),
        meeting=_soonest(OuterRef("child"), meeting_steps()),
        soonest=Least("visit", "meeting"),
    )
    if is_manager:
        found = found.filter(soonest__lt=today)
    names = {name: F(f"child__{name}") for name in ("given_names", "family_name", "known_as")}
    told = JSONObject(
        plan="plan_id",
        kind="kind",
        visit="visit",
        meeting="meeting",
        child=JSONObject(pk="child_id", **names),
    )
    ordered = found.order_by(F("soonest").asc(nulls_last=True), "pk")
    return ordered.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[: MOST + 1]


def on_the_desk(rows: Sequence[Row], worker: User, today: date) -> Panel | None:
    """By when each of those children is to be seen, and looked at together."""
    if not rows:
        return None
    lines = [
        {
            "plan": row["plan"],
            "name": PlanKind(row["kind"]).label,
            "child": Person(**row["child"]),
            "visit": day_told(row["visit"]),
            "meeting": day_told(row["meeting"]),
        }
        for row in rows[:MOST]
    ]
    is_manager = worker.has_role(*MANAGERS)
    title = "Plans of your teams with something late" if is_manager else "Your children with plans"
    context = {"lines": lines, "more": len(rows) > MOST, "today": today}
    return Panel(KEY, title, "plans/_desk.html", context, order=25)


def visit_steps() -> list[str]:
    """The steps by which plans ask for visits."""
    return [duty.step for duty in DUTIES.values()]


def meeting_steps() -> list[str]:
    """The steps by which a plan is looked at together: core groups, reviews, conferences."""
    return [each.step for each in GATHERINGS.values() if each.step] + CARRIED_ELSEWHERE


def _soonest(child: int | OuterRef, steps: Sequence[str]) -> Subquery:
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
        "started_on": day_told(row["started_on"]),
        "category": code_set("cp_category").label(row["category"]) if row["category"] else "",
        "visit": day_told(row["visit"]),
        "meeting": day_told(row["meeting"]),
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


tell(Telling(key=KEY, ask=in_force, banner=on_every_page, panel=on_the_front_page))
tell_desk(DeskTelling(key=KEY, ask=for_the_desk, panel=on_the_desk))
