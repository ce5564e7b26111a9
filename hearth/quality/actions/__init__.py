"""What is done about checks. Every write in this room is here."""

from hearth.quality.actions.comparing import correct_comparator, record_comparator
from hearth.quality.actions.investigating import (
    begin_afresh,
    conclude_investigation,
    note_month,
    open_investigation,
    withdraw_note,
)
from hearth.quality.actions.looking import look, look_at_open_cases
from hearth.quality.actions.reporting import keep_first_figures
from hearth.quality.actions.setting_aside import (
    agree_to_set_aside,
    ask_to_set_aside,
    refuse_to_set_aside,
)
from hearth.quality.actions.signals import look_at_figures
from hearth.quality.actions.taking import take_out_dropped, take_out_figures

__all__ = [
    "agree_to_set_aside",
    "ask_to_set_aside",
    "begin_afresh",
    "conclude_investigation",
    "correct_comparator",
    "keep_first_figures",
    "look",
    "look_at_figures",
    "look_at_open_cases",
    "note_month",
    "open_investigation",
    "record_comparator",
    "refuse_to_set_aside",
    "take_out_dropped",
    "take_out_figures",
    "withdraw_note",
]
