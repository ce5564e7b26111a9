"""The steps of helping a child in need, from the decision to make a plan to its last review."""

from hearth.accounts.roles import MANAGERS, PRACTITIONERS, QUALIFIED, Role
from hearth.casework.process import Process, Step, register
from hearth.family_help import timescales

SECTION_17 = "Children Act 1989, section 17; Working Together to Safeguard Children 2023, chapter 3"
WHILE_IN_NEED = ("child_in_need",)

PLAN = Step(
    key="family_help.plan",
    name="Make a child in need plan",
    done_by=QUALIFIED,
    signed_off_by=MANAGERS,
    due=timescales.MAKE_PLAN.key,
    authority=SECTION_17,
    leads_to={"made": ["family_help.review", "family_help.visit"]},
    outcome_names={"made": "Made, and agreed by a manager"},
    page="family_help:from_task",
    page_by_task=True,
)
REVIEW = Step(
    key="family_help.review",
    name="Review a child in need plan",
    done_by=(*QUALIFIED, *MANAGERS),
    due=timescales.REVIEW_PLAN.key,
    authority=SECTION_17,
    leads_to={"held": ["family_help.send_review"]},
    outcome_names={"held": "Held"},
    page="plans:call_meeting",
    repeats_while=WHILE_IN_NEED,
    ends_with_episode=True,
)
SEND_REVIEW = Step(
    key="family_help.send_review",
    name="Send the record of a child in need review",
    done_by=(*QUALIFIED, *MANAGERS, Role.BUSINESS_SUPPORT),
    due=timescales.SEND_REVIEW.key,
    authority=SECTION_17,
    page="plans:send_notes",
)
VISIT = Step(
    key="family_help.visit",
    name="Visit a child in need",
    done_by=PRACTITIONERS,
    due=timescales.VISIT.key,
    authority=SECTION_17,
    page="plans:visit_asked_for",
    page_by_task=True,
    repeats_while=WHILE_IN_NEED,
    ends_with_episode=True,
)
CHILDREN_IN_NEED = register(
    Process(name="Children in need", steps=[PLAN, REVIEW, SEND_REVIEW, VISIT])
)
