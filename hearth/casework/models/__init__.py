"""Episodes and what a child is to the service; who has the case; tasks and their sign-off."""

from hearth.casework.models.allocations import Allocation, AllocationRole
from hearth.casework.models.episodes import Episode, Involvement, InvolvementKind
from hearth.casework.models.local import FrameworkAdoption, LocalTimescale
from hearth.casework.models.tasks import Submission, Task, TaskChild

__all__ = [
    "Allocation",
    "AllocationRole",
    "Episode",
    "FrameworkAdoption",
    "Involvement",
    "InvolvementKind",
    "LocalTimescale",
    "Submission",
    "Task",
    "TaskChild",
]
