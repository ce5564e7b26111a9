"""The steps of assessment: making one, reviewing it, keeping it up to date, and passing it on."""

from collections.abc import Mapping, Sequence

from hearth.accounts.roles import MANAGERS, QUALIFIED, Role
from hearth.assessments.models import Outcome
from hearth.casework.process import Process, Step, register

OUTCOMES = {outcome.value: outcome.label for outcome in Outcome}
HAND_OVER_EARLY_HELP = "assessments.hand_over_early_help"
HAND_OVER_PLAN = "assessments.hand_over_plan"
HAND_OVER_STRATEGY = "assessments.hand_over_strategy"
HAND_OVER_LEGAL = "assessments.hand_over_legal"
# Held by the room that protects children.
STRATEGY = "protection.strategy_discussion"
# Made by the room that helps children in need.
PLAN = "family_help.plan"

# Each child's outcome opens its own; the children of one family may differ.
AFTER_ASSESSMENT: Mapping[str, Sequence[str]] = {
    Outcome.NO_FURTHER_ACTION: [],
    Outcome.EARLY_HELP: [HAND_OVER_EARLY_HELP],
    Outcome.CHILD_IN_NEED: [PLAN],
    Outcome.CONTINUE: [],
    Outcome.STRATEGY_DISCUSSION: [STRATEGY],
    Outcome.LEGAL_PLANNING: [HAND_OVER_LEGAL],
}
REGISTERED_ONLY = (
    "completed by a registered social worker and authorised by a manager who took no part in it"
)

INITIAL = Step(
    key="assessments.initial",
    name="Initial assessment",
    done_by=QUALIFIED,
    signed_off_by=MANAGERS,
    qualified=True,
    due="assessments.initial",
    authority="Children Act 1989, section 17; Working Together to Safeguard Children (2010), "
    f"chapter 5; {REGISTERED_ONLY}",
    leads_to={**AFTER_ASSESSMENT, Outcome.CORE_ASSESSMENT: ["assessments.core"]},
    outcome_names=OUTCOMES,
    page="assessments:from_task",
    page_by_task=True,
)

CORE = Step(
    key="assessments.core",
    name="Core assessment",
    done_by=QUALIFIED,
    signed_off_by=MANAGERS,
    qualified=True,
    due="assessments.core",
    authority="Children Act 1989, sections 17 and 47; Working Together to Safeguard Children "
    f"(2010), chapter 5; {REGISTERED_ONLY}",
    leads_to=AFTER_ASSESSMENT,
    outcome_names=OUTCOMES,
    page="assessments:from_task",
    page_by_task=True,
)

SINGLE = Step(
    key="assessments.single",
    name="Single assessment",
    done_by=QUALIFIED,
    signed_off_by=MANAGERS,
    qualified=True,
    due="assessments.single",
    authority="Children Act 1989, sections 17 and 47; Working Together to Safeguard Children "
    f"(2023), chapter 3; {REGISTERED_ONLY}",
    leads_to=AFTER_ASSESSMENT,
    outcome_names=OUTCOMES,
    page="assessments:from_task",
    page_by_task=True,
)

REVIEW_POINT = Step(
    key="assessments.review_point",
    name="Manager's review of an assessment",
    done_by=MANAGERS,
    due="assessments.review_point",
    authority="Working Together to Safeguard Children (2023), chapter 3: the assessment is "
    "reviewed as it goes; local practice",
    leads_to={"reviewed": []},
    outcome_names={"reviewed": "Reviewed, with the manager's direction"},
    page="assessments:review_point",
)

UPDATE = Step(
    key="assessments.update",
    name="Bring the assessment up to date",
    done_by=(*QUALIFIED, *MANAGERS),
    due="assessments.update",
    authority="Local practice: an assessment older than 12 months no longer describes a child",
    leads_to={"needed": ["assessments.single"], "not_needed": []},
    outcome_names={"needed": "Assess again", "not_needed": "No new assessment needed now"},
    page="assessments:decide_update",
    page_by_task=True,
    ends_with_episode=True,
)


def _hand_over(
    key: str,
    name: str,
    authority: str,
    *,
    by: Sequence[Role] = MANAGERS,
    retired: bool = False,
) -> Step:
    return Step(
        key=key,
        name=name,
        done_by=by,
        due=key,
        authority=authority,
        leads_to={"handed_over": []},
        outcome_names={"handed_over": "Handed over"},
        page="assessments:hand_over",
        page_by_task=True,
        retired=retired,
    )


PROCESS = register(
    Process(
        name="Assessment",
        steps=[
            INITIAL,
            CORE,
            SINGLE,
            REVIEW_POINT,
            UPDATE,
            _hand_over(
                HAND_OVER_EARLY_HELP,
                "Hand over to early help",
                "Children Act 2004, section 10; Working Together to Safeguard Children (2023), "
                "chapter 3",
            ),
            _hand_over(
                HAND_OVER_PLAN,
                "Arrange a child in need plan",
                "Children Act 1989, section 17; Working Together to Safeguard Children (2023), "
                "chapter 3",
                retired=True,
            ),
            _hand_over(
                HAND_OVER_STRATEGY,
                "Arrange a strategy discussion",
                "Children Act 1989, section 47; Working Together to Safeguard Children (2023), "
                "chapter 3",
                retired=True,
            ),
            _hand_over(
                HAND_OVER_LEGAL,
                "Arrange a legal planning meeting",
                "Children Act 1989, section 31; Public Law Outline (2014)",
            ),
        ],
    )
)
HAND_OVERS = (HAND_OVER_EARLY_HELP, HAND_OVER_PLAN, HAND_OVER_STRATEGY, HAND_OVER_LEGAL)
ASSESSMENTS = {step.key: step for step in (INITIAL, CORE, SINGLE)}
