"""The pages on which an assessment is checked, sent, decided on and compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.assessments.models import CLOSES, Assessment, SectionSave
from hearth.assessments.pages.frame import Frame, frame, section_address
from hearth.assessments.questions import SECTIONS
from hearth.assessments.reading import Reading, read
from hearth.assessments.rules import Caution, Child, Consequence, Gap, consequences
from hearth.assessments.rules.compare import Difference, compare
from hearth.assessments.snapshot import contents, say
from hearth.casework.closing import Obstacle, obstacles_to_closing_each
from hearth.casework.models import Submission
from hearth.casework.models.local import adopted
from hearth.casework.timescales import LocalRules, takes_effect
from hearth.workforce.rules import why_not_registered


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap, and the address of the box that would fill it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class MissingPlace:
    """What is missing in one section."""

    title: str
    gaps: Sequence[Missing]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What still stands in the way of sending an assessment, and what to look at again."""

    frame: Frame
    missing: Sequence[MissingPlace]
    cautions: Sequence[Caution]
    why_not: str
    is_late: bool

    @property
    def missing_count(self) -> int:
        """How much is missing in all."""
        return len(self.frame.gaps)


def check_page(assessment: Assessment, worker: User, *, today: date) -> CheckPage:
    """The page of Check and send, for the worker who would send it."""
    shown = frame(read(assessment, writer=worker), current="check", today=today)
    return CheckPage(
        frame=shown,
        missing=_missing(assessment, shown.gaps),
        cautions=shown.cautions,
        why_not=why_not_registered(worker, on=today) or "",
        is_late=bool(assessment.due_on and today > assessment.due_on),
    )


def _missing(assessment: Assessment, gaps: Sequence[Gap]) -> list[MissingPlace]:
    """What is missing, section by section in the order they are written."""
    places = []
    for key, section in SECTIONS.items():
        address = section_address(assessment, key)
        here = [Missing(g.words, f"{address}#{g.anchor}") for g in gaps if g.section == key]
        if here:
            places.append(MissingPlace(section.title, here))
    return places


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided for one child, on what it rests."""

    child: Child
    outcome: str
    rating: str
    factors: str
    analysis: str


@dataclass(frozen=True, slots=True)
class DecidePage:
    """The facts a manager decides on, and what each decision would do."""

    frame: Frame
    reading: Reading
    submission: Submission
    decided: Sequence[Decided]
    consequences: Sequence[Consequence]
    obstacles: Sequence[Obstacle]
    contributors: Sequence[str]

    @property
    def unseen(self) -> list[Child]:
        """The children no social worker has seen."""
        children = self.reading.facts.children
        return [child for child in children if not child.was_seen and not child.is_unborn]


def decide_page(assessment: Assessment, *, today: date) -> DecidePage:
    """The decision page of an assessment that waits for a manager."""
    reading = read(assessment)
    has_update = takes_effect("single", LocalRules(adopted=adopted())) <= today
    closing = [p.episode for p in reading.parts if p.outcome in CLOSES and p.episode]
    outcomes = {part.child.name: (part.outcome, part.closure_reason) for part in reading.parts}
    return DecidePage(
        frame=frame(reading, current="whole", today=today),
        reading=reading,
        submission=_latest(assessment),
        decided=[_decided(reading, child) for child in reading.facts.children],
        consequences=consequences(outcomes, today_has_update=has_update),
        obstacles=[
            obstacle
            for found in obstacles_to_closing_each(closing).values()
            for obstacle in found
            if not _is_own(obstacle, assessment)
        ],
        contributors=_contributors(assessment),
    )


def _is_own(obstacle: Obstacle, assessment: Assessment) -> bool:
    """What authorising itself brings to an end: this assessment, and the review of it."""
    task = obstacle.task
    return task is not None and (
        task.pk == assessment.task_id
        or (task.step_key == "assessments.review_point" and task.record_id == assessment.pk)
    )


def _latest(assessment: Assessment) -> Submission:
    return (
        Submission.objects.filter(task=assessment.task_id)
        .select_related("submitted_by")
        .latest("number")
    )


def _decided(reading: Reading, child: Child) -> Decided:
    part = reading.part_of(child.pk)
    return Decided(
        child=child,
        outcome=say("outcome", part.outcome),
        rating=say("risk_rating", part.risk_rating),
        factors=say("factors", child.factors),
        analysis=part.analysis,
    )


def _contributors(assessment: Assessment) -> list[str]:
    """Everyone who wrote any of it."""
    saves = SectionSave.objects.filter(assessment=assessment).select_related("recorded_by")
    return list(dict.fromkeys(str(save.recorded_by) for save in saves.order_by("recorded_at")))


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Two versions of an assessment side by side."""

    frame: Frame
    submissions: Sequence[Submission]
    before: Submission
    after: Submission | None
    differences: Sequence[Difference]

    @property
    def changed(self) -> int:
        """How many answers differ."""
        return sum(difference.changed for difference in self.differences)


def versions_page(
    assessment: Assessment, number: int | None, *, today: date
) -> VersionsPage | None:
    """A version as it was sent beside the next one, or beside what stands now; None if unsent."""
    sent = list(
        Submission.objects.filter(task=assessment.task_id)
        .select_related("submitted_by", "decided_by")
        .order_by("number")
    )
    known = {submission.number: submission for submission in sent}
    if not sent:
        return None
    reading = read(assessment)
    first = sent[-2] if len(sent) > 1 else sent[0]
    before = known.get(number or first.number, first)
    after = known.get(before.number + 1)
    now = after.content["sections"] if after else contents(reading)
    return VersionsPage(
        frame=frame(reading, current="whole", today=today),
        submissions=sent,
        before=before,
        after=after,
        differences=compare(before.content["sections"], now),
    )
