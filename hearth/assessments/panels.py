"""What assessments put on a child's pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.assessments.models import Assessment, AssessmentChild, State
from hearth.assessments.snapshot import say
from hearth.casework.models import Task
from hearth.lib.panels import (
    Panel,
    Row,
    SideLink,
    Telling,
    day_told,
    side_link,
    tell,
)
from hearth.people.models import Person

KEY = "assessment"
DATES = ("started_on", "submitted_on", "authorised_on")

side_link(SideLink("assessments", "Assessments", "assessments:child_assessments", order=45))


def latest_of(child: int, _today: date) -> QuerySet[Any]:
    """The assessment now being made, or the last one agreed, and what it decided."""
    told = JSONObject(
        outcome="outcome",
        rating="risk_rating",
        due_on=F("assessment__task__due_on"),
        **{name: F(f"assessment__{name}") for name in ("pk", "kind", *DATES)},
    )
    found = AssessmentChild.objects.filter(child=child, assessment__cancelled_on=None)
    newest = found.order_by("-assessment__started_on", "-assessment_id")
    return newest.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[:1]


def on_the_front_page(
    rows: Sequence[Row], _worker: User, _child: Person, today: date
) -> Panel | None:
    """That assessment, and what it decided."""
    if not rows:
        return None
    (row,) = rows
    days = {name: day_told(row[name]) for name in DATES}
    task = Task(due_on=day_told(row["due_on"]))
    latest = Assessment(pk=row["pk"], kind=row["kind"], task=task, **days)
    context = {
        "assessment": latest,
        "is_open": latest.state in (State.IN_PROGRESS, State.SUBMITTED),
        "outcome": say("outcome", row["outcome"]),
        "rating": say("risk_rating", row["rating"]),
        "today": today,
    }
    return Panel(KEY, "Assessment", "assessments/_panel.html", context, order=40)


tell(Telling(key=KEY, ask=latest_of, panel=on_the_front_page))
