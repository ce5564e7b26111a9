"""What this room puts on a child's pages: the latest direction, last seen, the story, drafts."""

from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.lib.panels import NavLink, Panel, SideLink, nav_link, panel, side_link
from hearth.people.models import Person
from hearth.records import policies
from hearth.records.drafts import drafts_about
from hearth.records.models import ChronologyEntry, NoteChild, Significance, VisitChild
from hearth.records.story import story_of

SHOWN = 5

nav_link(NavLink("day", "Your visits", "records:day", policies.day, order=15))
side_link(SideLink("chronology", "Chronology", "records:chronology", order=20))
side_link(SideLink("notes", "Notes and visits", "records:notes", order=30))
side_link(SideLink("documents", "Documents", "records:documents", order=80))


@panel
def latest_direction(_worker: User, child: Person, _today: date) -> Panel | None:
    """What a manager last directed: at the top of the record."""
    part = NoteChild.objects.directions(child).first()
    if part is None:
        return None
    return Panel(
        "direction",
        "Latest management direction",
        "records/_direction.html",
        {"part": part, "child": child},
        order=5,
    )


@panel
def last_seen(_worker: User, child: Person, today: date) -> Panel:
    """When the child was last seen, and alone, by whom; and when they will be next. One query."""
    found: Any = VisitChild.objects.last_and_next(child, today)
    parts = {part.what: part for part in found}
    alone, planned = parts.get("alone"), parts.get("planned")
    seen = [part for part in (parts.get("seen"), alone) if part]
    context = {
        "child": child,
        "last": max(seen, key=lambda part: (part.happened_on, part.pk), default=None),
        "alone": alone,
        "planned": planned,
        "planned_for": User(**planned.planned_for) if planned else None,
    }
    return Panel("seen", "Last seen", "records/_seen.html", context, order=15)


@panel
def recent_story(_worker: User, child: Person, _today: date) -> Panel:
    """The latest events that matter."""
    entries = (
        ChronologyEntry.objects.standing()
        .of_children(child)
        .exclude(significance=Significance.LOW)
        .newest_first()[:SHOWN]
    )
    context = {"child": child, "events": story_of(entries, child, [], impacts=False).events}
    return Panel("story", "Story", "records/_story.html", context, order=40)


@panel
def unfinished(worker: User, child: Person, _today: date) -> Panel | None:
    """What anybody has begun about this child and not sent."""
    drafts = drafts_about(child)
    if not drafts:
        return None
    context = {"worker": worker, "drafts": drafts}
    return Panel("drafts", "Unfinished", "records/_drafts.html", context, order=45)
