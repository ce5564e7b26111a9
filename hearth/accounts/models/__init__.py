"""Workers who sign in, what they are told, and the trail of what they looked at and did."""

from hearth.accounts.models.notices import Notice
from hearth.accounts.models.trail import TrailClock, TrailEvent, TrailKind, TrailSeal
from hearth.accounts.models.users import RoleRequest, User, Users

__all__ = [
    "Notice",
    "RoleRequest",
    "TrailClock",
    "TrailEvent",
    "TrailKind",
    "TrailSeal",
    "User",
    "Users",
]
