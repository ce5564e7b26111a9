"""What rooms above do when a child's time under a plan ends, however it ends.

They register here at start-up. Each is told within the same transaction, when the end is written.
"""

from collections.abc import Callable
from datetime import date

from hearth.accounts.models import User
from hearth.plans.models import PlanChild

# Takes the child's part, which has its end and reason, the day it ended, and who ended it.
PLAN_ENDED: list[Callable[[PlanChild, date, User], None]] = []


def tell_of_end(part: PlanChild, ended_on: date, by: User) -> None:
    """Let each room above end what ends with a child's plan."""
    for follow in PLAN_ENDED:
        follow(part, ended_on, by)
