"""What is done to staff, teams and registrations. Every write in this room is here."""

from hearth.workforce.actions.registrations import add_registration, end_registration
from hearth.workforce.actions.staff import (
    add_staff,
    change_staff,
    join_team,
    leave,
    leave_team,
    move_team,
    take_on,
)
from hearth.workforce.actions.teams import (
    change_team,
    close_team,
    open_team,
    rename_team,
    set_posts,
)

__all__ = [
    "add_registration",
    "add_staff",
    "change_staff",
    "change_team",
    "close_team",
    "end_registration",
    "join_team",
    "leave",
    "leave_team",
    "move_team",
    "open_team",
    "rename_team",
    "set_posts",
    "take_on",
]
