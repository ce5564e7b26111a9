"""By when: assessments, the manager's review of them, and bringing them up to date."""

from hearth.casework.timescales import Limit, Timescale, declare

# An assessment begun under the older framework finishes under it, so these limits do not lapse
# when an authority takes up the single assessment; no new one is opened after that day.
INITIAL = declare(
    Timescale(
        key="assessments.initial",
        duty="Complete the initial assessment",
        trigger="the referral, or new information about an open case,",
        limits=[
            Limit(
                7,
                "working days",
                "Framework for the Assessment of Children in Need and their Families (2000), "
                "paragraph 3.9",
                framework="fa_2000",
                replaced_by="initial_10",
            ),
            Limit(
                10,
                "working days",
                "Working Together to Safeguard Children (2010), chapter 5",
                framework="initial_10",
            ),
        ],
        configurable="yes",
    )
)

CORE = declare(
    Timescale(
        key="assessments.core",
        duty="Complete the core assessment",
        trigger="the end of the initial assessment, or the strategy discussion,",
        limits=[
            Limit(
                35,
                "working days",
                "Framework for the Assessment of Children in Need and their Families (2000), "
                "paragraph 3.11; Working Together to Safeguard Children (2010), chapter 5",
                framework="fa_2000",
            )
        ],
        configurable="yes",
    )
)

SINGLE = declare(
    Timescale(
        key="assessments.single",
        duty="Complete the assessment and decide what follows",
        trigger="the referral",
        limits=[
            Limit(
                45,
                "working days",
                "Working Together to Safeguard Children (2013 and later)",
                framework="single",
            )
        ],
        configurable="stricter only",
    )
)

REVIEW_POINT = declare(
    Timescale(
        key="assessments.review_point",
        duty="A manager reviews how the assessment is going",
        trigger="the assessment started",
        limits=[Limit(10, "working days", "local practice", framework="single")],
        configurable="yes",
    )
)

UPDATE = declare(
    Timescale(
        key="assessments.update",
        duty="Bring the assessment up to date while the child's case is open",
        trigger="the last assessment was authorised",
        limits=[Limit(12, "months", "local practice", framework="single")],
        configurable="yes",
    )
)


def _hand_over(key: str, duty: str, amount: int) -> Timescale:
    return declare(
        Timescale(
            key=key,
            duty=duty,
            trigger="the assessment was finished",
            limits=[Limit(amount, "working days", "local practice")],
            configurable="yes",
        )
    )


HAND_OVERS = (
    _hand_over("assessments.hand_over_early_help", "Pass the family to early help", 5),
    _hand_over("assessments.hand_over_plan", "Hold the meeting that makes the plan", 10),
    _hand_over("assessments.hand_over_strategy", "Hold the strategy discussion", 1),
    _hand_over("assessments.hand_over_legal", "Hold the legal planning meeting", 10),
)
