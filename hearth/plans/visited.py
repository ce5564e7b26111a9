"""Whether children are visited as their plans ask: what the checks of every kind of plan share."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hearth.casework.checks import Fact, Looked
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import due, timescale_of
from hearth.lib.dates import in_words, working_days_until
from hearth.plans.duties import duty_of
from hearth.plans.models import PlanChild
from hearth.plans.sights import sights_of
from hearth.plans.standing import plan_fact
from hearth.records.models import VisitChild


def visits_in_time(parts: Sequence[PlanChild], what: str, today: date) -> Iterator[Looked]:
    """Each child under a plan, against the visits that meet its duty, and those that did not."""
    sights, tried, local = sights_of(parts), _tried(parts), local_rules()
    for part in parts:
        duty = duty_of(part.kind)
        last = next(iter(sights.get(part.pk, ())), None)
        seen_on = last.happened_on if last else None
        limit = duty and due(
            timescale_of(duty.timescale_for(part)), seen_on or part.started_on, local
        )
        by = limit.on if limit else None
        late = by is not None and today > by
        said = f"Last seen on {in_words(seen_on)}" if seen_on else f"Not seen on a {what} yet"
        over = f", {working_days_until(by, today)} working days ago" if late and by else ""
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=late,
            because=f"{said}; to be seen by {in_words(by)}{over}." if by else f"{said}.",
            since=by + timedelta(1) if by else None,
            facts=[
                plan_fact(part),
                *([sight_fact("Last seen", last)] if last else []),
                *(
                    sight_fact("Visited, and not seen", one)
                    for one in tried.get(part.child_id, ())
                    if one.happened_on and one.happened_on >= (seen_on or part.started_on)
                ),
            ],
        )


def _tried(parts: Sequence[PlanChild]) -> dict[int, list[VisitChild]]:
    """The visits on which each child was not seen, the latest first."""
    rows = VisitChild.objects.standing().filter(
        child__in=[part.child_id for part in parts], seen=False, happened_on__isnull=False
    )
    found: dict[int, list[VisitChild]] = {}
    for one in rows.select_related("visited_by").order_by("-happened_on", "-pk"):
        found.setdefault(one.child_id, []).append(one)
    return found


def sight_fact(label: str, sight: VisitChild) -> Fact:
    """A visit to a child, as a fact that a check went by."""
    day = sight.happened_on
    words = f"{in_words(day) if day else ''}, by {sight.visited_by}"
    return Fact(label, words, day, "records:read_visit", sight.visit_id)
