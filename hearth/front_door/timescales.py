"""By when the front door does its work."""

from hearth.casework.timescales import Limit, Timescale, declare

LOCAL = "local practice, built on Working Together's one working day"

SCREEN_AND_DECIDE = declare(
    Timescale(
        key="CON-01",
        duty="Screen the contact and record a manager's decision",
        trigger="the contact was received",
        limits=[Limit(1, "working days", LOCAL)],
        configurable="yes",
    )
)
TO_THE_ALLOCATED_WORKER = declare(
    Timescale(
        key="CON-02",
        duty="Put a contact about an open case in front of its worker",
        trigger="the contact was received",
        limits=[Limit(1, "working days", LOCAL)],
        configurable="yes",
    )
)
ACKNOWLEDGE_OUT_OF_HOURS = declare(
    Timescale(
        key="CON-03",
        duty="Acknowledge what the out-of-hours service took",
        trigger="the out-of-hours contact was received",
        limits=[Limit(1, "working days", "local practice")],
        configurable="stricter only",
    )
)
SAME_DAY = declare(
    Timescale(
        key="CON-04",
        duty="Consider a contact that suggests significant harm",
        trigger="the contact was received",
        limits=[Limit(0, "calendar days", "local practice; Children Act 1989, section 47")],
    )
)
TELL_THE_REFERRER = declare(
    Timescale(
        key="CON-05",
        duty="Tell the referrer what was decided",
        trigger="the decision",
        limits=[
            Limit(
                3,
                "working days",
                "local practice; Working Together 2023, chapter 3, asks that referrers are told",
            )
        ],
        configurable="yes",
    )
)
HAND_TO_EARLY_HELP = declare(
    Timescale(
        key="CON-06",
        duty="Hand the family over to early help",
        trigger="the decision",
        limits=[Limit(3, "working days", "local practice")],
        configurable="yes",
    )
)
DECIDE_REFERRAL = declare(
    Timescale(
        key="REF-01",
        duty="Decide what a referral calls for, and acknowledge it",
        trigger="the referral was received",
        limits=[
            Limit(
                1,
                "working days",
                "Framework for the Assessment of Children in Need 2000, paragraph 3.8; "
                "Working Together 2010, chapter 5",
                framework="fa_2000",
                replaced_by="wt_2013",
            ),
            Limit(
                1,
                "working days",
                "Working Together 2013, chapter 1; Working Together 2023, chapter 3",
                framework="wt_2013",
            ),
        ],
    )
)
READ_THE_NIGHT = declare(
    Timescale(
        key="CON-07",
        duty="Read what happened out of hours to a child who was to be kept in mind",
        trigger="it happened",
        limits=[Limit(1, "working days", "local practice")],
        configurable="stricter only",
    )
)
RE_REFERRAL = declare(
    Timescale(
        key="REF-06",
        duty="Count a referral as a re-referral",
        trigger="the referral before it",
        limits=[Limit(12, "months", "Department for Education, children in need statistics")],
    )
)
