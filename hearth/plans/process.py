"""The one step of this room: what a plan asks of one of our own workers."""

from hearth.accounts.roles import MANAGERS, PRACTITIONERS
from hearth.casework.process import Process, Step, register

ACTION = Step(
    key="plans.action",
    name="Do what a plan asks",
    done_by=(*PRACTITIONERS, *MANAGERS),
    authority="Working Together to Safeguard Children 2023, chapter 3: each action of a plan has "
    "somebody who does it and a day by which it is done, set in the plan",
    page="plans:action",
    ends_with_episode=True,
)
ACTIONS = register(Process(name="Actions of plans", steps=[ACTION]))
