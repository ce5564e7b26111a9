"""What is done in supervision. Every write in this room is here."""

from hearth.supervision.actions.discussions import Decided, Life, record_discussion
from hearth.supervision.actions.finishing import finish_session, sign_session
from hearth.supervision.actions.sessions import (
    drop_planned,
    hold_session,
    move_session,
    plan_session,
    record_not_held,
)
from hearth.supervision.actions.withdrawing import withdraw_discussion

__all__ = [
    "Decided",
    "Life",
    "drop_planned",
    "finish_session",
    "hold_session",
    "move_session",
    "plan_session",
    "record_discussion",
    "record_not_held",
    "sign_session",
    "withdraw_discussion",
]
