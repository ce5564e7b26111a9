"""Writing a child in need plan, sending it to a manager, agreeing it, and returning it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework import actions as casework
from hearth.casework.models import Submission, Task
from hearth.family_help.process import PLAN
from hearth.family_help.rules import gaps
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import MeetingKind, Plan, PlanChild, PlanKind
from hearth.records.actions import chronicle, record_oversight

PAGE = "plans:plan"


@transaction.atomic
def begin_plan(*, task: Task, by: User) -> Plan:
    """Begin to write the plan that a task asks for. Begun twice, it is one."""
    if task.step_key != PLAN.key:
        raise CannotDo("This task does not ask for a child in need plan")
    children = list(Person.objects.filter(pk__in=task.about))
    plan = plans.draft_plan(kind=PlanKind.CHILD_IN_NEED, children=children, task=task, by=by)
    task.record_id = plan.pk
    task.save(update_fields=["record_id"])
    casework.worked_on(task, by=by)
    trail.record("Began a child in need plan", plan, by=by)
    return plan


def gaps_of(plan: Plan) -> list[str]:
    """What a plan lacks before it may be sent. Four queries."""
    children = Person.objects.filter(pk__in=plan.about).order_by("born_on", "pk")
    return gaps(
        plan,
        names=[(child.pk, child.name) for child in children],
        needs=list(plan.needs.all()),
        actions=plan.actions.open().count(),
        contingencies=plan.contingencies.standing().count(),
    )


@transaction.atomic
def send_plan(*, plan: Plan, on: date, late_reason: str = "", by: User) -> Submission:
    """Send a whole plan to a manager, kept as it was sent."""
    plan = _take(plan)
    if lacking := gaps_of(plan):
        raise CannotDo(". ".join(lacking))
    submission = casework.submit(
        _task_of(plan),
        outcome="made",
        on=on,
        content=_as_sent(plan),
        late_reason=late_reason,
        by=by,
    )
    trail.record("Sent a child in need plan to a manager", plan, by=by)
    return submission


@transaction.atomic
def agree_plan(*, plan: Plan, started_on: date, comments: str, by: User) -> None:
    """Agree a plan: it starts for each child, with visits, a first review, and its actions asked.

    By a manager who had no part in writing it. A child who has a protection plan by now is left
    out: no child has two plans at once.
    """
    plan, task = _take(plan), _task_of(plan)
    if not comments:
        raise CannotDo("Say why you agree this plan")
    if task.done_on is not None and started_on < task.trigger_on:
        raise CannotDo(f"It was only decided to make one on {in_words(task.trigger_on)}")
    casework.sign_off(task, comments=comments, opens_next=False, by=by)
    joining = _joining(plan, started_on)
    for child, needs in joining:
        part = plans.PlanPart(child=child, needs=needs)
        plans.add_to_plan(plan=plan, part=part, started_on=started_on, by=by)
    plans.issue_plan(plan=plan, on=timezone.localdate(), by=by)
    for standing in plan.children.select_related("child"):
        plans.open_visits(part=standing, trigger=started_on, by=by)
    plans.open_gathering(plan=plan, kind=MeetingKind.IN_NEED_REVIEW, trigger=started_on, by=by)
    _tell(plan, [child for child, _ in joining], started_on, comments, by)
    trail.record("Agreed a child in need plan", plan, by=by)


@transaction.atomic
def return_plan(*, plan: Plan, comments: str, by: User) -> None:
    """Send a plan back to whoever wrote it, saying what must change. Both versions are kept."""
    task = _task_of(plan)
    casework.return_work(task, comments=comments, by=by)
    trail.record("Returned a child in need plan", plan, by=by)


def _take(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def _task_of(plan: Plan) -> Task:
    if plan.task is None:
        raise CannotDo("This plan waits for nobody's agreement")
    return plan.task


def _joining(plan: Plan, started_on: date) -> list[tuple[Person, str]]:
    protected = PlanChild.objects.on(started_on).of_kind(PlanKind.PROTECTION)
    others = protected.filter(child__in=plan.about).values("child")
    needs = plan.needs.exclude(child__in=others).select_related("child")
    found = [(one.child, one.needs) for one in needs]
    if not found:
        raise CannotDo("Each of these children has a child protection plan by now: return this one")
    return found


def _tell(plan: Plan, children: list[Person], on: date, comments: str, by: User) -> None:
    record_oversight(
        children=children,
        text=comments,
        oversight_point="sign_off",
        decision=True,
        told_already=True,
        by=by,
    )
    chronicle(
        about=children,
        kind="plan",
        title=f"{plan} started",
        text=plan.aim,
        texts={one.child_id: f"They said: {one.views}" for one in plan.needs.all() if one.views},
        happened_on=on,
        source=plan,
        page=PAGE,
        significance="high",
        by=by,
    )
    task = plan.task
    if task is not None and task.worker is not None:
        notify(
            to=[task.worker],
            text=f"{by} agreed a child in need plan. What it asks is on your list",
            page=f"/plans/{plan.pk}/",
            subject=plan,
            by=by,
        )


def _as_sent(plan: Plan) -> dict[str, Any]:
    """The plan in plain values, as the manager is sent it."""
    return {
        "worries": plan.worries,
        "strengths": plan.strengths,
        "aim": plan.aim,
        "parents_view": plan.parents_view,
        "parents_agree": plan.parents_agree,
        "planned_end_on": plan.planned_end_on.isoformat() if plan.planned_end_on else None,
        "children": [
            {"child": one.child_id, "needs": one.needs, "views": one.views}
            for one in plan.needs.all()
        ],
        "actions": [
            {
                "number": one.number,
                "what": one.what,
                "owner": one.owner,
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "frequency": one.frequency,
                "measure": one.measure,
                "children": one.about,
            }
            for one in plan.actions.open()
        ],
        "contingencies": [
            {"trigger": one.trigger, "action": one.action, "owner": one.owner, "within": one.within}
            for one in plan.contingencies.standing()
        ],
    }
