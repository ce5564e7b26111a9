"""What rooms above do when an episode closes: they register here at start-up.

Each is told within the same transaction, before what the child was to the service is ended.
"""

from collections.abc import Callable
from datetime import date

from hearth.accounts.models import User
from hearth.casework.models import Episode

Follower = Callable[[Episode, date, User], None]
CLOSING_FOLLOWERS: list[Follower] = []


def tell_followers(episode: Episode, ended_on: date, by: User) -> None:
    """Let each room above end what ends with the episode."""
    for follow in CLOSING_FOLLOWERS:
        follow(episode, ended_on, by)
