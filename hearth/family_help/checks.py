"""Checks of child in need plans: actions that can be measured, an aim, and reviews in time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hearth.casework.checks import Looked, Severity, check
from hearth.casework.models.local import local_rules
from hearth.family_help import timescales
from hearth.lib.dates import add_months, in_words
from hearth.plans.models import ActionState, MeetingKind, Plan, PlanKind
from hearth.plans.standing import held_of, next_due, parts_of, plan_fact
from hearth.plans.visited import visits_in_time

NO_PLAN = "This child has no child in need plan."
LONGEST_MONTHS = 6


@check(
    key="PC-053",
    title="Child in need plan that cannot be measured",
    rule="A child in need plan has an aim and at least one action, each action says what will be "
    "better and how we will know, and none is more than {months} months away.",
    passes_over="A duty that goes on, and has a frequency in place of a day.",
    put_right="Write the aim, say what each action is for, and bring its day nearer.",
    authority="Lambeth 2012, paragraphs 17, 20 and 38",
    severity=Severity.HIGH,
    nothing=NO_PLAN,
    manager_after=5,
    numbers={"months": LONGEST_MONTHS},
)
def can_be_measured(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child in need plan that stands, by its aim and its actions."""
    parts = parts_of(PlanKind.CHILD_IN_NEED, children)
    plans = Plan.objects.prefetch_related("actions").in_bulk({part.plan_id for part in parts})
    for part in parts:
        wrong = list(_wrong_with(plans[part.plan_id], part.child_id))
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=bool(wrong) and today > part.started_on,
            because=f"{'; '.join(wrong).capitalize()}." if wrong else "The plan can be measured.",
            since=part.started_on,
            facts=[plan_fact(part)],
        )


def _wrong_with(plan: Plan, child: int) -> Iterator[str]:
    if not plan.aim:
        yield "the plan has no aim"
    actions = [
        one for one in plan.actions.all() if one.state == ActionState.OPEN and child in one.about
    ]
    if not actions:
        yield "there is nothing to be done"
    without = sum(not one.outcome for one in actions)
    if without:
        yield f"{without} of {len(actions)} actions do not say what will be better"
    far = sum(
        bool(one.due_on and one.due_on > add_months(one.set_on, LONGEST_MONTHS)) for one in actions
    )
    if far:
        yield f"{far} of {len(actions)} actions are more than {LONGEST_MONTHS} months away"


@check(
    key="PC-054",
    title="Child in need review overdue",
    rule="A child in need plan is reviewed within {weeks} weeks of its start, and of its last "
    "review.",
    put_right="Hold the review with the family and the agencies that help them, and record it.",
    authority="Local practice; Lambeth 2012, paragraph 38",
    severity=Severity.HIGH,
    nothing=NO_PLAN,
    manager_after=2,
    numbers={"weeks": timescales.REVIEW_PLAN.limits[-1].amount},
)
def reviewed_in_time(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child in need plan that stands, against the reviews held under it."""
    parts, local = parts_of(PlanKind.CHILD_IN_NEED, children), local_rules()
    held = held_of([part.child_id for part in parts], [MeetingKind.IN_NEED_REVIEW])
    limits = (timescales.REVIEW_PLAN, timescales.REVIEW_PLAN)
    for part in parts:
        last, by = next_due(part, held.get(part.child_id, ()), limits, local, first_day=True)
        said = f"Last reviewed on {in_words(last)}" if last else "Not reviewed yet"
        yield Looked(
            child=part.child_id,
            subject=f"plans.PlanChild:{part.pk}",
            fires=by is not None and today > by,
            because=f"{said}; a review is due by {in_words(by)}." if by else f"{said}.",
            since=by + timedelta(1) if by else None,
            facts=[plan_fact(part)],
        )


@check(
    key="PC-054.visit",
    title="Child in need not visited in time",
    rule="A child in need is seen on a visit within {weeks} weeks of the start of the plan, and of "
    "the last visit on which they were seen, or within the days that the plan sets.",
    passes_over="A plan with an agreement to visit less often, as one for short breaks may have.",
    put_right="See the child and record the visit, or have a manager agree how often this child is "
    "visited.",
    authority="Local practice",
    severity=Severity.HIGH,
    nothing=NO_PLAN,
    manager_after=2,
    numbers={"weeks": timescales.VISIT.limits[-1].amount},
)
def visited_in_time(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child in need plan that stands, by when the child was last seen under it."""
    yield from visits_in_time(parts_of(PlanKind.CHILD_IN_NEED, children), "visit", today)
