"""Carrying out what a conference decided: the plan begun, gone on with or ended, and its duties."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import TIMESCALES, LocalRules, due
from hearth.lib.errors import CannotDo
from hearth.plans import actions as plans
from hearth.plans.models import ActionState, MeetingKind, Plan, PlanAction, PlanKind
from hearth.protection.actions.conference_request import call_review
from hearth.protection.actions.conference_said import Looked, RatedContingency
from hearth.protection.actions.core_groups import open_duties
from hearth.protection.models import Conference, ConferenceChild, ConferenceDecision
from hearth.protection.process import CORE_GROUP, VISIT
from hearth.protection.rules.conference import PLANS, why_not_by
from hearth.records.actions import chronicle

FIRST_REVIEW, LATER_REVIEW, FIRST_CORE_GROUP = "CP-09", "CP-10", "CP-07"
DONE = ("done", "done_no_gain")


def carry_out(
    *,
    conference: Conference,
    parts: Sequence[ConferenceChild],
    earlier: Mapping[int, int],
    actions: Sequence[plans.NewAction],
    contingencies: Sequence[RatedContingency],
    looked: Sequence[Looked],
    on: date,
    by: User,
) -> None:
    """Do what follows from each child's decision, in the order in which it must be done."""
    _look_at_actions(conference, looked, on, by)
    for part in parts:
        _end_or_change(part, on, by)
    starting = [part for part in parts if part.decision == ConferenceDecision.PLAN]
    standing = [part for part in parts if part.decision in PLANS]
    plan = _plan_of(conference, starting, earlier, on, by)
    if plan is not None and standing:
        _check_days(conference, plan, on)
        _fill(conference, plan, actions, contingencies, on, by)
        _open_duties(conference, plan, starting, on, by)
    elif plan is not None:
        for action in plan.actions.open():
            plans.end_action(
                action=action, state=ActionState.STOPPED, words="The plan ended", on=on, by=by
            )
    _open_help(parts, on, by)


def last_day_for(timescale: str, on: date, local: LocalRules | None = None) -> date | None:
    """The last day on which something counted from a conference may be held."""
    found = due(TIMESCALES[timescale], on, local or local_rules())
    return found.on if found else None


def review_timescale(kind: str) -> str:
    """Three months to the first review, six to each later one."""
    return LATER_REVIEW if kind == MeetingKind.REVIEW_CONFERENCE else FIRST_REVIEW


def _look_at_actions(conference: Conference, looked: Sequence[Looked], on: date, by: User) -> None:
    """Say what came of each action set before: a review leaves none of them out."""
    if conference.plan is None:
        return
    open_now = set(conference.plan.actions.open().values_list("pk", flat=True))
    if open_now - {one.action.pk for one in looked}:
        raise CannotDo("Say what came of each action of the plan")
    for one in looked:
        if one.action.pk not in open_now:
            continue
        plans.record_progress(
            action=one.action,
            rating=one.rating,
            words=one.words,
            seen_on=on,
            meeting=conference.meeting,
            by=by,
        )
        if one.rating in DONE:
            plans.end_action(
                action=one.action, state=ActionState.DONE, words=one.words, on=on, by=by
            )


def _end_or_change(part: ConferenceChild, on: date, by: User) -> None:
    """End a plan that is no longer needed, or let it stand under the category now given."""
    if part.plan_part is None:
        return
    if part.decision == ConferenceDecision.CONTINUE:
        plans.change_category(part=part.plan_part, category=part.category, since=on, by=by)
        return
    plans.end_plan(part=part.plan_part, ended_on=on, reason="conference", by=by)
    for task in Task.objects.outstanding().for_child(part.child):
        if task.step_key in (CORE_GROUP.key, VISIT.key) and task.about == [part.child_id]:
            casework.cancel(task, reason="A conference ended the plan", by=by)


