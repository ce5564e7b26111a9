"""The visits a plan asks for: the duty opened with it, met by a visit, and opened again from it."""

from collections.abc import Collection
from datetime import date
from itertools import dropwhile

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, Role
from hearth.accounts.worker_context import acting_as
from hearth.casework import actions as casework
from hearth.casework.models import Allocation, Task
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import due, timescale_of
from hearth.lib.errors import CannotDo
from hearth.plans.actions.plans import set_visits
from hearth.plans.duties import DUTIES, VisitDuty, duty_of
from hearth.plans.models import PlanChild, PlanKind
from hearth.plans.sights import sights_of
from hearth.records.models import Visit, VisitChild

SEEN = "seen"
NOT_SO = "The visit that met it was withdrawn or put right: the child was not seen on that day"


@transaction.atomic
def open_visits(*, part: PlanChild, trigger: date, by: User) -> Task | None:
    """Ask for the next visit to a child under a plan, counted from a day. One at a time."""
    duty = duty_of(part.kind)
    if duty is None or waiting_visit(part, duty) is not None:
        return None
    lead = Allocation.objects.current().leading().filter(child=part.child_id)
    held = lead.select_related("worker", "team").first()
    worker = casework.still_here(held.worker) if held else by
    task = casework.open_step(
        duty.step,
        children=[part.child],
        trigger=trigger,
        by=by,
        record_id=part.child_id,
        worker=worker,
        team=held.team if held else None,
        timescale=duty.timescale_for(part),
    )
    trail.record(f"Asked for visits: {part}", part, by=by)
    return task


def waiting_visit(part: PlanChild, duty: VisitDuty) -> Task | None:
    """The visit a child's plan now asks for, if one is on a list."""
    waiting = Task.objects.outstanding().filter(step_key=duty.step)
    return waiting.for_child(part.child).first()


def visit_said(visit: Visit, by: User) -> None:
    """Hold the duties of each child of a visit to what is now on record of when they were seen.

    Read as Hearth itself: a child was seen also on a visit that `by` may not know of, because a
    brother or sister of theirs was on it too.
    """
    with acting_as(system_worker()):
        children = VisitChild.objects.filter(visit=visit).values("child")
        standing = PlanChild.objects.current().filter(child__in=children, kind__in=list(DUTIES))
        for part in standing.select_related("child").order_by("pk"):
            align_visits(part=part, by=by)


@transaction.atomic
def align_visits(*, part: PlanChild, by: User) -> None:
    """Meet the duty by the visits that count, from the first that is not as it was said.

    A visit withdrawn, corrected to another day, or on which the child turns out not to have been
    seen, met nothing: what it met is asked for again, and what was counted from it is taken off.
    """
    duty = DUTIES[part.kind]
    task = waiting_visit(part, duty)
    if task is None:
        return
    sights = [sight for sight in reversed(sights_of([part]).get(part.pk, [])) if sight.happened_on]
    task = _take_back(task, part, {sight.happened_on for sight in sights}, by) or task
    last = sights[-1].happened_on if sights else None
    if (last or part.started_on) < task.trigger_on:
        casework.recompute(task, trigger=last or part.started_on, by=by)
    for sight in sights:
        if task is not None and sight.happened_on and sight.happened_on > task.trigger_on:
            task = _meet(task, part, sight, sight.happened_on, by)
    trail.record(f"Looked at visits: {part}", part, by=by)


def _take_back(
    waiting: Task, part: PlanChild, seen_on: Collection[date | None], by: User
) -> Task | None:
    """Ask again for the first visit that nothing on the record meets now, and for none after it."""
    done = (
        Task.objects.filter(step_key=waiting.step_key, outcome=SEEN, cancelled_at=None)
        .filter(done_on__gte=part.started_on, trigger_on__gte=part.started_on)
        .for_child(part.child)
        .order_by("trigger_on", "pk")
    )
    unmet = list(dropwhile(lambda task: task.done_on in seen_on, done))
    if not unmet:
        return None
    for later in unmet[1:]:
        casework.cancel(casework.reopen(later, reason=NOT_SO, by=by), reason=NOT_SO, by=by)
    casework.cancel(waiting, reason=NOT_SO, by=by)
    return casework.reopen(unmet[0], reason=NOT_SO, by=by)


def _meet(task: Task, part: PlanChild, sight: VisitChild, seen_on: date, by: User) -> Task | None:
    casework.complete(
        task,
        outcome=SEEN,
        on=seen_on,
        by=by,
        done_by=sight.visited_by,
        late_reason=_why_late(task, part, seen_on),
        opens_next=False,
    )
    return open_visits(part=part, trigger=seen_on, by=by)


def _why_late(task: Task, part: PlanChild, seen_on: date) -> str:
    if task.due_on is None or seen_on <= task.due_on:
        return ""
    days = (seen_on - task.due_on).days
    tried = VisitChild.objects.standing().filter(
        child=part.child_id, seen=False, happened_on__gt=task.trigger_on, happened_on__lt=seen_on
    )
    return f"Seen {days} days late. Visits on which the child was not seen before: {tried.count()}"


def last_counted(part: PlanChild) -> date | None:
    """The last day a child was seen under their plan on a visit that counts."""
    sight = _last_sight(part)
    return sight.happened_on if sight else None


def _last_sight(part: PlanChild) -> VisitChild | None:
    return next(iter(sights_of([part]).get(part.pk, ())), None)


@transaction.atomic
def agree_visits(
    *, part: PlanChild, visit_days: int | None, reason: str, agreed_by: User | None, by: User
) -> None:
    """Set how often a child is visited: a manager, and for fewer visits under protection the chair.

    The next visit's day is worked out again from when the child was last seen.
    """
    duty = duty_of(part.kind)
    if duty is None:
        raise CannotDo("Nobody has said how children with this kind of plan are visited")
    if not by.has_role(*MANAGERS):
        raise CannotDo("A manager sets how often a child is visited")
    fewer = part.kind == PlanKind.PROTECTION and is_fewer(part, duty, visit_days)
    if fewer and (agreed_by is None or not agreed_by.has_role(Role.CONFERENCE_CHAIR)):
        raise CannotDo(
            "A child with a protection plan is visited less often only if the conference chair "
            "agrees. Say which chair did"
        )
    set_visits(part=part, visit_days=visit_days, reason=reason, agreed_by=agreed_by or by, by=by)
    part.refresh_from_db()
    task = waiting_visit(part, duty)
    if task is not None:
        wanted = duty.timescale_for(part)
        casework.recompute(task, trigger=task.trigger_on, timescale=wanted, by=by)
    trail.record(f"Agreed how often a child is visited: {part}", part, by=by)


def is_fewer(part: PlanChild, duty: VisitDuty, visit_days: int | None) -> bool:
    """Whether a child would be visited less often than the service asks."""
    if visit_days is None:
        return False
    local = local_rules()
    usual = due(timescale_of(duty.timescale), part.started_on, local)
    own = due(timescale_of(f"{duty.timescale}:{visit_days}"), part.started_on, local)
    return bool(usual and own and own.on > usual.on)
