"""Sending work for sign-off, agreeing it, and returning it with comments."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions.tasks import complete, next_number, open_next, still_here
from hearth.casework.models import Submission, Task
from hearth.lib.errors import CannotDo


@transaction.atomic
def submit(
    task: Task,
    *,
    outcome: str,
    on: date,
    content: dict[str, Any],
    by: User,
    late_reason: str = "",
) -> Submission:
    """Send finished work to be signed off, keeping it as it was sent."""
    complete(task, outcome=outcome, on=on, by=by, late_reason=late_reason)
    submission = Submission.objects.create(
        task=task, about=task.about, number=next_number(task), content=content, submitted_by=by
    )
    trail.record(f"Sent for sign-off: {task.step.name}", submission, by=by)
    return submission


@transaction.atomic
def sign_off(task: Task, *, comments: str = "", opens_next: bool = True, by: User) -> list[Task]:
    """Agree what another worker did, and open what follows, counted from the day it was done.

    With `opens_next=False` the room opens that itself, from another day.
    """
    task = _awaiting(task, by)
    submission = _decide(task, Submission.Decision.AUTHORISED, comments, by)
    task.signed_off_at, task.signed_off_by = timezone.now(), by
    task.save(update_fields=["signed_off_at", "signed_off_by"])
    trail.record(f"Signed off: {task.step.name}", submission or task, by=by)
    if not opens_next:
        return []
    return open_next(task, trigger=task.done_on or timezone.localdate(), by=by)


@transaction.atomic
def return_work(task: Task, *, comments: str, by: User) -> None:
    """Send work back to whoever did it, saying what must change. Both versions are kept."""
    task = _awaiting(task, by)
    if not comments:
        raise CannotDo("Say what must change before it is sent again")
    submission = _decide(task, Submission.Decision.RETURNED, comments, by)
    task.done_on = task.done_at = task.done_by = None
    task.outcome = ""
    if still_here(task.worker) is None and task.team is not None:
        task.worker = None  # whoever had it has left: it is the team's to give to somebody
    task.save(update_fields=["done_on", "done_at", "done_by", "outcome", "worker"])
    trail.record(f"Returned: {task.step.name}", submission or task, by=by)


def why_not_sign_off(task: Task, worker: User) -> str | None:
    """Why this worker may not sign this work off, at any remove; None if they may."""
    if worker.pk == task.done_by_id or worker.pk in task.worked_by:
        return "You did some of this work, so someone else must sign it off"
    if not worker.has_role(*task.step.signed_off_by):
        return "Your role does not sign this off"
    return None


def _awaiting(task: Task, by: User) -> Task:
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.done_at is None or task.signed_off_at is not None or task.cancelled_at is not None:
        raise CannotDo(f"{task.step.name} is not waiting to be signed off")
    if why := why_not_sign_off(task, by):
        raise CannotDo(why)
    return task


def _decide(task: Task, decision: str, comments: str, by: User) -> Submission | None:
    submission = Submission.objects.filter(task=task, decision="").order_by("-number").first()
    if submission is not None:
        submission.decision, submission.comments = decision, comments
        submission.decided_at, submission.decided_by = timezone.now(), by
        submission.save(update_fields=["decision", "comments", "decided_at", "decided_by"])
    return submission
