"""The steps that belong to the spine itself: giving a case to a worker."""

from hearth.accounts.roles import MANAGERS
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
)

ALLOCATION = register(Process(name="Allocation", steps=[ALLOCATE]))
