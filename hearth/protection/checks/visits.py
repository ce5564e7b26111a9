"""Checks of visits under a child protection plan: in time, alone, and the room they sleep in."""

from collections.abc import Iterator, Sequence
from datetime import date

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.plans.models import PlanChild, PlanKind
from hearth.plans.sights import sights_of
from hearth.plans.standing import parts_of, plan_fact
from hearth.plans.visited import sight_fact, visits_in_time
from hearth.protection import timescales
from hearth.protection.checks.meetings import NO_PLAN
from hearth.records.models import VisitChild

ALONE_FROM = 4
LAST = 2
# Nothing more is had by going again: the child needs somebody with them.
NEEDS_SOMEBODY = "disability"


@check(
    key="PC-040",
    title="Child with a protection plan not visited in time",
    rule="A child with a child protection plan is seen on a visit within {days} working days of "
    "its start, and of the last visit on which they were seen, or within the days that their own "
    "plan or this authority sets.",
    passes_over="A child whose plan has ended. A visit on which only a brother or sister was "
    "seen, one where nobody answered, and a core group, are no visits.",
    put_right="Go and see the child, and record the visit. If the child is away, in hospital or "
    "missing, a manager agrees who is to see them instead, and the check is set aside until then.",
    authority="Working Together to Safeguard Children 2023, chapter 3; local practice",
    severity=Severity.CRITICAL,
    nothing=NO_PLAN,
    manager_after=1,
    numbers={"days": timescales.VISIT.limits[-1].amount},
)
def visited_in_time(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each plan that stands, by when the child was last seen under it."""
    yield from visits_in_time(
        parts_of(PlanKind.PROTECTION, children), "child protection visit", today
    )


@check(
    key="PC-041",
    title="Child with a protection plan not seen alone",
    rule="A child of {age} or over is seen alone on at least one of their last {last} visits under "
    "the plan.",
    passes_over="A child under {age}, and one who needs somebody with them because of a "
    "disability. An advocate or interpreter in the room is still alone.",
    put_right="See the child alone, at school if that is easier, and record it.",
    authority="Laming inquiry 2003; Working Together to Safeguard Children 2023",
    severity=Severity.HIGH,
    nothing=NO_PLAN,
    manager_after=2,
    numbers={"age": ALONE_FROM, "last": LAST},
)
def seen_alone_in_turn(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each plan that stands, by the child's last visits under it."""
    del today
    parts = parts_of(PlanKind.PROTECTION, children)
    sights = sights_of(parts)
    for part in parts:
        lately = sights.get(part.pk, [])[:LAST]
        old_enough = [s for s in lately if _age(part, s) >= ALONE_FROM]
        excused = any(s.reason == NEEDS_SOMEBODY for s in old_enough)
        alone = any(s.seen_alone for s in lately)
        fires = len(old_enough) == LAST and not alone and not excused
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=fires,
            because=_alone_words(lately, alone=alone, fires=fires),
            since=lately[0].happened_on if fires else None,
            facts=[plan_fact(part), *(_how_fact(sight) for sight in lately)],
        )


def _age(part: PlanChild, sight: VisitChild) -> int:
    return (part.child.age_on(sight.happened_on) or 0) if sight.happened_on else 0


def _alone_words(lately: Sequence[VisitChild], *, alone: bool, fires: bool) -> str:
    if fires:
        return f"Seen on each of the last {LAST} visits, and never alone."
    if alone:
        return f"Seen alone on one of the last {LAST} visits."
    if len(lately) < LAST:
        return f"Seen on fewer than {LAST} visits under this plan."
    return "Not seen alone, for their age or because they need somebody with them."


def _how_fact(sight: VisitChild) -> Fact:
    how = "Seen alone" if sight.seen_alone else "Seen, not alone"
    return sight_fact(how, sight)


@check(
    key="PC-041.bedroom",
    title="Where a child with a protection plan sleeps has not been seen",
    rule="The room where a child sleeps is seen on at least one of their last {last} visits under "
    "the plan.",
    passes_over="A child who has not been visited {last} times yet, and one not yet born.",
    put_right="See the room on the next visit home, and record it.",
    authority="Local practice",
    severity=Severity.MEDIUM,
    nothing=NO_PLAN,
    manager_after=5,
    numbers={"last": LAST},
)
def bedroom_seen_in_turn(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each plan that stands, by whether the bedroom was seen on the child's last visits."""
    del today
    parts = [part for part in parts_of(PlanKind.PROTECTION, children) if not part.child.is_unborn]
    sights = sights_of(parts)
    for part in parts:
        lately = sights.get(part.pk, [])[:LAST]
        seen = any(sight.bedroom_seen for sight in lately)
        fires = len(lately) == LAST and not seen
        words = "was not seen" if fires else "was seen, or there have not been so many visits"
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=fires,
            because=f"Where the child sleeps {words}, on the last {LAST} visits.",
            since=lately[0].happened_on if fires else None,
            facts=[plan_fact(part), *(sight_fact("Visited", sight) for sight in lately)],
        )
