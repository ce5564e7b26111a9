"""What a child in need plan lacks before it may be sent to a manager, and how well it goes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.plans.models import ActionState, Plan, PlanAction, PlanNeeds


def gaps(
    plan: Plan,
    *,
    names: Sequence[tuple[int, str]],
    needs: Collection[PlanNeeds],
    actions: int,
    contingencies: int,
) -> list[str]:
    """All that a plan lacks, in words a worker can act on. Empty when it may be sent."""
    found = [
        words
        for missing, words in (
            (not plan.worries, "Say what we are worried about"),
            (not plan.strengths, "Say what is going well"),
            (not plan.aim, "Say what life should be like when it is no longer needed"),
            (plan.parents_agree is None, "Say whether the parents agree with it"),
            (plan.planned_end_on is None, "Say when it is expected to be no longer needed"),
            (not actions, "Put at least one action in it"),
            (not contingencies, "Say what is done if it does not keep the children safe"),
        )
        if missing
    ]
    said = {one.child_id: one for one in needs}
    for pk, name in names:
        one = said.get(pk)
        if one is None or not one.needs:
            found.append(f"Say what {name} needs from it")
        if one is None or not one.views:
            found.append(f"Say what {name} says about it")
    return found


@dataclass(frozen=True, slots=True)
class Quality:
    """How a plan goes, counted: what is done, and what is overdue."""

    actions: int
    done: int
    overdue: int


def quality(actions: Collection[PlanAction], *, today: date) -> Quality:
    """How well a plan goes. What is no longer needed is not counted."""
    asked = [action for action in actions if action.state != ActionState.STOPPED]
    late = [
        action
        for action in asked
        if action.state == ActionState.OPEN and action.due_on and action.due_on < today
    ]
    done = [action for action in asked if action.state == ActionState.DONE]
    return Quality(len(asked), len(done), len(late))
