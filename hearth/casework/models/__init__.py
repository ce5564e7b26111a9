"""Episodes and what a child is to the service; who has the case; tasks and their sign-off."""

from hearth.casework.models.allocations import Allocation, AllocationRole
from hearth.casework.models.closing import Closing, ClosingChild
from hearth.casework.models.consultations import Consultation
from hearth.casework.models.directions import Direction, DirectionChild, DirectionSource
from hearth.casework.models.episodes import Episode, Involvement, InvolvementKind
from hearth.casework.models.inquiring import (
    AgencyAsked,
    CancelledUntilAuthorised,
    ParentHeard,
    SignedOffByAnother,
    cancelled_constraint,
    signed_off_constraints,
)
from hearth.casework.models.local import (
    FrameworkAdoption,
    LocalChange,
    LocalChangeKind,
    LocalTimescale,
)
from hearth.casework.models.tasks import Submission, Task, TaskChild

__all__ = [
    "AgencyAsked",
    "Allocation",
    "AllocationRole",
    "CancelledUntilAuthorised",
    "Closing",
    "ClosingChild",
    "Consultation",
    "Direction",
    "DirectionChild",
    "DirectionSource",
    "Episode",
    "FrameworkAdoption",
    "Involvement",
    "InvolvementKind",
    "LocalChange",
    "LocalChangeKind",
    "LocalTimescale",
    "ParentHeard",
    "SignedOffByAnother",
    "Submission",
    "Task",
    "TaskChild",
    "cancelled_constraint",
    "signed_off_constraints",
]
