"""What is done to episodes, allocations and tasks. Every write in this room is here.

Practice areas call these from their own actions.
"""

from hearth.casework.actions.allocations import allocate, allocate_family, end_allocation
from hearth.casework.actions.closings import (
    ClosingPart,
    agree_closing,
    ask_to_close,
    return_closing,
)
from hearth.casework.actions.consulting import answer_consultation, ask_manager
from hearth.casework.actions.directions import do_direction, give_direction
from hearth.casework.actions.due_dates import recompute, recompute_all, reconsider
from hearth.casework.actions.episodes import (
    close_episode,
    end_at_referral,
    end_involvement,
    open_episode,
    restate_need,
    start_involvement,
)
from hearth.casework.actions.handing_over import hand_over_all
from hearth.casework.actions.local import (
    agree_change,
    propose_adoption,
    propose_limit,
    refuse_change,
)
from hearth.casework.actions.sign_off import return_work, sign_off, submit
from hearth.casework.actions.tasks import (
    cancel,
    complete,
    lead_worker,
    name_children,
    narrow,
    open_next,
    open_step,
    reassign,
    reopen,
    still_here,
    take_off,
    take_task,
    why_not_take_off,
    worked_on,
)

__all__ = [
    "ClosingPart",
    "agree_change",
    "agree_closing",
    "allocate",
    "allocate_family",
    "answer_consultation",
    "ask_manager",
    "ask_to_close",
    "cancel",
    "close_episode",
    "complete",
    "do_direction",
    "end_allocation",
    "end_at_referral",
    "end_involvement",
    "give_direction",
    "hand_over_all",
    "lead_worker",
    "name_children",
    "narrow",
    "open_episode",
    "open_next",
    "open_step",
    "propose_adoption",
    "propose_limit",
    "reassign",
    "recompute",
    "recompute_all",
    "reconsider",
    "refuse_change",
    "reopen",
    "restate_need",
    "return_closing",
    "return_work",
    "sign_off",
    "start_involvement",
    "still_here",
    "submit",
    "take_off",
    "take_task",
    "why_not_take_off",
    "worked_on",
]
