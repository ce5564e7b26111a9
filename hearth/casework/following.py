"""What rooms above do when an episode closes, and whom they keep from their steps.

They register here at start-up. Each follower is told within the same transaction, before what the
child was to the service is ended.
"""

from collections.abc import Callable
from datetime import date

from hearth.accounts.models import User
from hearth.casework.models import Episode, Task
from hearth.lib.errors import CannotDo

Follower = Callable[[Episode, date, User], None]
CLOSING_FOLLOWERS: list[Follower] = []
# By the key of a step: why a worker may not be given it on a day, in words; None if they may.
WhyNot = Callable[[Task, User, date], str | None]
WHY_NOT_GIVEN: dict[str, WhyNot] = {}


def check_may_be_given(task: Task, worker: User | None, on: date) -> None:
    """Refuse to give a step to a worker whom the room that owns it keeps from it."""
    why_not = WHY_NOT_GIVEN.get(task.step_key)
    if worker is not None and why_not and (why := why_not(task, worker, on)):
        raise CannotDo(f"{task.step.name}: {why}")


def tell_followers(episode: Episode, ended_on: date, by: User) -> None:
    """Let each room above end what ends with the episode."""
    for follow in CLOSING_FOLLOWERS:
        follow(episode, ended_on, by)
