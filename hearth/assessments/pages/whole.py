"""The whole assessment on one page: who, how it stands, what was found, and what may be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from hearth.accounts.models import User
from hearth.assessments import policies
from hearth.assessments.models import Addendum, Assessment, ReviewPoint, State
from hearth.assessments.pages.frame import Frame, frame, section_address
from hearth.assessments.reading import Reading, read
from hearth.assessments.rules import Child
from hearth.assessments.rules.progress import COMPLETE
from hearth.assessments.snapshot import contents
from hearth.casework.models import Submission


@dataclass(frozen=True, slots=True)
class Deed:
    """Something this worker may do next."""

    text: str
    href: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class WholePage:
    """An assessment, read."""

    frame: Frame
    reading: Reading
    sections: Sequence[dict[str, Any]]
    submissions: Sequence[Submission]
    reviews: Sequence[ReviewPoint]
    addenda: Sequence[Addendum]
    deeds: Sequence[Deed]

    @property
    def children(self) -> Sequence[Child]:
        """Each child, with when they were seen."""
        return self.reading.facts.children

    @property
    def returned(self) -> Submission | None:
        """What a manager wrote when they returned it, while it is being put right."""
        if self.frame.assessment.state != State.IN_PROGRESS or not self.submissions:
            return None
        latest = self.submissions[-1]
        return latest if latest.decision == Submission.Decision.RETURNED else None

    @property
    def agreed(self) -> Submission | None:
        """What a manager wrote when they agreed it."""
        for submission in self.submissions:
            if submission.decision == Submission.Decision.AUTHORISED:
                return submission
        return None


def whole_page(assessment: Assessment, worker: User, *, today: date) -> WholePage:
    """The page of one assessment, for one worker."""
    reading = read(assessment)
    shown = frame(reading, current="whole", today=today)
    submissions = Submission.objects.filter(task=assessment.task_id).select_related(
        "submitted_by", "decided_by"
    )
    return WholePage(
        frame=shown,
        reading=reading,
        sections=contents(reading),
        submissions=list(submissions.order_by("number")) if assessment.task_id else [],
        reviews=list(assessment.review_points.select_related("note", "recorded_by")),
        addenda=list(assessment.addenda.select_related("recorded_by")),
        deeds=list(_deeds(shown, worker)),
    )


def _deeds(shown: Frame, worker: User) -> Iterator[Deed]:
    assessment = shown.assessment
    if assessment.state == State.IN_PROGRESS:
        yield from _while_being_written(shown, worker)
    if assessment.state == State.SUBMITTED and policies.decide_assessment.allows(
        worker, assessment
    ):
        yield _deed("Decide on it", "decide_assessment", assessment, is_main=True)
    if assessment.state == State.AUTHORISED:
        yield _deed("Print", "print_assessment", assessment)
        if policies.family_copy.allows(worker, assessment):
            yield _deed("Copy for the family", "family_copy", assessment)
        if policies.add_to_assessment.allows(worker, assessment):
            yield _deed("Add to it", "add_to_assessment", assessment)


def _while_being_written(shown: Frame, worker: User) -> Iterator[Deed]:
    assessment = shown.assessment
    if policies.write_assessment.allows(worker, assessment):
        unfinished = [part for part in shown.sections if part.state != COMPLETE]
        if unfinished:
            first = unfinished[0].section
            text = f"Write: {first.title[:1].lower()}{first.title[1:]}"
            yield Deed(text, section_address(assessment, first.key), is_main=True)
        yield _deed("Check and send", "submit_assessment", assessment, is_main=not unfinished)
    if policies.review_point.allows(worker, assessment):
        yield _deed("Review it now", "review_point", assessment, is_main=True)
        yield _deed("Cancel it", "cancel_assessment", assessment)


def _deed(text: str, name: str, assessment: Assessment, *, is_main: bool = False) -> Deed:
    return Deed(text, reverse(f"assessments:{name}", args=[assessment.pk]), is_main)
