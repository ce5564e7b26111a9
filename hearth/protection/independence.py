"""What somebody has had to do with children: asked before they chair their conference."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from hearth.accounts.models import User
from hearth.accounts.roles import INDEPENDENT
from hearth.casework.models import Allocation, Direction, DirectionChild, Task, TaskChild
from hearth.protection.rules.conference import Ties, why_not_independent
from hearth.workforce.models import TeamMembership

# What a chair does as chair is no part in the case.
OF_THE_CHAIR = (
    "protection.initial_conference",
    "protection.review_conference",
    "protection.send_decisions",
    "protection.send_record",
)


def why_not_chair(worker: User, children: Sequence[int], *, on: date) -> str | None:
    """Why this worker may not chair a conference about these children; None if they may."""
    if not worker.has_role(*INDEPENDENT):
        return f"{worker} does not chair conferences"
    return why_not_independent(str(worker), ties_of(worker, children, on=on))


def ties_of(worker: User, children: Sequence[int], *, on: date) -> Ties:
    """What a worker has had to do with any of these children, from the record."""
    given = Allocation.objects.filter(child__in=children).order_by("started_on")
    own = given.filter(worker=worker).first()
    gave = given.filter(allocated_by=worker).first()
    directed = Direction.objects.filter(
        pk__in=DirectionChild.objects.filter(child__in=children).values("direction_id"),
        given_by=worker,
    ).order_by("given_on")
    told = directed.first()
    done = (
        Task.objects.filter(
            pk__in=TaskChild.objects.filter(child__in=children).values("task_id"),
        )
        .filter(Q(done_by=worker) | Q(signed_off_by=worker))
        .exclude(step_key__in=OF_THE_CHAIR)
        .order_by("done_on")
        .first()
    )
    managing = (
        TeamMembership.objects.on(on)
        .filter(staff__user=worker, manages=True, team__in=given.current().values("team"))
        .select_related("team")
        .first()
    )
    return Ties(
        allocated_on=own.started_on if own else None,
        gave_it_out_on=gave.started_on if gave else None,
        directed_on=told.given_on if told else None,
        decided_on=done.done_on if done else None,
        decided=done.step.name if done else "",
        manages_team=str(managing.team) if managing else "",
    )
