"""What a review of a child in need plan decides for each child, and doing it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Allocation
from hearth.family_help.models import ENDS, InNeedReview, InNeedReviewChild, ReviewDecision
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.gathering import Decided
from hearth.plans.models import Meeting, PlanChild

STRATEGY = "protection.strategy_discussion"
EARLY_HELP = "assessments.hand_over_early_help"


@transaction.atomic
def decide(meeting: Meeting, decided: Mapping[int, Decided], on: date, by: User) -> None:
    """Record what a review decided for each child, with why, and do it.

    An ended plan ends from the day of the review. A strategy discussion is asked for at once, and
    the plan stands until protection takes its place.
    """
    review: InNeedReview = InNeedReview.objects.create(
        meeting=meeting, about=meeting.about, decided_on=on, recorded_by=by
    )
    children = {child.pk: child for child in Person.objects.filter(pk__in=meeting.about)}
    for pk, child in children.items():
        said = decided.get(pk)
        if said is None or said.decision not in ReviewDecision.values or not said.reason:
            raise CannotDo(f"Say what is decided for {child}, and why")
        InNeedReviewChild.objects.create(
            review=review, child=child, decision=said.decision, reason=said.reason
        )
        if said.decision in ENDS:
            _end(meeting, child, on, by)
    for decision, step in (
        (ReviewDecision.STRATEGY, STRATEGY),
        (ReviewDecision.STEP_DOWN, EARLY_HELP),
    ):
        theirs = [children[pk] for pk in children if decided[pk].decision == decision]
        if theirs:
            _ask_managers(step, theirs, on, by)
    trail.record("Decided at a review of a child in need plan", review, by=by)


def decided(meeting: Meeting) -> dict[int, Decided]:
    """What a review decided for each child, in words."""
    parts = InNeedReviewChild.objects.filter(review__meeting=meeting)
    return {
        part.child_id: Decided(decision=ReviewDecision(part.decision).label, reason=part.reason)
        for part in parts
    }


def _end(meeting: Meeting, child: Person, on: date, by: User) -> None:
    standing = PlanChild.objects.current().filter(plan=meeting.plan_id, child=child)
    for part in standing.select_related("plan", "child"):
        plans.end_plan(part=part, ended_on=on, reason="review", by=by)
        plans.tell_ended(part, "review", on, by)


def _ask_managers(step: str, children: Sequence[Person], on: date, by: User) -> None:
    """A manager does what follows: of the team that has the case, or else whoever decided."""
    lead = Allocation.objects.current().leading().filter(child__in=children)
    held = lead.select_related("team").first()
    casework.open_step(
        step,
        children=children,
        trigger=on,
        by=by,
        worker=None if held else by,
        team=held.team if held else None,
    )
