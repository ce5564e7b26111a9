"""Giving a case to a worker, and taking it back."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.models import Allocation, AllocationRole, Episode, Task
from hearth.lib.errors import CannotDo
from hearth.workforce.models import Team
from hearth.workforce.rules import is_employed, why_not_registered


@transaction.atomic
def allocate(
    *,
    episode: Episode,
    worker: User,
    team: Team,
    on: date,
    direction: str,
    role: str = AllocationRole.LEAD,
    change_reason: str = "",
    over_limit_reason: str = "",
    by: User,
) -> Allocation:
    """Give a child's case to a worker, with the manager's direction.

    The lead must be a social worker registered on the day. A lead already there hands over, and the
    child's open tasks go with the case.
    """
    if not is_employed(worker, on=on):
        raise CannotDo(f"{worker} does not work here on that day")
    if role == AllocationRole.LEAD and (why := why_not_registered(worker, on=on)):
        raise CannotDo(why)
    if role == AllocationRole.LEAD and not direction:
        raise CannotDo("Give your direction to the worker: what to do first, and by when")
    if role == AllocationRole.LEAD:
        _hand_over(episode, worker, team, on, by)
    allocation = Allocation.objects.create(
        child_id=episode.child_id,
        episode=episode,
        worker=worker,
        team=team,
        role=role,
        started_on=on,
        direction=direction,
        change_reason=change_reason,
        over_limit_reason=over_limit_reason,
        allocated_by=by,
    )
    trail.record(f"Allocated to {worker}", allocation, by=by)
    return allocation


def _hand_over(episode: Episode, worker: User, team: Team, on: date, by: User) -> None:
    leads = Allocation.objects.current().leading().filter(episode=episode).select_for_update()
    for lead in leads:
        if lead.started_on > on:
            raise CannotDo("The present worker was allocated after that day")
        if lead.worker_id == worker.pk:
            raise CannotDo(f"{worker} already leads this case")
        end_allocation(allocation=lead, on=on, by=by)
        tasks = Task.objects.outstanding().filter(children__episode=episode, worker=lead.worker)
        for task in tasks:
            task.worker, task.team = worker, team
            task.save(update_fields=["worker", "team"])


@transaction.atomic
def end_allocation(*, allocation: Allocation, on: date, by: User) -> None:
    """Record the first day a worker no longer had the case."""
    allocation.ended_on = max(on, allocation.started_on)
    allocation.save(update_fields=["ended_on"])
    trail.record("Ended an allocation", allocation, by=by)
