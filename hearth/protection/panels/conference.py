"""What conferences put on a child's pages and under the header."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.lib.panels import (
    PROTECTION,
    NavLink,
    Panel,
    Row,
    SideLink,
    Telling,
    day_told,
    moment_told,
    nav_link,
    side_link,
    tell,
)
from hearth.people.models import Person
from hearth.plans.models import Meeting
from hearth.protection import policies
from hearth.protection.models import Conference, ConferenceChild, ConferenceDecision
from hearth.protection.pages.conference_list import tags_of
from hearth.protection.process import SEND_DECISIONS, SEND_RECORD

KEY = "conference"
MOMENTS = ("planned_from", "held_at", "cancelled_at")
OF_THE_MEETING = ("kind", "cancelled_reason", *MOMENTS)

side_link(SideLink("conferences", "Conferences", "protection:child_conferences", order=48))
nav_link(
    NavLink(
        "conferences",
        "Conferences",
        "protection:conferences",
        policies.conferences,
        order=60,
        group=PROTECTION,
    )
)


def latest_of(_worker: User, child: Person, _today: date) -> QuerySet[Any]:
    """The conference to come or the last one held, and by when its papers are to be sent."""
    unsent = Task.objects.outstanding().filter(
        step_key__in=[SEND_DECISIONS.key, SEND_RECORD.key], record_id=OuterRef("conference_id")
    )
    told = JSONObject(
        pk="conference_id",
        decision="decision",
        target_on="conference__target_on",
        accepted_on="conference__accepted_on",
        decided_at="conference__decided_at",
        unsent_by=Subquery(unsent.order_by("due_on").values("due_on")[:1]),
        **{name: F(f"conference__meeting__{name}") for name in OF_THE_MEETING},
    )
    newest = ConferenceChild.objects.filter(child=child).order_by("-conference_id")
    return newest.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[:1]


def on_the_front_page(
    rows: Sequence[Row], _worker: User, _child: Person, today: date
) -> Panel | None:
    """That conference, what it decided, and whether that has been sent."""
    if not rows:
        return None
    (row,) = rows
    meeting = Meeting(
        kind=row["kind"],
        cancelled_reason=row["cancelled_reason"],
        **{name: moment_told(row[name]) for name in MOMENTS},
    )
    conference = Conference(
        pk=row["pk"],
        meeting=meeting,
        target_on=day_told(row["target_on"]),
        accepted_on=day_told(row["accepted_on"]),
        decided_at=moment_told(row["decided_at"]),
    )
    decision = row["decision"]
    context = {
        "conference": conference,
        "tags": tags_of(conference, today),
        "decision": ConferenceDecision(decision).label if decision else "",
        "unsent_by": day_told(row["unsent_by"]),
        "today": today,
    }
    return Panel(
        KEY,
        "Child protection conference",
        "protection/conferences/_panel.html",
        context,
        order=30,
    )


tell(Telling(key=KEY, ask=latest_of, panel=on_the_front_page))
