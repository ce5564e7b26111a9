"""The steps that belong to the spine itself: giving a case, directing what is done, closing it."""

from hearth.accounts.roles import MANAGERS, PRACTITIONERS, QUALIFIED
from hearth.casework.process import Process, Step, register
from hearth.casework.timescales import Limit, Timescale, declare

TO_ALLOCATE = declare(
    Timescale(
        key="REF-05",
        duty="Allocate the case to a qualified social worker",
        trigger="the referral was accepted",
        limits=[Limit(24, "hours", "local practice")],
        configurable="yes",
    )
)

ALLOCATE = Step(
    key="casework.allocate",
    name="Allocate to a social worker",
    done_by=MANAGERS,
    due=TO_ALLOCATE.key,
    authority="Working Together to Safeguard Children 2023, chapter 3",
    page="casework:allocate_children",
    page_by_task=True,
)

TO_CLOSE = declare(
    Timescale(
        key="CLO-01",
        duty="Write the closing summary and have the closing agreed",
        trigger="it was decided to close or step down",
        limits=[Limit(5, "working days", "local practice")],
        configurable="yes",
    )
)

DIRECTION = Step(
    key="casework.direction",
    name="Do what the manager directed",
    done_by=(*PRACTITIONERS, *MANAGERS),
    authority="Working Together to Safeguard Children 2023, chapter 3: the manager's direction "
    "and its date, given at allocation, in supervision or in an oversight note",
    page="casework:direction",
)
TO_ADVISE = declare(
    Timescale(
        key="SUP-05",
        duty="Give the advice that a worker asks for",
        trigger="it was asked for",
        limits=[Limit(1, "working days", "local practice")],
        configurable="stricter only",
    )
)
TO_ADVISE_URGENTLY = declare(
    Timescale(
        key="SUP-05.urgent",
        duty="Give the advice that a worker cannot wait for",
        trigger="it was asked for",
        limits=[Limit(2, "hours", "local practice")],
        configurable="stricter only",
    )
)
CONSULT = Step(
    key="casework.consult",
    name="Give a worker your advice",
    done_by=MANAGERS,
    due=TO_ADVISE.key,
    authority="Standards for Employers of Social Workers in England, standard 5: advice when it is "
    "needed, from the manager or whoever stands in for them",
    page="casework:answer_consultation",
    ends_with_episode=True,
)
TO_READ_THROUGH = declare(
    Timescale(
        key="CHR-01",
        duty="Read the chronology of an open case through, and say what it tells",
        trigger="it was last read through, or the referral,",
        limits=[Limit(3, "months", "local practice")],
    )
)
CLOSE = Step(
    key="casework.close",
    name="Close the episode",
    done_by=(*QUALIFIED, *MANAGERS),
    signed_off_by=MANAGERS,
    qualified=True,
    due=TO_CLOSE.key,
    authority="Working Together to Safeguard Children 2023, chapter 3; CIN census rules 8867 and "
    "8868: nothing is closed while work is outstanding",
    leads_to={"closed": []},
    outcome_names={"closed": "Closed, with a reason and a summary for each child"},
    page="casework:closing",
    ends_with_episode=True,
)

ALLOCATION = register(Process(name="Allocation", steps=[ALLOCATE, DIRECTION, CONSULT]))
CLOSING = register(Process(name="Closing", steps=[CLOSE]))
