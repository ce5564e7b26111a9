"""The plans that stand, and the meetings held under them: what the checks of every plan share."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from hearth.casework.checks import Fact
from hearth.casework.timescales import LocalRules, Timescale, due
from hearth.lib.dates import in_words
from hearth.plans.models import MeetingChild, MeetingKind, PlanChild, PlanKind

Held = tuple[date, int]


def parts_of(kind: PlanKind, children: Sequence[int]) -> list[PlanChild]:
    """The plans of one kind that stand for these children."""
    return list(
        PlanChild.objects.current()
        .of_kind(kind)
        .filter(child__in=children)
        .select_related("child", "plan")
        .order_by("pk")
    )


def held_of(children: Sequence[int], kinds: Sequence[MeetingKind]) -> dict[int, list[Held]]:
    """The days on which meetings of these kinds were held about each child, and which they were."""
    found: dict[int, list[Held]] = {}
    rows = MeetingChild.objects.filter(
        child__in=children,
        meeting__kind__in=kinds,
        meeting__held_at__isnull=False,
        meeting__cancelled_at=None,
    ).values_list("child_id", "meeting__held_at", "meeting_id")
    for child, held_at, meeting in rows:
        found.setdefault(child, []).append((timezone.localdate(held_at), meeting))
    return found


def next_due(
    part: PlanChild,
    held: Sequence[Held],
    limits: tuple[Timescale, Timescale],
    local: LocalRules,
    *,
    first_day: bool = False,
) -> tuple[date | None, date | None]:
    """The last day such a meeting was held under this plan, and the day the next is due.

    The first of `limits` counts from the plan's start, the second from the last meeting. A meeting
    on the day the plan started made it, unless `first_day` says that it may be one under it.
    """
    start = part.started_on
    since = [day for day, _ in held if day > start or (first_day and day == start)]
    last = max(since, default=None)
    limit = due(limits[0], start, local) if last is None else due(limits[1], last, local)
    return last, limit.on if limit else None


def plan_fact(part: PlanChild) -> Fact:
    """The plan, as a fact that a check went by."""
    kind, since = PlanKind(part.kind).label, part.started_on
    return Fact(kind, f"From {in_words(since)}", since, "plans:plan", part.plan_id)
