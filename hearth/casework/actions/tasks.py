"""Opening and completing steps."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.following import check_may_be_given
from hearth.casework.models import (
    Allocation,
    Episode,
    Involvement,
    Submission,
    Task,
    TaskChild,
)
from hearth.casework.models.local import local_rules
from hearth.casework.process import STEPS, Step, earliest_due
from hearth.casework.timescales import ENGLAND, Due
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.workforce.models import Staff, Team
from hearth.workforce.rules import is_employed, why_not_registered


def take_task(task: Task) -> Task:
    """This task, locked so that only one worker completes it."""
    taken = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if taken.done_at is not None or taken.cancelled_at is not None:
        raise CannotDo(f"{taken.step.name} is not waiting to be done: someone has finished it")
    return taken


@transaction.atomic
def open_step(
    step: Step | str,
    *,
    children: Sequence[Person],
    trigger: date | datetime,
    by: User,
    record_id: int | None = None,
    worker: User | None = None,
    team: Team | None = None,
    family: str = "",
    timescale: str = "",
    set_for: date | None = None,
    brief: str = "",
) -> Task:
    """Put a step on somebody's list, with the date it is due and why.

    `timescale` is used in place of the step's own; `set_for` is the day a manager set, for a step
    that no rule dates; `brief` is what a manager wants of whoever does it.
    """
    step = STEPS[step] if isinstance(step, str) else step
    check_somebody_is_there(worker, team)
    when = due_for(step, trigger, children, timescale=timescale)
    if set_for is not None:
        when = Due(set_for, f"{by} asked for this by {in_words(set_for)}")
    task = Task.objects.create(
        step_key=step.key,
        about=sorted(child.pk for child in children),
        family=family or _family_of(children),
        record_id=record_id,
        worker=worker,
        team=team,
        trigger_on=day_of(trigger),
        trigger_at=trigger if isinstance(trigger, datetime) else None,
        timescale=timescale,
        due_on=when.on if when else None,
        due_at=when.at if when else None,
        because=when.because[:500] if when else "",
        brief=brief,
    )
    open_episodes = {e.child_id: e for e in Episode.objects.open().filter(child__in=list(children))}
    TaskChild.objects.bulk_create(
        TaskChild(task=task, child=child, episode=open_episodes.get(child.pk)) for child in children
    )
    trail.record(f"Opened: {step.name}", task, by=by)
    return task


@transaction.atomic
def name_children(task: Task, *, children: Sequence[Person], by: User) -> None:
    """Say whom a task is about, when it was opened before anybody knew."""
    open_episodes = {e.child_id: e for e in Episode.objects.open().filter(child__in=list(children))}
    task.about = sorted(child.pk for child in children)
    task.family = _family_of(children) or task.family
    task.save(update_fields=["about", "family"])
    TaskChild.objects.bulk_create(
        [TaskChild(task=task, child=c, episode=open_episodes.get(c.pk)) for c in children],
        ignore_conflicts=True,
    )
    trail.record(f"Said whom it is about: {task.step.name}", task, by=by)


@transaction.atomic
def narrow(task: Task, *, children: Sequence[Person], by: User) -> None:
    """Ask a task for some of its children alone, because it is needed for the others no more."""
    task = take_task(task)
    left = sorted(child.pk for child in children)
    if not left or set(left) - set(task.about):
        raise CannotDo("Choose children whom this is about")
    task.about = left
    task.save(update_fields=["about"])
    task.children.exclude(child__in=left).delete()
    trail.record(f"Asked for some of the children alone: {task.step.name}", task, by=by)


@transaction.atomic
def complete(
    task: Task,
    *,
    outcome: str,
    on: date,
    by: User,
    late_reason: str = "",
    opens_next: bool = True,
    done_by: User | None = None,
) -> None:
    """Mark a task done. What it leads to opens now, unless it must be signed off first.

    Late work is never blocked; it asks for its reason. Where children of one task have outcomes of
    their own, the room says `opens_next=False` and calls `open_next` for each outcome itself.
    `done_by` is whoever did it, where another worker writes it down.
    """
    task, doer = take_task(task), done_by or by
    if on > timezone.localdate():
        raise CannotDo(f"{task.step.name} cannot be done on a day that has not come")
    if task.step.qualified and (why := why_not_registered(doer, on=on)):
        raise CannotDo(why)
    if task.due_on and on > task.due_on and not late_reason:
        raise CannotDo(f"This was due on {in_words(task.due_on)}. Say why it is late")
    task.outcome, task.late_reason = outcome, late_reason
    task.done_on, task.done_at, task.done_by = on, timezone.now(), doer
    task.worked_by = sorted({*task.worked_by, by.pk, doer.pk})
    task.save(
        update_fields=["outcome", "late_reason", "done_on", "done_at", "done_by", "worked_by"]
    )
    trail.record(f"Completed: {task.step.name}", task, by=by)
    if opens_next and not task.step.signed_off_by:
        open_next(task, trigger=on, by=by)


@transaction.atomic
def open_next(
    task: Task,
    *,
    trigger: date | datetime,
    by: User,
    outcome: str = "",
    children: Sequence[Person] | None = None,
    record_id: int | None = None,
    worker: User | None = None,
    team: Team | None = None,
) -> list[Task]:
    """Open what a finished task leads to, for the same children, with the same people.

    An outcome for some of the children, another record, and other people may be said instead.
    """
    if children is None:
        children = list(Person.objects.filter(pk__in=task.about))
    if worker is None and team is None:
        worker, team = _whose_next(task, by)
    keys = task.step.leads_to.get(outcome or task.outcome, ())
    opening = [(key, children, "") for key in keys]
    if again := still_asking(task.step, children):
        opening.append((task.step_key, again, task.timescale))
    return [
        open_step(
            key,
            children=theirs,
            trigger=trigger,
            by=by,
            record_id=record_id or task.record_id,
            worker=worker,
            team=team,
            family=task.family,
            timescale=timescale,
        )
        for key, theirs, timescale in opening
    ]


def still_asking(step: Step, children: Sequence[Person]) -> list[Person]:
    """The children for whom a recurring step is done again: those who are still that to us."""
    if not step.repeats_while:
        return []
    standing = Involvement.objects.filter(
        child__in=children, kind__in=step.repeats_while, ended_on=None
    )
    still = set(standing.values_list("child_id", flat=True))
    return [child for child in children if child.pk in still]


def _whose_next(task: Task, by: User) -> tuple[User | None, Team | None]:
    """Who does what follows: whoever had the task, unless they left and had no team; then `by`."""
    worker = still_here(task.worker)
    return (by, None) if worker is None and task.team is None else (worker, task.team)


@transaction.atomic
def worked_on(task: Task, *, by: User) -> None:
    """Note that a worker had a hand in it: nobody who did may sign it off."""
    if by.pk not in task.worked_by:
        task.worked_by = sorted({*task.worked_by, by.pk})
        task.save(update_fields=["worked_by"])
    trail.record(f"Worked on: {task.step.name}", task, by=by)


@transaction.atomic
def cancel(task: Task, *, reason: str, by: User) -> None:
    """Take a task off the list because it is no longer needed, with the reason."""
    task = take_task(task)
    if not reason:
        raise CannotDo("Say why this is no longer needed")
    task.cancelled_at, task.cancelled_by, task.cancelled_reason = timezone.now(), by, reason[:500]
    task.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_reason"])
    trail.record(f"Cancelled: {task.step.name}", task, by=by, reason=reason)


def why_not_take_off(task: Task, by: User) -> str | None:
    """Why a task may not be taken off the list by hand, in words; None when it may."""
    step = task.step
    if step.stays_because:
        return step.stays_because
    if step.taken_off_by and not by.has_role(*step.taken_off_by):
        return f"{step.name}: a service manager takes this off the list"
    if step.repeats_while:
        for child in still_asking(step, list(Person.objects.filter(pk__in=task.about))):
            return f"This is asked for as long as {child} has the plan that it comes from"
    return None


@transaction.atomic
def take_off(task: Task, *, reason: str, by: User) -> None:
    """Take a task off the list by hand, with the reason: not what the law still asks for."""
    task = take_task(task)
    if why := why_not_take_off(task, by):
        raise CannotDo(why)
    cancel(task, reason=reason, by=by)


@transaction.atomic
def reopen(task: Task, *, reason: str, by: User) -> Task:
    """Put a task back on the list, because what met it turned out not to be so, with the reason.

    How it was done before stays in its history. Somebody who has left gets nothing back.
    """
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.done_at is None or task.cancelled_at is not None or task.signed_off_at is not None:
        raise CannotDo(f"{task.step.name} is not one that was done and can be asked for again")
    if not reason:
        raise CannotDo("Say why this is to be done again")
    if (worker := still_here(task.worker)) is None and task.team is None:
        worker = by
    task.worker, task.outcome, task.late_reason = worker, "", ""
    task.done_on = task.done_at = task.done_by = None
    task.save(update_fields=["worker", "outcome", "late_reason", "done_on", "done_at", "done_by"])
    trail.record(f"Put back on the list: {task.step.name}", task, by=by, reason=reason)
    return task


@transaction.atomic
def reassign(
    task: Task, *, worker: User | None, team: Team | None, reason: str = "", by: User
) -> None:
    """Pass a task to another worker or team, never to somebody who has left."""
    check_somebody_is_there(worker, team)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.cancelled_at is not None or task.signed_off_at is not None or _is_finished(task):
        raise CannotDo(f"{task.step.name} is not waiting to be done: someone has finished it")
    check_may_be_given(task, worker, timezone.localdate())
    task.worker, task.team = worker, team or task.team
    task.save(update_fields=["worker", "team"])
    to = f"to {worker}" if worker else f"to {team}"
    trail.record(f"Reassigned {to}: {task.step.name}", task, by=by, reason=reason)


def _is_finished(task: Task) -> bool:
    """Whether nothing more is to be done to it; what waits for sign-off may still change hands."""
    return task.done_at is not None and not task.step.signed_off_by


def next_number(task: Task) -> int:
    """The number the next submission of this task takes."""
    latest = Submission.objects.filter(task=task).aggregate(latest=Max("number"))["latest"]
    return (latest or 0) + 1


def due_for(
    step: Step, trigger: date | datetime, children: Sequence[Person], *, timescale: str = ""
) -> Due | None:
    """When a step falls due for these children, by the rules in force here."""
    kinds: set[str] = set()
    if step.due_while:
        standing = Involvement.objects.filter(child__in=children, ended_on=None)
        kinds = set(standing.values_list("kind", flat=True))
    return earliest_due(step, trigger, local_rules(), kinds=kinds, timescale=timescale)


def day_of(trigger: date | datetime) -> date:
    """The day in England of whatever a limit is counted from."""
    return trigger.astimezone(ENGLAND).date() if isinstance(trigger, datetime) else trigger


def check_somebody_is_there(worker: User | None, team: Team | None) -> None:
    """Refuse to put work where nobody would find it: with a leaver, or in an empty team."""
    today = timezone.localdate()
    if worker is None and team is None:
        raise CannotDo("Choose a worker or a team for this")
    if worker is not None and not is_employed(worker, on=today):
        raise CannotDo(f"{worker} no longer works here. Choose somebody else")
    if worker is None and team is not None:
        if not Team.objects.open_on(today).filter(pk=team.pk).exists():
            raise CannotDo(f"{team} is closed. Choose another team")
        if not Staff.objects.in_team_on(team, today).exists():
            raise CannotDo(f"Nobody works in {team}. Choose another team")


def still_here(worker: User | None) -> User | None:
    """This worker, unless they have left: nothing new is put on a leaver's list."""
    if worker is not None and is_employed(worker, on=timezone.localdate()):
        return worker
    return None


def _family_of(children: Sequence[Person]) -> str:
    names = list(dict.fromkeys(child.family_name for child in children if child.family_name))
    return " and ".join(names)[:200]


def lead_worker(child: Person) -> User | None:
    """The worker who now leads this child's case."""
    lead = (
        Allocation.objects.current().leading().filter(child=child).select_related("worker").first()
    )
    return lead.worker if lead else None
