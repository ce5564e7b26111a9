"""Meetings, who was asked to them and what they were sent; plans, their actions and progress."""

from hearth.plans.models.actions import ActionProgress, ActionState, Contingency, PlanAction
from hearth.plans.models.meetings import (
    CONFERENCES,
    Attendance,
    How,
    Meeting,
    MeetingChild,
    MeetingKind,
    MeetingRoom,
    MeetingState,
)
from hearth.plans.models.members import CAME, Distribution, MeetingMember, Paper
from hearth.plans.models.plans import Plan, PlanCategory, PlanChild, PlanKind, PlanNeeds

__all__ = [
    "CAME",
    "CONFERENCES",
    "ActionProgress",
    "ActionState",
    "Attendance",
    "Contingency",
    "Distribution",
    "How",
    "Meeting",
    "MeetingChild",
    "MeetingKind",
    "MeetingMember",
    "MeetingRoom",
    "MeetingState",
    "Paper",
    "Plan",
    "PlanAction",
    "PlanCategory",
    "PlanChild",
    "PlanKind",
    "PlanNeeds",
]
