"""What is done about checks. Every write in this room is here."""

from hearth.quality.actions.looking import look, look_at_open_cases
from hearth.quality.actions.setting_aside import (
    agree_to_set_aside,
    ask_to_set_aside,
    refuse_to_set_aside,
)

__all__ = [
    "agree_to_set_aside",
    "ask_to_set_aside",
    "look",
    "look_at_open_cases",
    "refuse_to_set_aside",
]
