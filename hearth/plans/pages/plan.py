"""A plan's page: whom it is for, what it asks, and how each thing has gone from meeting to meeting.

What is not this room's to know (an agreement, who decides next) other rooms put there by panels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, Role
from hearth.casework.models import Allocation, Task
from hearth.casework.process import STEPS
from hearth.casework.timescales import describe_limit, timescale_of
from hearth.lib.codes import code_set
from hearth.lib.panels import Panel, plan_panels
from hearth.people.models import Person
from hearth.plans import policies
from hearth.plans.duties import duty_of
from hearth.plans.gathering import GATHERINGS, gatherings_of
from hearth.plans.models import (
    ActionProgress,
    Contingency,
    Meeting,
    Plan,
    PlanAction,
    PlanCategory,
    PlanChild,
    PlanNeeds,
)
from hearth.workforce.models import Staff

MEETINGS = 10
TWO = 2


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child of a plan: their time under it, what it stands under, and how they are visited."""

    child: Person
    part: PlanChild | None
    categories: Sequence[tuple[str, date]]
    needs: Mapping[str, str] | None
    visits: str
    end_reason: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with how it was found at the last two meetings, and since."""

    action: PlanAction
    children: str
    before: ActionProgress | None
    last: ActionProgress | None
    since: ActionProgress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A plan as it is read."""

    plan: Plan
    names: str
    children: Sequence[ChildLine]
    open_actions: Sequence[ActionLine]
    ended_actions: Sequence[ActionLine]
    meetings: Sequence[Meeting]
    contingencies: Sequence[Contingency]
    coming: Sequence[tuple[Task, str]]
    past: Sequence[PlanChild]
    panels: Sequence[Panel]
    may_change: bool
    why_not: Sequence[str]
    may_decide: bool
    may_call: bool
    may_print: bool
    today: date

    @property
    def is_over(self) -> bool:
        """Whether no child is under it any more."""
        parts = [line.part for line in self.children if line.part is not None]
        return bool(parts) and all(part.ended_on is not None for part in parts)


def children_of(record: Plan | Meeting) -> list[Person]:
    """The children a plan or meeting is about, the eldest first."""
    return list(Person.objects.filter(pk__in=record.about).order_by("born_on", "pk"))


def names_of(children: Sequence[Person]) -> str:
    """The children by name: Bea and Rowan Quill would be read aloud as their own names."""
    names = [str(child) for child in children]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def plan_page(plan: Plan, worker: User, *, today: date) -> PlanPage:
    """All that stands on a plan's page. Few queries, however many actions and meetings."""
    children = with_needs(plan)
    parts = with_categories(PlanChild.objects.filter(Q(child__in=children) | Q(plan=plan)))
    meetings = list(
        plan.meetings.filter(cancelled_at=None, kind__in=list(GATHERINGS)).order_by(
            "-held_at", "-planned_from", "-pk"
        )
    )
    lines = _action_lines(plan, {child.pk: str(child) for child in children})
    why_not = policies.write_plan.refusals(worker, plan)
    return PlanPage(
        plan=plan,
        names=names_of(children),
        children=_child_lines(plan, children, parts),
        open_actions=[line for line in lines if line.action.state == "open"],
        ended_actions=[line for line in lines if line.action.state != "open"],
        meetings=meetings[:MEETINGS],
        contingencies=list(plan.contingencies.standing()),
        coming=_coming(plan, children),
        past=[part for part in parts if part.plan_id != plan.pk],
        panels=plan_panels(worker, plan, today),
        may_change=not why_not,
        why_not=why_not,
        may_decide=worker.has_role(*MANAGERS),
        may_call=not why_not and bool(gatherings_of(plan.kind)),
        may_print=policies.plan_papers.allows(worker, plan),
        today=today,
    )


def _coming(plan: Plan, children: Sequence[Person]) -> list[tuple[Task, str]]:
    """What the plan asks next, and for whom, the soonest first: visits, core groups, reviews."""
    steps = [key for key, step in STEPS.items() if plan.kind in step.repeats_while]
    waiting = Task.objects.outstanding().filter(step_key__in=steps)
    of_these = waiting.filter(children__child__in=plan.about).distinct().order_by("due_on", "pk")
    return [
        (task, names_of([child for child in children if child.pk in task.about]))
        for task in of_these
    ]


