"""Giving all that one worker has to another, because they leave or will be away."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions.allocations import allocate_family, end_allocation
from hearth.casework.actions.tasks import reassign
from hearth.casework.leaving import cases_held, tasks_held
from hearth.casework.models import Allocation, AllocationRole
from hearth.lib.errors import CannotDo
from hearth.workforce.models import Team


@transaction.atomic
def hand_over_all(
    *,
    worker: User,
    to: User,
    team: Team,
    on: date,
    direction: str,
    change_reason: str,
    over_limit_reason: str = "",
    by: User,
) -> int:
    """Give another worker every case and task of this one that `by` may know of.

    Returns how many things changed hands. A case whose new worker cannot have it stops them all,
    with the reason.
    """
    if worker.pk == to.pk:
        raise CannotDo("Choose somebody else")
    cases, tasks = list(cases_held(worker)), list(tasks_held(worker))
    if not cases and not tasks:
        raise CannotDo(f"{worker} has no cases or tasks to hand over")
    for part in AllocationRole:
        held = [case for case in cases if case.role == part]
        if part != AllocationRole.LEAD:
            held = _ended(held, to, on, by)
        if held:
            allocate_family(
                episodes=[case.episode for case in held],
                worker=to,
                team=team,
                on=on,
                direction=direction,
                role=part,
                change_reason=change_reason,
                over_limit_reason=over_limit_reason,
                by=by,
            )
    for task in tasks_held(worker):
        reassign(task, worker=to, team=team, reason=f"Handed over by {worker}", by=by)
    trail.record(f"Handed over all of {worker}'s work to {to}", None, by=by)
    return len(cases) + len(tasks)


def _ended(held: list[Allocation], to: User, on: date, by: User) -> list[Allocation]:
    """End each of these parts, and say which are to be given on: not where they have the case."""
    for case in held:
        end_allocation(allocation=case, on=max(on, case.started_on), by=by)
    theirs = Allocation.objects.current().filter(worker=to)
    has = set(theirs.values_list("child_id", flat=True))
    return [case for case in held if case.child_id not in has]
