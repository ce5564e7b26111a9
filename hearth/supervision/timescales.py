"""By when: a worker's next supervision, its write-up, and the next discussion of each case."""

from hearth.casework.timescales import Limit, Timescale, declare

EMPLOYERS = "Standards for Employers of Social Workers, standard 5; local practice"
ASYE = "Assessed and supported year in employment framework"
LAST_SESSION = "the last supervision, or starting work,"

SESSION = declare(
    Timescale(
        key="SUP-01",
        duty="Hold one-to-one supervision",
        trigger=LAST_SESSION,
        limits=[Limit(4, "weeks", EMPLOYERS)],
        configurable="yes",
    )
)
# A newly qualified worker: weekly for six weeks, fortnightly to six months, then monthly.
ASYE_FIRST = declare(
    Timescale(
        key="SUP-02",
        duty="Hold supervision in the first six weeks of the first year",
        trigger=LAST_SESSION,
        limits=[Limit(1, "weeks", ASYE)],
        configurable="yes",
    )
)
ASYE_SECOND = declare(
    Timescale(
        key="SUP-02.six_months",
        duty="Hold supervision in the first six months of the first year",
        trigger=LAST_SESSION,
        limits=[Limit(2, "weeks", ASYE)],
        configurable="yes",
    )
)
CASE_DANGER = declare(
    Timescale(
        key="SUP-03",
        duty="Discuss a child protection or looked-after case in supervision",
        trigger="the last discussion, or the allocation,",
        limits=[Limit(4, "weeks", "local practice")],
        configurable="yes",
    )
)
CASE = declare(
    Timescale(
        key="SUP-03.other",
        duty="Discuss the case in supervision",
        trigger="the last discussion, or the allocation,",
        limits=[Limit(8, "weeks", "local practice")],
        configurable="yes",
    )
)
WRITE_UP = declare(
    Timescale(
        key="SUP-04",
        duty="Write up the supervision",
        trigger="the supervision was held",
        limits=[Limit(5, "working days", "local practice")],
        configurable="yes",
    )
)
