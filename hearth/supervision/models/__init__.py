"""What is kept of supervision."""

from hearth.supervision.models.discussions import Decision, Discussion, DiscussionChild
from hearth.supervision.models.sessions import Absence, Kind, Personal, Session

__all__ = [
    "Absence",
    "Decision",
    "Discussion",
    "DiscussionChild",
    "Kind",
    "Personal",
    "Session",
]
