"""What a manager looks at half-way: each child, how often seen, and what is still to be done."""

from dataclasses import dataclass
from datetime import date

from hearth.assessments.models import Assessment
from hearth.assessments.pages.frame import Frame, frame
from hearth.assessments.process import REVIEW_POINT
from hearth.assessments.reading import Reading, read
from hearth.assessments.rules import Child
from hearth.assessments.rules.cautions import SEEN_DAYS
from hearth.casework.models import Task


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """An assessment as a manager reviews it."""

    frame: Frame
    reading: Reading
    task: Task | None

    @property
    def is_late(self) -> bool:
        """Whether the review is past its day."""
        return bool(self.task and self.task.due_on and self.frame.today > self.task.due_on)

    @property
    def children(self) -> list[Child]:
        """Each child, with when they were seen."""
        return list(self.reading.facts.children)

    @property
    def little_seen(self) -> list[Child]:
        """The children seen on fewer than two days: too few to be known."""
        return [c for c in self.children if not c.is_unborn and c.seen_days < SEEN_DAYS]


def review_page(assessment: Assessment, *, today: date) -> ReviewPage:
    """The page of a review, with the task that asks for it if there is one."""
    reading = read(assessment)
    waiting = Task.objects.outstanding().of_step(REVIEW_POINT).filter(record_id=assessment.pk)
    return ReviewPage(frame(reading, current="whole", today=today), reading, waiting.first())