def _plan_of(
    conference: Conference,
    starting: Sequence[ConferenceChild],
    earlier: Mapping[int, int],
    on: date,
    by: User,
) -> Plan | None:
    """The plan that goes on, with any child put on it now; or the one begun, if one is."""
    new = [
        plans.PlanPart(
            child=part.child, category=part.category, earlier_plans=earlier.get(part.child_id, 0)
        )
        for part in starting
    ]
    plan = conference.plan
    if plan is None and new:
        plan = plans.start_plan(kind=PlanKind.PROTECTION, parts=new, started_on=on, by=by)
        conference.plan = plan
        conference.save(update_fields=["plan"])
    elif plan is not None:
        for one in new:
            plans.add_to_plan(plan=plan, part=one, started_on=on, by=by)
    if plan is not None:
        by_child = {each.child_id: each for each in plan.children.filter(ended_on=None)}
        for part in starting:
            part.plan_part = by_child[part.child_id]
            part.save(update_fields=["plan_part"])
    return plan


def _check_days(conference: Conference, plan: Plan, on: date) -> None:
    """The next review, and the first core group of a new plan, are set within their time limits."""
    review = conference.next_review_on
    if review is None:
        raise CannotDo("Set the day of the next review")
    last = last_day_for(review_timescale(conference.meeting.kind), on)
    if why := why_not_by(review, on, last, "The next review"):
        raise CannotDo(why)
    group = conference.core_group_on
    if group is None:
        raise CannotDo("Set the day of the core group")
    is_first = not plan.conferences.exclude(pk=conference.pk).exists()
    last = last_day_for(FIRST_CORE_GROUP if is_first else "CP-08", on)
    if why := why_not_by(group, on, last, "The core group"):
        raise CannotDo(why)


def _fill(
    conference: Conference,
    plan: Plan,
    actions: Sequence[plans.NewAction],
    contingencies: Sequence[RatedContingency],
    on: date,
    by: User,
) -> None:
    """Write the outline plan and issue it: never without an action and a contingency."""
    plan.refresh_from_db()
    plans.write_plan(
        plan=plan,
        worries=conference.danger,
        strengths=conference.strengths,
        aim=plan.aim,
        parents_view=plan.parents_view,
        parents_agree=plan.parents_agree,
        version=plan.version,
        by=by,
    )
    for action in actions:
        plans.set_action(plan=plan, action=action, set_on=on, meeting=conference.meeting, by=by)
    for one in contingencies:
        made = plans.set_contingency(plan=plan, contingency=one.contingency, by=by)
        plans.rate_contingency(contingency=made, rating=one.rating, reason=one.reason, by=by)
    if not plan.contingencies.filter(ended_on=None).exists():
        raise CannotDo("Say what is done if the plan does not keep the children safe")
    if not PlanAction.objects.open().filter(plan=plan).exists():
        raise CannotDo("A plan needs at least one action that is still to be done")
    plans.issue_plan(plan=plan, on=on, by=by)
    plan.refresh_from_db()


def _open_duties(
    conference: Conference,
    plan: Plan,
    starting: Sequence[ConferenceChild],
    on: date,
    by: User,
) -> None:
    """Open what a plan asks of us: the core group, visits to each child, and the next review."""
    if starting:
        children = [part.child for part in starting]
        open_duties(plan=plan, children=children, started_on=on, by=by)
        chronicle(
            about=[part.child for part in starting],
            kind="plan",
            title="Child protection plan started",
            happened_on=on,
            source=conference,
            page="protection:conference",
            significance="high",
            by=by,
        )
    call_review(
        plan=plan,
        counted_from=on,
        timescale=review_timescale(conference.meeting.kind),
        asked_on=on,
        by=by,
    )


def _open_help(parts: Sequence[ConferenceChild], on: date, by: User) -> None:
    """Ask for a child in need plan for those whom the conference decided need one."""
    in_need = [p.child for p in parts if p.decision == ConferenceDecision.IN_NEED]
    if not in_need:
        return
    casework.open_step(
        "family_help.plan",
        children=in_need,
        trigger=on,
        worker=casework.lead_worker(in_need[0]) or by,
        by=by,
    )


def proposed_days(kind: str, on: date) -> tuple[date | None, date | None]:
    """The core group and the review as the rules would have them, for the chair to alter."""
    local = local_rules()
    review = last_day_for(review_timescale(kind), on, local)
    group = last_day_for(FIRST_CORE_GROUP, on, local)
    return group, _weekday(review) if review else None


def _weekday(day: date) -> date:
    """The last weekday on or before a day: nobody holds a conference at a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
