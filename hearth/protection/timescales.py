"""By when: strategy discussions, enquiries, conferences, core groups, visits under a plan."""

from hearth.casework.timescales import Limit, Timescale, declare

LOCAL = "local practice"
GUIDANCE = "Working Together to Safeguard Children, all editions since 2006"

HOLD_STRATEGY = declare(
    Timescale(
        key="S47-01",
        duty="Hold the strategy discussion",
        trigger="there was reasonable cause to suspect significant harm",
        limits=[Limit(1, "working days", GUIDANCE)],
        configurable="stricter only",
    )
)
SEND_STRATEGY = declare(
    Timescale(
        key="S47-02",
        duty="Send the record of the strategy discussion",
        trigger="the strategy discussion",
        limits=[Limit(1, "working days", LOCAL)],
        configurable="yes",
    )
)
SEE_CHILD = declare(
    Timescale(
        key="S47-03",
        duty="See each child, and alone",
        trigger="the strategy discussion that began the enquiry",
        limits=[Limit(24, "hours", LOCAL)],
        configurable="yes",
    )
)
ENQUIRE = declare(
    Timescale(
        key="S47-04",
        duty="Finish the section 47 enquiry and have its outcome authorised",
        trigger="the strategy discussion that began it",
        limits=[Limit(15, "working days", f"from the conference's time limit: {GUIDANCE}")],
        configurable="stricter only",
    )
)
REQUEST_CONFERENCE = declare(
    Timescale(
        key="S47-05",
        duty="Ask for the child protection conference",
        trigger="the decision that one is needed",
        limits=[Limit(1, "working days", LOCAL)],
        configurable="yes",
    )
)
AGREE_HOME = declare(
    Timescale(
        key="S47-07",
        duty="Say whether a child may go home while enquiries are made",
        trigger="it was asked for",
        limits=[Limit(1, "working days", LOCAL)],
        configurable="stricter only",
    )
)
AGREE_HOME_AT_ONCE = declare(
    Timescale(
        key="S47-07.urgent",
        duty="Say whether a child who is at home already may stay there",
        trigger="it was asked for",
        limits=[Limit(2, "hours", LOCAL)],
        configurable="stricter only",
    )
)
HOLD_INITIAL = declare(
    Timescale(
        key="CP-02",
        duty="Hold the initial child protection conference",
        trigger="the strategy discussion",
        limits=[
            Limit(
                15,
                "working days",
                "Working Together to Safeguard Children (2006), chapter 5: the last discussion",
                replaced_by="wt_2010",
            ),
            Limit(
                15,
                "working days",
                "Working Together to Safeguard Children (2010 and later): the discussion that "
                "began the enquiry",
                framework="wt_2010",
            ),
        ],
        configurable="stricter only",
    )
)
REPORT_INITIAL = declare(
    Timescale(
        key="CP-03",
        duty="Let the parents have the social worker's report",
        trigger="the initial conference",
        limits=[Limit(2, "working days", LOCAL)],
        configurable="yes",
        before=True,
    )
)
REPORT_REVIEW = declare(
    Timescale(
        key="CP-04",
        duty="Let the parents have the social worker's report",
        trigger="the review conference",
        limits=[Limit(5, "working days", LOCAL)],
        configurable="yes",
        before=True,
    )
)
SEND_DECISIONS = declare(
    Timescale(
        key="CP-05",
        duty="Send the decisions and the outline plan",
        trigger="the conference",
        limits=[Limit(1, "working days", LOCAL)],
        configurable="yes",
    )
)
SEND_RECORD = declare(
    Timescale(
        key="CP-06",
        duty="Send the full record of the conference",
        trigger="the conference",
        limits=[Limit(20, "working days", LOCAL)],
        configurable="yes",
    )
)
FIRST_CORE_GROUP = declare(
    Timescale(
        key="CP-07",
        duty="Hold the first core group",
        trigger="the initial conference",
        limits=[Limit(10, "working days", GUIDANCE)],
        configurable="stricter only",
    )
)
CORE_GROUP = declare(
    Timescale(
        key="CP-08",
        duty="Hold the next core group",
        trigger="the last one",
        limits=[Limit(6, "weeks", LOCAL)],
        configurable="yes",
    )
)
SEND_CORE_GROUP = declare(
    Timescale(
        key="CP-08.notes",
        duty="Send the core group's notes to every member",
        trigger="the core group",
        limits=[Limit(5, "working days", LOCAL)],
        configurable="yes",
    )
)
FIRST_REVIEW = declare(
    Timescale(
        key="CP-09",
        duty="Hold the first review conference",
        trigger="the initial conference",
        limits=[Limit(3, "months", GUIDANCE)],
        configurable="stricter only",
    )
)
REVIEW = declare(
    Timescale(
        key="CP-10",
        duty="Hold the next review conference",
        trigger="the last one",
        limits=[Limit(6, "months", GUIDANCE)],
        configurable="stricter only",
    )
)
VISIT = declare(
    Timescale(
        key="CP-12",
        duty="Visit each child who has a child protection plan",
        trigger="the plan started, or the last visit at which they were seen,",
        limits=[Limit(10, "working days", LOCAL)],
        configurable="yes",
    )
)
NOT_SEEN = declare(
    Timescale(
        key="CP-13",
        duty="Tell the managers and the chair of a child on a plan whom nobody has seen",
        trigger="they were last seen",
        limits=[Limit(4, "weeks", LOCAL)],
        configurable="stricter only",
    )
)
LONG_PLAN = declare(
    Timescale(
        key="CP-14",
        duty="Look again at a plan that has gone on",
        trigger="it started",
        limits=[Limit(18, "months", LOCAL)],
        configurable="stricter only",
    )
)
PRE_BIRTH = declare(
    Timescale(
        key="CP-15",
        duty="Hold the pre-birth conference",
        trigger="the baby is expected",
        limits=[Limit(10, "weeks", LOCAL)],
        configurable="yes",
        before=True,
    )
)
TRANSFER_IN = declare(
    Timescale(
        key="TRF-01",
        duty="Hold the transfer-in child protection conference",
        trigger="the other authority's notice",
        limits=[Limit(15, "working days", GUIDANCE)],
        configurable="stricter only",
    )
)


def report_limit(kind: str) -> Timescale:
    """By when the parents are to have the reports to a conference of this kind."""
    return REPORT_REVIEW if kind == "review_conference" else REPORT_INITIAL
