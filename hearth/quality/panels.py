"""What the checks put on a child's pages and on a worker's desk."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.accounts.roles import Role
from hearth.casework.checks import CHECKS, Severity
from hearth.lib.panels import (
    CASES,
    PROTECTION,
    BannerFact,
    DeskTelling,
    NavLink,
    Panel,
    Row,
    SideLink,
    Telling,
    moment_told,
    nav_link,
    side_link,
    tell,
    tell_desk,
)
from hearth.people.models import Person
from hearth.quality import pages, policies
from hearth.quality.flow.series import SERIES
from hearth.quality.models import Alert, AlertTold, Signal

MOST = 5
KEY = "checks"
SIGNALS = "signals"
SIGNALLED = (*policies.DECIDE, Role.ANALYST)
NAMES = ("first_name", "last_name", "username")

side_link(SideLink("checks", "Checks", "quality:child", order=85))
nav_link(NavLink("alerts", "Checks", "quality:alerts", policies.alerts, order=45, group=CASES))
nav_link(
    NavLink(
        "months",
        "Enquiries to plans",
        "quality:months",
        policies.months,
        order=37,
        group=PROTECTION,
    )
)


def _as_rows(alerts: QuerySet[Alert], **more: Any) -> QuerySet[Any]:
    """Alerts as what is told: enough of each to draw its line."""
    of_child = {name: F(f"child__{name}") for name in ("given_names", "family_name", "known_as")}
    told = JSONObject(
        pk="pk",
        check_key="check_key",
        because="because",
        since="since",
        child=JSONObject(pk="child", **of_child),
        **more,
    )
    return alerts.annotate(telling=Value(KEY), row=told).values_list("telling", "row")


def _lines(rows: Sequence[Row], today: date) -> list[pages.AlertLine]:
    """Each alert told of, as a page shows it."""
    return [_line(row, today) for row in rows]


def _line(row: Row, today: date) -> pages.AlertLine:
    alert = Alert(
        pk=row["pk"],
        check_key=row["check_key"],
        because=row["because"],
        since=date.fromisoformat(row["since"]),
        child=Person(**row["child"]),
    )
    check = alert.check_declared
    told = [
        (str(User(**{name: one[name] for name in NAMES})), moment)
        for one in row.get("told", ())
        if (moment := moment_told(one["told_at"]))
    ]
    facts = pages.facts_of(row.get("facts", ()), today)
    return pages.AlertLine(alert, check, pages.COLOURS[check.severity], facts, told)


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
    context = {"lines": _lines(rows[:MOST], today), "more": len(rows) > MOST, "today": today}
    return Panel(KEY, f"To put right ({many})", "quality/_desk.html", context, order=15)


def sounding_for(child: int, today: date) -> QuerySet[Any]:
    """What the checks have found for a child, the oldest first, by what, and who was told."""
    found = Alert.objects.sounding(today).filter(child=child).order_by("since", "pk")
    of_whom = {name: F(f"to__{name}") for name in NAMES}
    told = AlertTold.objects.filter(alert=OuterRef("pk")).order_by("told_at", "pk")
    names = ArraySubquery(told.values(one=JSONObject(told_at="told_at", **of_whom)))
    return _as_rows(found, facts="facts", told=names)


def in_the_banner(rows: Sequence[Row], _child: Person, _today: date) -> Iterator[BannerFact]:
    """How many critical checks sound, on every page of the child."""
    critical = sum(CHECKS[row["check_key"]].severity == Severity.CRITICAL for row in rows)
    if critical:
        words = f"{critical} critical {'check' if critical == 1 else 'checks'} to put right"
        yield BannerFact(words, colour="red", order=8)


def on_the_front_page(
    rows: Sequence[Row], _worker: User, child: Person, today: date
) -> Panel | None:
    """What is to be put right on a child's record."""
    if not rows:
        return None
    context = {"lines": _lines(rows, today), "child": child, "today": today}
    return Panel(KEY, f"To put right ({len(rows)})", "quality/_child.html", context, order=15)


tell(Telling(key=KEY, ask=sounding_for, banner=in_the_banner, panel=on_the_front_page))
tell_desk(DeskTelling(key=KEY, ask=found_for, panel=on_the_desk))


def signals_for(worker: User, _today: date) -> QuerySet[Any] | None:
    """The signals of the service's figures that stand, for those who answer for them."""
    if not worker.has_role(*SIGNALLED):
        return None
    row = JSONObject(
        pk="pk", series="series", month="month", due_on="due_on", asked="investigation"
    )
    standing = Signal.objects.standing().filter(team=None).order_by("month", "pk")
    return standing.annotate(telling=Value(SIGNALS), row=row).values_list("telling", "row")


def signals_on_the_desk(rows: Sequence[Row], _worker: User, today: date) -> Panel | None:
    """What signals, and by when somebody is to ask why."""
    if not rows:
        return None
    lines = [
        {
            "pk": row["pk"],
            "title": SERIES[row["series"]].title,
            "due_on": None if row["asked"] else date.fromisoformat(row["due_on"]),
        }
        for row in rows
    ]
    context = {"lines": lines, "today": today}
    return Panel(SIGNALS, f"The figures signal ({len(rows)})", "quality/_signals.html", context, 16)


tell_desk(DeskTelling(key=SIGNALS, ask=signals_for, panel=signals_on_the_desk))
