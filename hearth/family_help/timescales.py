"""By when: making a child in need plan, reviewing it, visiting, and sending what was decided."""

from hearth.casework.timescales import Limit, Timescale, declare

LOCAL = "local practice"

MAKE_PLAN = declare(
    Timescale(
        key="CIN-01",
        duty="Make the child in need plan",
        trigger="it was decided that one is needed",
        limits=[Limit(10, "working days", LOCAL)],
        configurable="yes",
    )
)
REVIEW_PLAN = declare(
    Timescale(
        key="CIN-02",
        duty="Review the child in need plan",
        trigger="it started, or was last reviewed,",
        limits=[Limit(12, "weeks", LOCAL)],
        configurable="yes",
    )
)
VISIT = declare(
    Timescale(
        key="CIN-03",
        duty="Visit each child in need",
        trigger="the plan started, or they were last seen,",
        limits=[Limit(6, "weeks", LOCAL)],
        configurable="yes",
    )
)
SEND_REVIEW = declare(
    Timescale(
        key="CIN-04",
        duty="Send the review's record to the family and the agencies",
        trigger="the review",
        limits=[Limit(5, "calendar days", LOCAL)],
        configurable="yes",
    )
)
