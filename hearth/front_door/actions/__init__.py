"""What is done with contacts and referrals. Every write in this room is here."""

from hearth.front_door.actions.contacts import Told, record_contact, withdraw_contact
from hearth.front_door.actions.decisions import ForOneChild, decide_contact, reopen_contact
from hearth.front_door.actions.feedback import send_feedback, withhold_feedback
from hearth.front_door.actions.handing_over import hand_over
from hearth.front_door.actions.matching import (
    confirm_siblings,
    create_reported_child,
    match_child,
)
from hearth.front_door.actions.referrals import OutcomeForOne, decide_referral
from hearth.front_door.actions.screening import (
    acknowledge_out_of_hours,
    answer_advice,
    answer_third_contact,
    ask_advice,
    consider_harm,
    read_contact,
    screen_contact,
)
from hearth.front_door.actions.thresholds import publish_threshold_document
from hearth.front_door.actions.watches import (
    ask_for_watch,
    end_watch,
    read_night,
    report_night,
)

__all__ = [
    "ForOneChild",
    "OutcomeForOne",
    "Told",
    "acknowledge_out_of_hours",
    "answer_advice",
    "answer_third_contact",
    "ask_advice",
    "ask_for_watch",
    "confirm_siblings",
    "consider_harm",
    "create_reported_child",
    "decide_contact",
    "decide_referral",
    "end_watch",
    "hand_over",
    "match_child",
    "publish_threshold_document",
    "read_contact",
    "read_night",
    "record_contact",
    "reopen_contact",
    "report_night",
    "screen_contact",
    "send_feedback",
    "withdraw_contact",
    "withhold_feedback",
]
