"""Checks of child protection plans: actions, contingency, length, and stepping down."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import due
from hearth.lib.dates import add_months, add_working_days, in_words
from hearth.plans.contingencies import is_vague
from hearth.plans.models import ActionState, Contingency, Plan, PlanAction, PlanChild, PlanKind
from hearth.plans.standing import parts_of, plan_fact
from hearth.protection.checks.meetings import NO_PLAN
from hearth.protection.timescales import LONG_PLAN

STALE_DAYS = 30
LATE_SHARE = 25
LONG_MONTHS = 15
REPEAT_MONTHS = 24
STEP_DOWN_DAYS = 5
NEEDS_NO_STEP_DOWN = ("looked_after", "transferred", "adult", "died", "imported")


@check(
    key="PC-046",
    title="Contingency plan absent, vague or out of proportion",
    rule="A plan says what is done if it does not keep the child safe: if what, then what, by whom "
    "and how soon, in more than a sentence about legal advice. The chair rates it at each "
    "conference.",
    put_right="Write what is done if the plan fails so that anybody could act on it at night; the "
    "chair rates it at the next conference.",
    authority="Lambeth 2012, paragraphs 20 and 38",
    severity=Severity.HIGH,
    nothing=NO_PLAN,
    manager_after=5,
)
def contingency_is_sound(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each plan that stands, by its contingency."""
    parts = parts_of(PlanKind.PROTECTION, children)
    plans = Plan.objects.prefetch_related("contingencies").in_bulk({p.plan_id for p in parts})
    for part in parts:
        standing = [one for one in plans[part.plan_id].contingencies.all() if one.ended_on is None]
        wrong = "There is none" if not standing else ""
        for one in standing:
            if is_vague(one):
                wrong = "It is too vague to act on"
            elif one.rating not in ("", "sound"):
                wrong = "The chair does not find it specific and in proportion"
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=bool(wrong) and today > part.started_on,
            because=f"What is done if the plan fails: {wrong.lower()}."
            if wrong
            else "The plan says what is done if it fails.",
            since=part.started_on,
            facts=[plan_fact(part), *(_if_fact(one) for one in standing)],
        )


def _if_fact(contingency: Contingency) -> Fact:
    return Fact("If", contingency.trigger, timezone.localdate(contingency.recorded_at))


@check(
    key="PC-047",
    title="Child protection plan whose actions stand still",
    rule="No more than {share} in a hundred of a plan's open actions are past their day with "
    "nothing said of them for {days} days.",
    passes_over="A duty that goes on, and has a frequency in place of a day.",
    put_right="Say how each action is going, end those that are done, or set a new one.",
    authority="Lambeth 2012, paragraph 17",
    severity=Severity.HIGH,
    nothing=NO_PLAN,
    manager_after=5,
    numbers={"share": LATE_SHARE, "days": STALE_DAYS},
)
def actions_move(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each plan that stands, by its open actions and what was last said of each."""
    parts = parts_of(PlanKind.PROTECTION, children)
    actions: dict[int, list[PlanAction]] = {}
    found = PlanAction.objects.filter(
        plan__in={part.plan_id for part in parts}, state=ActionState.OPEN
    ).prefetch_related("progress")
    for action in found:
        actions.setdefault(action.plan_id, []).append(action)
    for part in parts:
        mine = [one for one in actions.get(part.plan_id, ()) if part.child_id in one.about]
        still = [one for one in mine if _stands_still(one, today)]
        fires = bool(still) and len(still) * 100 > LATE_SHARE * len(mine)
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=fires,
            because=f"{len(still)} of {len(mine)} open actions are past their day and stand still.",
            since=min((one.due_on for one in still if one.due_on), default=None),
            facts=[plan_fact(part), *(Fact("Stands still", one.what, one.due_on) for one in still)],
        )


def _stands_still(action: PlanAction, today: date) -> bool:
    if action.due_on is None or action.due_on >= today:
        return False
    said = max((one.seen_on for one in action.progress.all()), default=action.set_on)
    return said < today - timedelta(days=STALE_DAYS)


@check(
    key="PC-050",
    title="Long or repeated child protection plan",
    rule="A plan that has stood for {long} months, or for the shorter time set here, or that began "
    "within {again} months of the end of another, is looked at again.",
    put_right="Hold a meeting that challenges the plan, and record what it decides; at the next "
    "conference decide whether the threshold for legal planning is met.",
    authority="National indicators of plans of two years or more, and of second plans",
    severity=Severity.MEDIUM,
    nothing=NO_PLAN,
    manager_after=0,
    numbers={"long": LONG_MONTHS, "again": REPEAT_MONTHS},
)
def long_or_repeated(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each plan that stands, by its length and the plans before it."""
    parts, local = parts_of(PlanKind.PROTECTION, children), local_rules()
    before: dict[int, date] = {}
    for child, ended in PlanChild.objects.filter(
        child__in=[part.child_id for part in parts],
        kind=PlanKind.PROTECTION,
        ended_on__isnull=False,
    ).values_list("child_id", "ended_on"):
        if ended is not None:
            before[child] = max(ended, before.get(child, ended))
    for part in parts:
        limit = due(LONG_PLAN, part.started_on, local)
        long_from = add_months(part.started_on, LONG_MONTHS)
        long_from = min(long_from, limit.on) if limit else long_from
        last = before.get(part.child_id)
        again = last is not None and part.started_on < add_months(last, REPEAT_MONTHS)
        words = f"The plan has stood since {in_words(part.started_on)}"
        if again and last:
            words += f", and the one before ended on {in_words(last)}"
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=again or today >= long_from,
            because=f"{words}.",
            since=part.started_on if again else long_from,
            facts=[plan_fact(part)],
        )


@check(
    key="PC-051",
    title="Child protection plan ended and nothing after it",
    rule="Within {days} working days of the end of a child protection plan there is a child in "
    "need plan, or the case has closed.",
    passes_over="A child who became looked after, moved away, became 18 or died.",
    put_right="Make the child in need plan, or close the case with the manager's reason.",
    authority="Working Together to Safeguard Children 2023, chapter 3",
    severity=Severity.MEDIUM,
    nothing="No child protection plan has ended in this child's open case.",
    manager_after=0,
    numbers={"days": STEP_DOWN_DAYS},
)
def stepped_down(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each protection plan that ended in a case still open, against what stands now."""
    ended = (
        PlanChild.objects.filter(
            child__in=children,
            kind=PlanKind.PROTECTION,
            ended_on__isnull=False,
            episode__ended_on=None,
        )
        .exclude(end_reason__in=NEEDS_NO_STEP_DOWN)
        .order_by("child", "-ended_on")
        .distinct("child")
    )
    after = set(
        PlanChild.objects.current().filter(child__in=children).values_list("child_id", flat=True)
    )
    for part in ended:
        if part.ended_on is None:
            continue
        by = add_working_days(part.ended_on, STEP_DOWN_DAYS)
        has = part.child_id in after
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=not has and today > by,
            because=f"The plan ended on {in_words(part.ended_on)}, and "
            + ("another plan stands." if has else "no plan stands."),
            since=by + timedelta(1),
            facts=[plan_fact(part), Fact("Ended", in_words(part.ended_on), part.ended_on)],
        )
