"""Putting what a plan asks of our own workers on their lists, and taking it off."""

from datetime import date

from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.plans.gathering import CARRIED_ELSEWHERE, gatherings_of
from hearth.plans.models import ActionState, Plan, PlanAction, PlanChild
from hearth.plans.process import ACTION


def waiting_for(action: PlanAction) -> Task | None:
    """The task by which a worker is asked to do this, if one waits."""
    return Task.objects.outstanding().of_step(ACTION).filter(record_id=action.pk).first()


def ask_owner(action: PlanAction, by: User) -> None:
    """Put an open action on its owner's list, with its day, where it is one of ours and dated."""
    if action.state != ActionState.OPEN or action.owner_worker is None or action.due_on is None:
        return
    if waiting_for(action) is None:
        casework.open_step(
            ACTION,
            children=list(Person.objects.filter(pk__in=action.about)),
            trigger=action.set_on,
            by=by,
            record_id=action.pk,
            worker=action.owner_worker,
            set_for=action.due_on,
            brief=action.what,
        )


def ask_owners(plan: Plan, by: User) -> None:
    """Ask every owner of ours for what a plan that was just issued asks of them."""
    for action in plan.actions.open().select_related("owner_worker"):
        ask_owner(action, by)


def answer(action: PlanAction, *, words: str, on: date, by: User) -> None:
    """Take an action that ended off its owner's list."""
    task = waiting_for(action)
    if task is None:
        return
    if action.state == ActionState.STOPPED:
        casework.cancel(task, reason=words, by=by)
        return
    late = words if task.due_on and on > task.due_on else ""
    casework.complete(task, outcome=ActionState.DONE, on=on, late_reason=late, by=by)


def stop_asking(plan: Plan, by: User) -> None:
    """Take off the list what a plan asked for children for whom it stands no more.

    What it asks for others too is asked for them alone: a core group, a review, an action.
    """
    still = set(PlanChild.objects.current().filter(plan=plan).values_list("child_id", flat=True))
    for task in _asked_by(plan):
        left = still & set(task.about)
        if not left and task.step_key not in CARRIED_ELSEWHERE:
            casework.cancel(task, reason="The plan ended", by=by)
        elif left and left != set(task.about):
            casework.narrow(task, children=list(Person.objects.filter(pk__in=left)), by=by)


def _asked_by(plan: Plan) -> list[Task]:
    """What waits to be done under a plan: its actions, and the meetings that carry it on."""
    steps = [each.step for each in gatherings_of(plan.kind) if each.step] + CARRIED_ELSEWHERE
    waiting = Task.objects.outstanding()
    meetings = waiting.filter(step_key__in=steps, record_id=plan.pk)
    open_now = [action.pk for action in plan.actions.open()]
    actions = waiting.of_step(ACTION).filter(record_id__in=open_now)
    return [*meetings.order_by("pk"), *actions.order_by("pk")]
