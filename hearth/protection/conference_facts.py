"""A conference read for its copies, and those asked to it as readers of them."""

from functools import cached_property

from hearth.plans.copies import AGENCIES, reader_of
from hearth.plans.meeting_facts import MeetingFacts
from hearth.plans.models import Contingency, PlanAction
from hearth.plans.paper_parts import lead_worker
from hearth.protection.models import Conference
from hearth.protection.pages.conference_page import ChildLine, child_lines, set_at
from hearth.records.outgoing import Reader

FAMILY = Reader(key="family", name="parents and carers", is_family=True)


class Facts(MeetingFacts):
    """A conference read for its copies, and those asked to it as readers of them."""

    def __init__(self, conference: Conference) -> None:
        """Read this conference."""
        super().__init__(conference.meeting, conference.about)
        self.conference = conference

    @cached_property
    def parts(self) -> dict[int, ChildLine]:
        """Each child's part, by the child."""
        return {line.child.pk: line for line in child_lines(self.conference)}

    @property
    def readers(self) -> list[Reader]:
        """Whoever has a copy: the agencies together, and each of the family but the children."""
        found = dict.fromkeys([AGENCIES, *map(reader_of, self.members)])
        return [reader for reader in found if not reader.is_one_of(self.children)]

    @cached_property
    def worker(self) -> str:
        """The social worker, as a letter names them."""
        return lead_worker(self.conference.about)

    @cached_property
    def asked_for(self) -> tuple[list[PlanAction], list[Contingency]]:
        """What the plan asks for as the conference left it."""
        return set_at(self.conference)
