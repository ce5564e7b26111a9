"""How a child protection plan is carried on: visits, and core groups."""

from hearth.plans.duties import VisitDuty, declare_duty
from hearth.plans.gathering import CARRIED_ELSEWHERE, Gathering, declare_gathering
from hearth.plans.models import MeetingKind, PlanKind
from hearth.protection.process import CORE_GROUP, REVIEW_CONFERENCE, SEND_CORE_GROUP, VISIT
from hearth.protection.timescales import FIRST_CORE_GROUP
from hearth.protection.timescales import VISIT as VISIT_BY

# Only a registered social worker's visit counts; one in a section 47 enquiry is one as well.
declare_duty(
    VisitDuty(
        kind=PlanKind.PROTECTION,
        step=VISIT.key,
        timescale=VISIT_BY.key,
        counts=("child_protection", "section_47", "unannounced"),
    )
)
declare_gathering(
    Gathering(
        kind=MeetingKind.CORE_GROUP,
        plan_kind=PlanKind.PROTECTION,
        step=CORE_GROUP.key,
        send_step=SEND_CORE_GROUP.key,
        first=FIRST_CORE_GROUP.key,
        must_be_quorate=True,
    )
)
CARRIED_ELSEWHERE.append(REVIEW_CONFERENCE.key)
