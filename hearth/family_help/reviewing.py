"""How a child in need plan is carried on: visits, and the meetings that make and review it."""

from hearth.family_help.actions.reviews import decide, decided
from hearth.family_help.models import ReviewDecision
from hearth.family_help.process import REVIEW, SEND_REVIEW, VISIT
from hearth.family_help.timescales import VISIT as VISIT_BY
from hearth.plans.duties import VisitDuty, declare_duty
from hearth.plans.gathering import Gathering, declare_gathering
from hearth.plans.models import MeetingKind, PlanKind

# A family support worker's visit counts for a child in need, and for no other.
declare_duty(
    VisitDuty(
        kind=PlanKind.CHILD_IN_NEED,
        step=VISIT.key,
        timescale=VISIT_BY.key,
        counts=("child_in_need", "child_protection", "section_47", "assessment", "unannounced"),
        by_others=True,
    )
)
declare_gathering(
    Gathering(
        kind=MeetingKind.IN_NEED_REVIEW,
        plan_kind=PlanKind.CHILD_IN_NEED,
        step=REVIEW.key,
        send_step=SEND_REVIEW.key,
        decisions=ReviewDecision.choices,
        decide=decide,
        decided=decided,
    )
)
declare_gathering(
    Gathering(
        kind=MeetingKind.IN_NEED_PLANNING,
        plan_kind=PlanKind.CHILD_IN_NEED,
        rates_actions=False,
    )
)
