"""What casework says on every page of a child, and the ways to its lists."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, PRACTITIONERS
from hearth.casework import policies
from hearth.casework.addresses import address_of
from hearth.casework.missing import with_what_is_there
from hearth.casework.models import Allocation, Episode, Task
from hearth.casework.pages.completing import missing_from
from hearth.casework.pages.consulting import left_unanswered
from hearth.casework.status import KEY as STANDING
from hearth.casework.status import ask_standing, standing_of
from hearth.lib.panels import (
    CASES,
    SERVICE,
    BannerFact,
    DeskTelling,
    NavLink,
    Panel,
    Row,
    SideLink,
    StaffLink,
    Telling,
    desk_panel,
    nav_link,
    panel,
    side_link,
    staff_link,
    tell,
    tell_desk,
)
from hearth.people.models import Hazard, HouseholdMember, Person
from hearth.workforce.models import TeamMembership

MOST = 12
HAZARD = "hazards"
HAZARDS = "Warnings to look at again ({})"

nav_link(
    NavLink(
        "to_complete",
        "Records to complete",
        "casework:to_complete",
        policies.to_complete,
        35,
        group=CASES,
    )
)

staff_link(
    StaffLink("caseload", "Caseload", "casework:staff_caseload", policies.staff_caseload, order=10)
)
side_link(SideLink("case", "Who has the case", "casework:case_history", order=15))
nav_link(
    NavLink(
        "unallocated",
        "Not allocated",
        "casework:unallocated",
        policies.unallocated,
        order=30,
        group=CASES,
    )
)
nav_link(
    NavLink(
        "flows",
        "How work flows",
        "casework:how_work_flows",
        policies.how_work_flows,
        order=90,
        group=SERVICE,
    )
)


def who_has_the_case(rows: Sequence[Row], child: Person, _today: date) -> Iterator[BannerFact]:
    """The child's status, their lead worker and manager, each with a telephone."""
    if not child.is_child_record:
        return
    standing = standing_of(rows[0])
    for place, tag in enumerate(standing.tags):
        yield BannerFact(tag.text, colour=tag.colour, order=10 + place)
    if standing.lead_worker:
        yield BannerFact(standing.lead_worker, label="Worker", order=20)
    if standing.manager:
        yield BannerFact(standing.manager, label="Manager", order=21)


tell(Telling(key=STANDING, ask=ask_standing, banner=who_has_the_case))


def hazards_to_review(worker: User, today: date) -> QuerySet[Any, Any] | None:
    """Warnings whose day has come, of the children a worker has and of those they live with.

    For a manager, of their teams' children.
    """
    if not worker.has_role(*PRACTITIONERS, *MANAGERS):
        return None
    held = Allocation.objects.current().filter(worker=worker).values("child")
    if worker.has_role(*MANAGERS):
        managed = TeamMembership.objects.on(today).filter(staff__user=worker, manages=True)
        of_teams = Allocation.objects.current().filter(team__in=managed.values("team"))
        held = held.union(of_teams.values("child"))
    at_home = HouseholdMember.objects.on(today).with_any_of(held).values("person")
    named = {name: F(f"person__{name}") for name in ("given_names", "family_name", "known_as")}
    told = JSONObject(
        pk="pk", code="code", review_on="review_on", person=JSONObject(pk="person", **named)
    )
    # One list, not "theirs or one of these": that would read through every hazard there is.
    found = Hazard.objects.due_review(today).filter(person__in=held.union(at_home))
    rows: QuerySet[Any, Any] = found.annotate(telling=Value(HAZARD), row=told).values_list(
        "telling", "row"
    )
    return rows[: MOST + 1]


def hazards_on_the_desk(rows: Sequence[Row], _worker: User, today: date) -> Panel | None:
    """Those warnings, and the way to the rest."""
    if not rows:
        return None
    due = [
        Hazard(
            pk=row["pk"],
            code=row["code"],
            review_on=date.fromisoformat(row["review_on"]),
            person=Person(**row["person"]),
        )
        for row in rows
    ]
    context = {"hazards": due[:MOST], "more": len(due) > MOST, "today": today}
    title = f"Warnings to look at again ({MOST}+)" if len(due) > MOST else HAZARDS.format(len(due))
    return Panel(HAZARD, title, "casework/_hazards.html", context, order=30)


tell_desk(DeskTelling(key=HAZARD, ask=hazards_to_review, panel=hazards_on_the_desk))


@desk_panel
def questions_left(worker: User, today: date) -> Panel | None:
    """What workers asked other managers, who did not answer in time. One query."""
    if not worker.has_role(*MANAGERS):
        return None
    tasks = list(left_unanswered(worker, today=today)[:MOST])
    if not tasks:
        return None
    context = {"lines": [(task, address_of(task)) for task in tasks], "today": today}
    title = f"Workers still waiting for advice ({len(tasks)})"
    return Panel("questions", title, "casework/_questions.html", context, order=10)


@panel
def next_for(worker: User, child: Person, today: date) -> Panel:
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
        {"lines": lines, "more": len(tasks) > MOST, "today": today, "child": child}
        | {"may_ask": policies.ask_manager.allows(worker, child)},
        order=10,
    )


@panel
def lacks(_worker: User, child: Person, today: date) -> Panel | None:
    """What the record of a child with an open case does not say yet. One query."""
    found = with_what_is_there(Episode.objects.open_on(today).filter(child=child), today=today)
    episode = found.select_related("child").first()
    missing = missing_from(episode, today=today) if episode is not None else []
    if not missing:
        return None
    things = "1 thing" if len(missing) == 1 else f"{len(missing)} things"
    context = {"missing": missing, "child": child}
    return Panel("lacks", f"This record lacks {things}", "casework/_lacks.html", context, order=70)
