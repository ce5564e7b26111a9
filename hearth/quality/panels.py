"""What the checks put on a child's pages and on a worker's desk."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.lib.panels import (
    CASES,
    DeskTelling,
    NavLink,
    Panel,
    Row,
    SideLink,
    Telling,
    nav_link,
    side_link,
    tell,
    tell_desk,
)
from hearth.people.models import Person
from hearth.quality import pages, policies
from hearth.quality.models import Alert

MOST = 8
KEY = "checks"

side_link(SideLink("checks", "Checks", "quality:child", order=85))
nav_link(NavLink("alerts", "Checks", "quality:alerts", policies.alerts, order=45, group=CASES))


def _as_rows(alerts: QuerySet[Alert]) -> QuerySet[Any]:
    """Alerts as what is told: enough of each to draw its line."""
    of_child = {name: F(f"child__{name}") for name in ("given_names", "family_name", "known_as")}
    told = JSONObject(
        pk="pk", check_key="check_key", because="because", child=JSONObject(pk="child", **of_child)
    )
    return alerts.annotate(telling=Value(KEY), row=told).values_list("telling", "row")


def _lines(rows: Sequence[Row]) -> list[tuple[Alert, str]]:
    """Each alert told of, with its colour."""
    alerts = [Alert(**{**row, "child": Person(**row["child"])}) for row in rows]
    return [(one, pages.COLOURS[one.check_declared.severity]) for one in alerts]


def found_for(worker: User, today: date) -> QuerySet[Any] | None:
    """What the checks have found for a worker, the gravest first."""
    if not policies.alerts.allows(worker, None):
        return None
    return _as_rows(pages.alerts_for(worker, today=today))[: MOST + 1]


def on_the_desk(rows: Sequence[Row], _worker: User, today: date) -> Panel | None:
    """The gravest of what was found, and the way to the rest."""
    if not rows:
        return None
    many = f"{MOST}+" if len(rows) > MOST else len(rows)
    context = {"lines": _lines(rows[:MOST]), "more": len(rows) > MOST, "today": today}
    return Panel(KEY, f"To put right ({many})", "quality/_desk.html", context, order=15)


def sounding_for(_worker: User, child: Person, today: date) -> QuerySet[Any]:
    """What the checks have found for a child, the oldest first."""
    found = Alert.objects.sounding(today).filter(child=child).order_by("since", "pk")
    return _as_rows(found)


def on_the_front_page(
    rows: Sequence[Row], _worker: User, child: Person, today: date
) -> Panel | None:
    """What is to be put right on a child's record."""
    if not rows:
        return None
    context = {"lines": _lines(rows), "child": child, "today": today}
    return Panel(KEY, f"To put right ({len(rows)})", "quality/_child.html", context, order=15)


tell(Telling(key=KEY, ask=sounding_for, panel=on_the_front_page))
tell_desk(DeskTelling(key=KEY, ask=found_for, panel=on_the_desk))
