"""Children at home without a manager's agreement, on the desks of those who must act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, QUALIFIED, Role
from hearth.lib.panels import DeskTelling, Panel, Row, moment_told, tell_desk
from hearth.people.models import Person
from hearth.protection.models import HomeRequest
from hearth.workforce.models import TeamMembership

KEY = "home"
MOST = 12


def without_agreement(worker: User, today: date) -> QuerySet[Any] | None:
    """Those in a worker's enquiries or their teams', or of whom they were asked."""
    if not worker.has_role(*QUALIFIED, *MANAGERS, Role.OUT_OF_HOURS):
        return None
    managed = TeamMembership.objects.on(today).filter(staff__user=worker, manages=True)
    theirs = (
        Q(asked_of=worker)
        | Q(enquiry__task__worker=worker)
        | Q(enquiry__co_worker=worker)
        | Q(enquiry__task__team__in=managed.values("team"))
    )
    named = {name: F(f"child__{name}") for name in ("given_names", "family_name", "known_as")}
    told = JSONObject(
        pk="pk", since="at_home_since", decision="decision", child=JSONObject(pk="child", **named)
    )
    found = HomeRequest.objects.without_agreement().filter(theirs).order_by("at_home_since", "pk")
    return found.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[: MOST + 1]


def on_the_desk(rows: Sequence[Row], _worker: User, _today: date) -> Panel | None:
    """Each of those children, since when, and the way to the request."""
    if not rows:
        return None
    lines = [
        (row["pk"], Person(**row["child"]), moment_told(row["since"]), row["decision"])
        for row in rows[:MOST]
    ]
    title = "At home without a manager's agreement"
    context = {"lines": lines, "more": len(rows) > MOST}
    return Panel(KEY, title, "protection/_desk_home.html", context, order=4)


tell_desk(DeskTelling(key=KEY, ask=without_agreement, panel=on_the_desk))