def with_needs(plan: Plan) -> list[Any]:
    """The children, each with what they need and say. One query."""
    said = PlanNeeds.objects.filter(plan=plan, child=OuterRef("pk"))
    words = said.values(words=JSONObject(needs="needs", views="views"))
    found = Person.objects.filter(pk__in=plan.about).annotate(said=Subquery(words[:1]))
    return list(found.order_by("born_on", "pk"))


def with_categories(parts: QuerySet[PlanChild]) -> list[Any]:
    """Times under plans, each with the categories it stood under. One query."""
    stood = PlanCategory.objects.filter(part=OuterRef("pk")).order_by("since", "pk")
    words = stood.values(words=JSONObject(category="category", since="since"))
    found = parts.select_related("visit_agreed_by", "child", "plan")
    return list(found.annotate(stood=ArraySubquery(words)).order_by("started_on", "pk"))


def _child_lines(plan: Plan, children: Sequence[Any], parts: Sequence[Any]) -> list[ChildLine]:
    own = {part.child_id: part for part in parts if part.plan_id == plan.pk}
    return [
        ChildLine(
            child,
            part := own.get(child.pk),
            _categories(part),
            child.said,
            _visits(part),
            code_set("plan_end_reason").label(part.end_reason) if part and part.end_reason else "",
        )
        for child in children
    ]


def _visits(part: PlanChild | None) -> str:
    if part is None or part.visit_days is None:
        duty = duty_of(part.kind) if part else None
        limit = f": every {describe_limit(timescale_of(duty.timescale))}" if duty else ""
        return f"As often as the service asks{limit}"
    return "Every working day" if part.visit_days == 1 else f"Every {part.visit_days} working days"


def _categories(part: Any) -> list[tuple[str, date]]:
    if part is None:
        return []
    words = code_set("cp_category")
    return [(words.label(one["category"]), date.fromisoformat(one["since"])) for one in part.stood]


def _action_lines(plan: Plan, names: Mapping[int, str]) -> list[ActionLine]:
    actions = list(plan.actions.select_related("owner_worker").prefetch_related("progress"))
    told = [progress for action in actions for progress in action.progress.all()]
    at = {(one.seen_on, one.meeting_id) for one in told if one.meeting_id is not None}
    two = [meeting for _, meeting in sorted(at, reverse=True)][:TWO]
    return [_line(action, names, two) for action in actions]


def _line(action: PlanAction, names: Mapping[int, str], two: Sequence[int | None]) -> ActionLine:
    told = list(action.progress.all())
    at = {progress.meeting_id: progress for progress in told}
    last_day = max((p.seen_on for p in told if p.meeting_id is not None), default=date.min)
    between = [p for p in told if p.meeting_id is None and p.seen_on >= last_day]
    whole = len(action.about) == len(names)
    return ActionLine(
        action,
        "" if whole else ", ".join(names[pk] for pk in action.about if pk in names),
        at.get(two[1]) if len(two) == TWO else None,
        at.get(two[0]) if two else None,
        between[-1] if between else None,
    )


def workers_for(plan: Plan, today: date) -> QuerySet[User]:
    """Those of ours to whom an action may be given: who works with the children, and their team."""
    held = Allocation.objects.current().filter(child__in=plan.about)
    teams = held.values("team")
    here = Staff.objects.employed_on(today)
    near = here.filter(
        Q(user__in=held.values("worker"))
        | Q(memberships__team__in=teams, memberships__ended_on=None)
    )
    found: QuerySet[User] = User.objects.filter(pk__in=near.values("user"), is_active=True)
    return found.order_by("first_name", "last_name")


def chairs(today: date) -> QuerySet[User]:
    """The conference chairs who work here today."""
    staff = Staff.objects.employed_on(today).values("user_id")
    found: QuerySet[User] = User.objects.filter(
        pk__in=staff, is_active=True, roles__contains=[Role.CONFERENCE_CHAIR]
    )
    return found.order_by("first_name", "last_name")
