"""What conferences put on a child's pages and under the header."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
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
    moment_told,
    nav_link,
    side_link,
    tell,
    tell_desk,
)
from hearth.people.models import Person
from hearth.plans.models import Meeting, MeetingKind
from hearth.protection import policies
from hearth.protection.models import Conference, ConferenceChild, ConferenceDecision
from hearth.protection.overdue import (
    is_overdue,
    papers_owed,
    reports_overdue,
    tags_of_overdue,
)
from hearth.protection.pages.conference_list import tags_of
from hearth.protection.policies.conference import SERVICE

KEY = "conference"
# The latest, and those before it whose papers may still be to send.
LATEST = 4
MOST = 8
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


def _waited_for(conference: str, today: date) -> dict[str, Subquery]:
    """The day its papers were to be sent by, and how many reports are overdue, of a conference."""
    papers = papers_owed().filter(record_id=OuterRef(conference)).order_by("due_on")
    reports = reports_overdue(today).filter(conference=OuterRef(conference)).order_by()
    many = reports.values("conference").annotate(many=Count("pk")).values("many")
    return {"unsent_by": Subquery(papers.values("due_on")[:1]), "reports": Subquery(many)}


def lately_of(child: int, today: date) -> QuerySet[Any]:
    """The conference to come or the last one held, and what the latest few wait for."""
    told = JSONObject(
        pk="conference_id",
        decision="decision",
        target_on="conference__target_on",
        accepted_on="conference__accepted_on",
        decided_at="conference__decided_at",
        **_waited_for("conference_id", today),
        **{name: F(f"conference__meeting__{name}") for name in OF_THE_MEETING},
    )
    newest = ConferenceChild.objects.filter(child=child).order_by("-conference_id")
    return newest.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[:LATEST]


def _overdue(row: Row, today: date) -> list[tuple[str, str]]:
    unsent_by = day_told(row["unsent_by"])
    return tags_of_overdue(row["reports"] or 0, papers=bool(unsent_by and unsent_by < today))


def in_the_banner(rows: Sequence[Row], _child: Person, today: date) -> Iterator[BannerFact]:
    """What is overdue of a conference, on every page of the child."""
    for words, colour in dict.fromkeys(tag for row in rows for tag in _overdue(row, today)):
        yield BannerFact(f"Conference: {words[0].lower()}{words[1:]}", colour=colour, order=9)


def on_the_front_page(
    rows: Sequence[Row], _worker: User, _child: Person, today: date
) -> Panel | None:
    """That conference, what it decided, and whether it and those before it have all been sent."""
    if not rows:
        return None
    row, *earlier = rows
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
        "tags": [*tags_of(conference, today), *_overdue(row, today)],
        "decision": ConferenceDecision(decision).label if decision else "",
        "unsent_by": day_told(row["unsent_by"]),
        "earlier": [
            (MeetingKind(one["kind"]).label, one["pk"], day_told(one["unsent_by"]))
            for one in earlier
            if one["unsent_by"]
        ],
        "today": today,
    }
    return Panel(
        KEY,
        "Child protection conference",
        "protection/conferences/_panel.html",
        context,
        order=30,
    )


def overdue_for(worker: User, today: date) -> QuerySet[Any] | None:
    """The conferences a worker chairs or takes notes of that wait for something past its day."""
    if not worker.has_role(*SERVICE):
        return None
    of_child = {name: F(f"child__{name}") for name in ("given_names", "family_name", "known_as")}
    children = ConferenceChild.objects.filter(conference=OuterRef("pk")).order_by("pk")
    told = JSONObject(
        pk="pk",
        kind="meeting__kind",
        planned_from="meeting__planned_from",
        **_waited_for("pk", today),
        children=ArraySubquery(children.values(one=JSONObject(**of_child))),
    )
    found = Conference.objects.filter(
        is_overdue(today), Q(meeting__chair=worker) | Q(meeting__note_taker=worker)
    ).order_by("meeting__planned_from", "pk")
    return found.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[: MOST + 1]


def on_the_desk(rows: Sequence[Row], _worker: User, today: date) -> Panel | None:
    """Each of those, what it waits for, and the way to it."""
    if not rows:
        return None
    lines = [
        {
            "pk": row["pk"],
            "name": MeetingKind(row["kind"]).label,
            "names": ", ".join(str(Person(**one)) for one in row["children"]),
            "on": moment_told(row["planned_from"]),
            "tags": _overdue(row, today),
            "reports": row["reports"],
        }
        for row in rows[:MOST]
    ]
    context = {"lines": lines, "more": len(rows) > MOST}
    return Panel(
        KEY, "Your conferences: overdue", "protection/conferences/_desk.html", context, order=16
    )


tell(Telling(key=KEY, ask=lately_of, banner=in_the_banner, panel=on_the_front_page))
tell_desk(DeskTelling(key=KEY, ask=overdue_for, panel=on_the_desk))
