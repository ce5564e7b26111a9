"""A meeting read for its papers: what is asked of every meeting, whatever was decided there."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from hearth.people.models import Person
from hearth.plans.models import Meeting, MeetingMember
from hearth.records.outgoing import Around


class MeetingFacts(ABC):
    """A meeting read for its papers: each thing once, when a paper first needs it."""

    def __init__(self, meeting: Meeting, about: Sequence[int]) -> None:
        """Read this meeting, and the family round these children."""
        self.meeting = meeting
        self.around = Around(about)

    @property
    @abstractmethod
    def parts(self) -> Mapping[int, Any]:
        """Each child's part, by the child: whatever such a meeting holds of one."""

    @property
    def children(self) -> list[Person]:
        """The children it is about, in the order of their parts."""
        return [part.child for part in self.parts.values()]

    @cached_property
    def members(self) -> list[MeetingMember]:
        """Those asked."""
        found = self.meeting.members.filter(removed_at=None)
        return list(found.select_related("person", "worker"))
