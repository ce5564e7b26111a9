"""Starting a plan, adding a child to it, changing what it stands under, and ending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Episode, Involvement, Task
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.actions.asking import ask_owners, stop_asking
from hearth.plans.actions.meetings import CHANGED
from hearth.plans.following import tell_of_end
from hearth.plans.models import Plan, PlanCategory, PlanChild, PlanKind, PlanNeeds

LONGEST_VISIT_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """A child to be put on a plan. A protection plan needs the category it stands under."""

    child: Person
    category: str = ""
    needs: str = ""
    earlier_plans: int = 0
    visit_days: int | None = None


@transaction.atomic
def start_plan(*, kind: PlanKind, parts: Sequence[PlanPart], started_on: date, by: User) -> Plan:
    """Start a plan for some children on a day. A child in need plan gives way to protection.

    Never two plans at once: a child in need plan that stands ends the day protection starts (CIN
    census, rules 4001 to 4017).
    """
    if not parts:
        raise CannotDo("Choose at least one child this is about")
    plan: Plan = Plan.objects.create(
        about=sorted(part.child.pk for part in parts), kind=kind, recorded_by=by
    )
    for part in parts:
        _start_part(plan, part, started_on, by)
    trail.record(f"Started: {plan}", plan, by=by)
    return plan


@transaction.atomic
def draft_plan(*, kind: PlanKind, children: Sequence[Person], task: Task, by: User) -> Plan:
    """Begin to write a plan that a manager is to agree. No child is under it until then.

    Begun twice for one task, it is one plan.
    """
    task = casework.take_task(task)
    if not children:
        raise CannotDo("Choose at least one child this is about")
    about = sorted(child.pk for child in children)
    plan, _ = Plan.objects.get_or_create(
        task=task, defaults={"about": about, "kind": kind, "recorded_by": by}
    )
    for child in children:
        PlanNeeds.objects.get_or_create(plan=plan, child=child)
    trail.record(f"Began to write: {plan}", plan, by=by)
    return plan


@transaction.atomic
def add_to_plan(*, plan: Plan, part: PlanPart, started_on: date, by: User) -> PlanChild:
    """Put another child of the family on a plan."""
    added = _start_part(plan, part, started_on, by)
    if part.child.pk not in plan.about:
        plan.about = sorted({*plan.about, part.child.pk})
        plan.save(update_fields=["about"])
    trail.record(f"Added a child: {plan}", added, by=by)
    return added


def _start_part(plan: Plan, part: PlanPart, started_on: date, by: User) -> PlanChild:
    child, kind = part.child, PlanKind(plan.kind)
    if child.merged_into_id is not None:
        raise CannotDo(f"{child}'s record was merged into another: write it there")
    Person.objects.select_for_update(no_key=True).get(pk=child.pk)
    _check_start(part, kind, started_on)
    _make_way(child, kind, started_on, by)
    episode = Episode.objects.open_on(started_on).filter(child=child).first()
    added: PlanChild = PlanChild.objects.create(
        plan=plan,
        child=child,
        episode=episode,
        kind=kind,
        started_on=started_on,
        needs=part.needs,
        earlier_plans=part.earlier_plans,
        visit_days=part.visit_days,
        recorded_by=by,
    )
    if part.category:
        PlanCategory.objects.create(
            part=added, child=child, category=part.category, since=started_on, recorded_by=by
        )
    casework.start_involvement(
        child=child, kind=kind.value, started_on=started_on, episode=episode, by=by
    )
    return added


def _check_start(part: PlanPart, kind: PlanKind, started_on: date) -> None:
    if started_on > timezone.localdate():
        raise CannotDo("A plan cannot start on a day that has not come")
    _check_visit_days(part.visit_days)
    if kind == PlanKind.PROTECTION:
        if not part.category:
            raise CannotDo(f"Choose the category of abuse for {part.child}")
        if why := code_set("cp_category").why_not_valid(part.category, on=started_on):
            raise CannotDo(why)
    elif part.category:
        raise CannotDo("Only a child protection plan stands under a category of abuse")


def _make_way(child: Person, kind: PlanKind, started_on: date, by: User) -> None:
    """End a child in need plan that protection replaces; refuse any other two plans at once."""
    later = PlanChild.objects.filter(child=child).exclude(ended_on__lte=started_on)
    for standing in later:
        replaced = (
            kind == PlanKind.PROTECTION
            and standing.kind == PlanKind.CHILD_IN_NEED
            and standing.ended_on is None
            and standing.started_on <= started_on
        )
        if not replaced:
            raise CannotDo(
                f"{child} has a {PlanKind(standing.kind).label.lower()} already from "
                f"{in_words(standing.started_on)}"
            )
        end_plan(part=standing, ended_on=started_on, reason="protection", by=by)


@transaction.atomic
def end_plan(*, part: PlanChild, ended_on: date, reason: str, by: User) -> None:
    """End a child's time under a plan. Which reasons may end which plan, the rooms above say."""
    part = PlanChild.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.ended_on is not None:
        raise CannotDo(f"This plan ended on {in_words(part.ended_on)}")
    if why := code_set("plan_end_reason").why_not_valid(reason):
        raise CannotDo(why)
    if ended_on > timezone.localdate():
        raise CannotDo("A plan cannot end on a day that has not come")
    if ended_on < part.started_on:
        raise CannotDo(f"This plan started on {in_words(part.started_on)}: it cannot end before")
    if part.kind == PlanKind.PROTECTION and ended_on == part.started_on:
        raise CannotDo("A child protection plan cannot end on the day it starts")
    part.ended_on, part.end_reason = ended_on, reason
    part.save(update_fields=["ended_on", "end_reason"])
    standing = Involvement.objects.filter(child=part.child_id, kind=part.kind, ended_on=None)
    for involvement in standing:
        casework.end_involvement(involvement=involvement, ended_on=ended_on, by=by)
    stop_asking(part.plan, by)
    tell_of_end(part, ended_on, by)
    trail.record(f"Ended: {part}", part, by=by, reason=reason)


