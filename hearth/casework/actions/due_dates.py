"""Working a due date out again: because a fact was corrected, a child's status changed, or in bulk.

A due date that comes out the same is left alone. One that changes is in the trail, and its earlier
version in the history. The limit is always the one in force on the day of the trigger, so that a
limit changed since rewrites nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions.tasks import (
    cancel,
    day_of,
    due_for,
    open_step,
    still_asking,
    take_task,
)
from hearth.casework.models import Involvement, Task
from hearth.casework.models.local import local_rules
from hearth.casework.process import STEPS, earliest_due
from hearth.casework.timescales import LocalRules
from hearth.people.models import Person

BATCH = 5000
_UPDATE = """
    UPDATE casework_task t
    SET due_on = new.due_on, due_at = new.due_at, because = new.because
    FROM unnest(%s::bigint[], %s::date[], %s::timestamptz[], %s::text[])
        AS new(id, due_on, due_at, because)
    WHERE t.id = new.id AND t.done_at IS NULL AND t.cancelled_at IS NULL
"""


@transaction.atomic
def recompute(
    task: Task, *, trigger: date | datetime, timescale: str | None = None, by: User
) -> None:
    """Work the due date out again because the fact it is counted from was corrected.

    `timescale` is another than it was given, where a plan now sets its own.
    """
    task = take_task(task)
    if timescale is not None:
        task.timescale = timescale
    when = due_for(task.step, trigger, _children(task), timescale=task.timescale)
    before = task.due_on
    task.trigger_on = day_of(trigger)
    task.trigger_at = trigger if isinstance(trigger, datetime) else None
    task.due_on, task.due_at = (when.on, when.at) if when else (None, None)
    task.because = when.because[:500] if when else ""
    task.save(
        update_fields=["trigger_on", "trigger_at", "timescale", "due_on", "due_at", "because"]
    )
    trail.record(
        f"Due date worked out again: {task.step.name}",
        task,
        by=by,
        reason=f"from {before} to {task.due_on}",
    )


@transaction.atomic
def reconsider(child: Person, *, by: User) -> None:
    """After what a child is to the service changed, hold their open tasks to what is true now.

    Recurring duties that nothing asks for any more are taken off the list; if a brother or sister
    still needs one, it goes on for them. Dates that depend on what a child is are worked out again.
    """
    for task in Task.objects.outstanding().for_child(child):
        children = _children(task)
        still = still_asking(task.step, children) if task.step.repeats_while else children
        if len(still) < len(children):
            _go_on_for(task, still, by)
        elif task.step.due_while:
            _work_out_again(task, children, by)


def _work_out_again(task: Task, children: Sequence[Person], by: User) -> None:
    trigger = task.trigger_at or task.trigger_on
    when = due_for(task.step, trigger, children, timescale=task.timescale)
    if when is None or when.on != task.due_on:
        recompute(task, trigger=trigger, by=by)


def _go_on_for(task: Task, still: Sequence[Person], by: User) -> None:
    """Take a recurring task off the list, and put it back for the children who still need it."""
    cancel(task, reason="What asked for it has ended", by=by)
    if still:
        open_step(
            task.step,
            children=still,
            trigger=task.trigger_at or task.trigger_on,
            by=by,
            record_id=task.record_id,
            worker=task.worker,
            team=task.team,
            family=task.family,
            timescale=task.timescale,
        )


def _children(task: Task) -> list[Person]:
    return list(Person.objects.filter(pk__in=task.about))


@dataclass(frozen=True, slots=True)
class Changed:
    """An open task whose date came out otherwise than it stood."""

    pk: int
    step_key: str
    about: list[int]
    before: date | None
    due_on: date | None
    due_at: datetime | None
    because: str


@transaction.atomic
def recompute_all(*, by: User) -> int:
    """Work out every open task's due date again from its trigger. Returns how many changed.

    Meant for a whole borough: a few statements for thousands of tasks, not one for each.
    """
    local, changed = local_rules(), 0
    columns = ("pk", "step_key", "about", "trigger_on", "trigger_at", "timescale")
    was = ("due_on", "due_at", "because")
    rows = Task.objects.outstanding().order_by("pk").values(*columns, *was).iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        found = list(_changes(batch, _kinds(batch), local))
        _write(found)
        _tell(found, by)
        changed += len(found)
    trail.record(f"Worked out all due dates again: {changed} changed", None, by=by)
    return changed


def _changes(
    batch: Iterable[dict[str, Any]], kinds: dict[int, set[str]], local: LocalRules
) -> Iterator[Changed]:
    for row in batch:
        step, about = STEPS[row["step_key"]], row["about"]
        trigger = row["trigger_at"] or row["trigger_on"]
        if not (step.due or step.due_while or row["timescale"]):
            continue  # dated by hand, or not at all
        theirs = {kind for child in about for kind in kinds.get(child, ())}
        when = earliest_due(step, trigger, local, kinds=theirs, timescale=row["timescale"])
        now = (when.on, when.at, when.because[:500]) if when else (None, None, "")
        if now != (row["due_on"], row["due_at"], row["because"]):
            yield Changed(row["pk"], step.key, about, row["due_on"], *now)


def _kinds(batch: Collection[dict[str, Any]]) -> dict[int, set[str]]:
    """What the children of those tasks are to the service whose dates depend on it."""
    ids: set[int] = set()
    for row in batch:
        if STEPS[row["step_key"]].due_while:
            ids.update(row["about"])
    found: dict[int, set[str]] = {}
    standing = Involvement.objects.filter(child__in=ids, ended_on=None) if ids else ()
    for involvement in standing:
        found.setdefault(involvement.child_id, set()).add(involvement.kind)
    return found


def _write(found: list[Changed]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _UPDATE,
            [
                [c.pk for c in found],
                [c.due_on for c in found],
                [c.due_at for c in found],
                [c.because for c in found],
            ],
        )


def _tell(found: list[Changed], by: User) -> None:
    trail.record_many(
        [
            (
                f"Due date worked out again: {STEPS[c.step_key].name}",
                f"casework.Task:{c.pk}",
                c.about,
                f"from {c.before} to {c.due_on}",
            )
            for c in found
        ],
        by=by,
    )
