"""What casework says on every page of a child, and the ways to its lists."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F

from hearth.accounts.models import User
from hearth.casework import policies
from hearth.casework.addresses import address_of
from hearth.casework.models import Task
from hearth.casework.status import standing_of
from hearth.lib.panels import (
    BannerFact,
    NavLink,
    Panel,
    SideLink,
    banner,
    nav_link,
    panel,
    side_link,
)
from hearth.people.models import Person

MOST = 12

side_link(SideLink("case", "Who has the case", "casework:case_history", order=15))
nav_link(
    NavLink("unallocated", "Not allocated", "casework:unallocated", policies.unallocated, order=30)
)
nav_link(
    NavLink("flows", "How work flows", "casework:how_work_flows", policies.how_work_flows, order=90)
)


@banner
def who_has_the_case(_worker: User, child: Person, today: date) -> Iterator[BannerFact]:
    """The child's status, their lead worker and manager, each with a telephone."""
    if not child.is_child_record:
        return
    standing = standing_of(child, today=today)
    for place, tag in enumerate(standing.tags):
        yield BannerFact(tag.text, colour=tag.colour, order=10 + place)
    if standing.lead_worker is not None:
        yield BannerFact(str(standing.lead_worker), label="Worker", order=20)
    if standing.manager is not None:
        yield BannerFact(str(standing.manager), label="Manager", order=21)


@panel
def next_for(_worker: User, child: Person, today: date) -> Panel:
    """What is to be done for a child, the soonest first."""
    waiting = (
        Task.objects.outstanding()
        .for_child(child)
        .select_related("worker", "team")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    tasks = list(waiting[: MOST + 1])
    lines = [(task, address_of(task)) for task in tasks[:MOST]]
    return Panel(
        "next",
        "Next",
        "casework/_next.html",
        {"lines": lines, "more": len(tasks) > MOST, "today": today, "child": child},
        order=10,
    )