@transaction.atomic
def change_category(*, part: PlanChild, category: str, since: date, by: User) -> None:
    """Say under what category of abuse a plan stands from a day on. Nothing if it already does."""
    part = PlanChild.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.kind != PlanKind.PROTECTION or part.ended_on is not None:
        raise CannotDo("Only a child protection plan that stands has a category of abuse")
    if why := code_set("cp_category").why_not_valid(category, on=since):
        raise CannotDo(why)
    if since < part.started_on:
        raise CannotDo("A category cannot change before the plan starts")
    if since > timezone.localdate():
        raise CannotDo("A category cannot change on a day that has not come")
    if part.category == category:
        return
    PlanCategory.objects.update_or_create(
        part=part,
        since=since,
        defaults={"child": part.child, "category": category, "recorded_by": by},
    )
    trail.record(f"Changed the category: {part}", part, by=by)


@transaction.atomic
def set_visits(
    *, part: PlanChild, visit_days: int | None, reason: str, agreed_by: User | None, by: User
) -> None:
    """Set how many working days may pass between visits, in place of what the service asks."""
    if not reason:
        raise CannotDo("Say why visits are set apart from what the service asks")
    _check_visit_days(visit_days)
    part = PlanChild.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.ended_on is not None:
        raise CannotDo("This plan has ended")
    part.visit_days, part.visit_reason, part.visit_agreed_by = visit_days, reason, agreed_by
    part.save(update_fields=["visit_days", "visit_reason", "visit_agreed_by"])
    trail.record(f"Set how often a child is visited: {part}", part, by=by, reason=reason)


def _check_visit_days(visit_days: int | None) -> None:
    if visit_days is not None and not 1 <= visit_days <= LONGEST_VISIT_DAYS:
        raise CannotDo(f"Visits are from 1 to {LONGEST_VISIT_DAYS} working days apart")


@transaction.atomic
def write_plan(
    *,
    plan: Plan,
    worries: str,
    strengths: str,
    aim: str,
    parents_view: str = "",
    parents_agree: bool | None = None,
    planned_end_on: date | None = None,
    children: Mapping[int, Mapping[str, str]] | None = None,
    version: int,
    by: User,
) -> Plan:
    """Write what a plan is for, if nobody else has changed it since it was read.

    `children` holds what each needs and says, by their id.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.version != version:
        raise CannotDo(CHANGED)
    plan.worries, plan.strengths, plan.aim = worries, strengths, aim
    plan.parents_view, plan.parents_agree = parents_view, parents_agree
    plan.planned_end_on = planned_end_on
    for child, said in (children or {}).items():
        if child not in plan.about:
            raise CannotDo("Choose children of this plan")
        PlanNeeds.objects.update_or_create(
            plan=plan,
            child_id=child,
            defaults={"needs": said.get("needs", ""), "views": said.get("views", "")},
        )
    plan.version += 1
    plan.save()
    trail.record(f"Wrote what it is for: {plan}", plan, by=by)
    return plan


@transaction.atomic
def issue_plan(*, plan: Plan, on: date, by: User) -> None:
    """Agree a plan, so that what it asks for is asked. One with no action is not a plan."""
    if not plan.actions.exists():
        raise CannotDo("A plan needs at least one action before it is issued")
    if on > timezone.localdate():
        raise CannotDo("A plan cannot be issued on a day that has not come")
    plan.issued_on, plan.issued_by = on, by
    plan.save(update_fields=["issued_on", "issued_by"])
    ask_owners(plan, by)
    trail.record(f"Issued: {plan}", plan, by=by)
