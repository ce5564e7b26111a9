"""What is done to meetings and plans. Every write in this room is here.

The practice rooms call these from their own actions, which say who may and what follows.
"""

from hearth.plans.actions.actions import (
    NewAction,
    NewContingency,
    end_action,
    end_contingency,
    rate_contingency,
    record_progress,
    set_action,
    set_contingency,
)
from hearth.plans.actions.meetings import (
    NewMember,
    Place,
    add_children,
    add_member,
    approve_minutes,
    book_meeting,
    call_meeting,
    cancel_meeting,
    change_member,
    hold_meeting,
    record_attendance,
    record_participation,
    remove_member,
    write_minutes,
)
from hearth.plans.actions.plans import (
    PlanPart,
    add_to_plan,
    change_category,
    end_plan,
    issue_plan,
    set_visits,
    start_plan,
    write_plan,
)
from hearth.plans.actions.sending import mark_received, mark_returned, send_paper, withhold_paper

__all__ = [
    "NewAction",
    "NewContingency",
    "NewMember",
    "Place",
    "PlanPart",
    "add_children",
    "add_member",
    "add_to_plan",
    "approve_minutes",
    "book_meeting",
    "call_meeting",
    "cancel_meeting",
    "change_category",
    "change_member",
    "end_action",
    "end_contingency",
    "end_plan",
    "hold_meeting",
    "issue_plan",
    "mark_received",
    "mark_returned",
    "rate_contingency",
    "record_attendance",
    "record_participation",
    "record_progress",
    "remove_member",
    "send_paper",
    "set_action",
    "set_contingency",
    "set_visits",
    "start_plan",
    "withhold_paper",
    "write_minutes",
    "write_plan",
]
