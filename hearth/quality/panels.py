"""What the checks put on a child's pages and on a worker's desk."""

from datetime import date

from hearth.accounts.models import User
from hearth.lib.panels import (
    NavLink,
    Panel,
    SideLink,
    desk_panel,
    nav_link,
    panel,
    side_link,
)
from hearth.people.models import Person
from hearth.quality import pages, policies
from hearth.quality.models import Alert

MOST = 8

side_link(SideLink("checks", "Checks", "quality:child", order=85))
nav_link(NavLink("alerts", "Checks", "quality:alerts", policies.alerts, order=45))


@desk_panel
def found_for(worker: User, today: date) -> Panel | None:
    """What the checks have found, the gravest first. One query."""
    if not policies.alerts.allows(worker, None):
        return None
    found = list(pages.alerts_for(worker, today=today)[: MOST + 1])
    if not found:
        return None
    lines = [(one, pages.COLOURS[one.check_declared.severity]) for one in found[:MOST]]
    many = f"{MOST}+" if len(found) > MOST else len(found)
    context = {"lines": lines, "more": len(found) > MOST, "today": today}
    return Panel("checks", f"To put right ({many})", "quality/_desk.html", context, order=15)


@panel
def sounding_for(_worker: User, child: Person, today: date) -> Panel | None:
    """What the checks have found for a child. One query."""
    found = list(Alert.objects.sounding(today).filter(child=child).order_by("since", "pk"))
    if not found:
        return None
    lines = [(one, pages.COLOURS[one.check_declared.severity]) for one in found]
    return Panel(
        "checks",
        f"To put right ({len(found)})",
        "quality/_child.html",
        {"lines": lines, "child": child, "today": today},
        order=15,
    )
