"""Taking back a discussion recorded in error, with everything that followed from it."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework.actions import cancel, open_step, still_here
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions import withdraw_written
from hearth.supervision import process
from hearth.supervision.models import Discussion
from hearth.supervision.rules import why_not_withdraw

ALREADY = "This discussion was withdrawn already"


@transaction.atomic
def withdraw_discussion(*, discussion: Discussion, reason: str, by: User) -> Discussion:
    """Take back a discussion recorded on the wrong case. It is kept, out of the record, with why.

    The direction leaves the top of each child's record and each chronology. What was decided and
    is not yet done leaves its owner's list; what was done stays, for it happened. The case counts
    as not discussed, so it comes back to supervision when it would have.
    """
    discussion = Discussion.objects.select_for_update(of=("self",)).get(pk=discussion.pk)
    if discussion.is_withdrawn:
        raise CannotDo(ALREADY)
    if why := why_not_withdraw(discussion, by, on=timezone.localdate()):
        raise CannotDo(why)
    if not reason:
        raise CannotDo("Say why this is withdrawn")
    discussion.withdrawn_at, discussion.withdrawn_by = timezone.now(), by
    discussion.withdrawn_reason = reason
    discussion.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    if not discussion.note.is_withdrawn:
        withdraw_written(written=discussion.note, reason=reason, by=by)
    for task in undone(discussion):
        cancel(task, reason="The discussion it was decided in was withdrawn", by=by)
        _tell(task.worker, task, by)
    _wait_again(discussion, by)
    _tell(discussion.worker, discussion, by)
    trail.record("Withdrew a discussion of a case", discussion, by=by, reason=reason)
    return discussion


def undone(discussion: Discussion) -> QuerySet[Task]:
    """What the discussion asked for and nobody has done: its decisions, and bringing it back."""
    decided = discussion.decisions.values("direction__task")
    asked = Task.objects.of_step(process.CASE_DISCUSSION).filter(
        trigger_on=discussion.discussed_on,
        recorded_at__gte=discussion.recorded_at,
        children__child__in=discussion.about,
    )
    waiting = Task.objects.outstanding()
    return waiting.filter(pk__in=decided.union(asked.values("pk"))).select_related("worker")


def _wait_again(discussion: Discussion, by: User) -> None:
    """Open again what waited for this case to be brought back, by the day it was to be."""
    met = Task.objects.of_step(process.CASE_DISCUSSION).filter(
        outcome="discussed",
        done_on=discussion.discussed_on,
        children__child__in=discussion.about,
    )
    for task in met.select_related("worker", "team").distinct():
        open_step(
            process.CASE_DISCUSSION,
            children=list(Person.objects.filter(pk__in=task.about)),
            trigger=task.trigger_on,
            worker=still_here(task.worker) or by,
            team=task.team,
            set_for=task.due_on,
            by=by,
        )


def _tell(worker: User | None, about: Discussion | Task, by: User) -> None:
    if worker is not None and worker.pk != by.pk:
        what = "discussion of a case" if isinstance(about, Discussion) else "direction"
        notify(
            to=worker,
            text=f"{by} withdrew a {what} recorded in error. It no longer stands",
            subject=about,
            by=by,
        )
