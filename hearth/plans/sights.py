"""When children were seen under their plans, on visits that count: read for many at once."""

from collections.abc import Mapping, Sequence
from datetime import date

from hearth.plans.duties import VisitDuty, duty_of
from hearth.plans.models import PlanChild
from hearth.records.models import VisitChild, VisitState
from hearth.workforce.rules import registrations_of


def sights_of(parts: Sequence[PlanChild]) -> dict[int, list[VisitChild]]:
    """The sights of each child under their plan that meet its duty, the latest first, by the part.

    A visit counts when it was made, on which this child was seen, of a kind and by a worker that
    the duty allows. An attempted visit, a meeting, or one that only a sibling was seen on is none.
    """
    rows = VisitChild.objects.standing().filter(
        child__in=[part.child_id for part in parts], seen=True, visit__state=VisitState.MADE
    )
    found: dict[int, list[VisitChild]] = {}
    for sight in rows.select_related("visit", "visited_by").order_by("-happened_on", "-pk"):
        found.setdefault(sight.child_id, []).append(sight)
    held = registrations_of(
        {sight.visited_by_id for some in found.values() for sight in some if sight.visited_by_id}
    )
    return {
        part.pk: [
            sight for sight in found.get(part.child_id, ()) if _counts(sight, part, duty, held)
        ]
        for part in parts
        if (duty := duty_of(part.kind)) is not None
    }


def _counts(
    sight: VisitChild,
    part: PlanChild,
    duty: VisitDuty,
    held: Mapping[int, Sequence[tuple[date, date]]],
) -> bool:
    day, who = sight.happened_on, sight.visited_by_id
    if day is None or who is None or day < part.started_on:
        return False
    if sight.visit.kind not in duty.counts:
        return False
    return duty.by_others or any(start <= day < end for start, end in held.get(who, ()))
