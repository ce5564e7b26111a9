"""What an assessment puts into each child's story."""

from datetime import date

from hearth.accounts.models import User
from hearth.assessments.actions.taking import children_of
from hearth.assessments.models import CLOSES, Assessment, AssessmentChild
from hearth.assessments.reading import Reading
from hearth.assessments.snapshot import say
from hearth.records.actions import chronicle
from hearth.records.models import Significance

PAGE = "assessments:open_assessment"
KIND = "assessment"


def tell_started(assessment: Assessment, by: User) -> None:
    """An assessment began, and what it was to answer."""
    chronicle(
        about=children_of(assessment),
        kind=KIND,
        title=f"{assessment} started",
        text=assessment.questions,
        happened_on=assessment.started_on,
        source=assessment,
        page=PAGE,
        significance=Significance.LOW,
        by=by,
    )


def tell_authorised(reading: Reading, by: User) -> None:
    """An assessment was agreed: what was decided for each child, and what each child said.

    What is one child's stands in that child's story alone.
    """
    assessment = reading.assessment
    assert assessment.authorised_on is not None  # noqa: S101 - it has just been authorised
    chronicle(
        about=reading.children,
        kind=KIND,
        title=f"{assessment} authorised",
        texts={part.child_id: _decided(part) for part in reading.parts},
        happened_on=assessment.authorised_on,
        source=assessment,
        page=PAGE,
        significance=Significance.HIGH,
        by=by,
    )
    for part in reading.parts:
        _tell_words(assessment, part, by)
        if part.outcome in CLOSES and part.episode:
            _tell_closed(assessment, part, by)


def tell_cancelled(assessment: Assessment, by: User) -> None:
    """An assessment was not gone on with."""
    assert assessment.cancelled_on is not None  # noqa: S101 - it has just been cancelled
    chronicle(
        about=children_of(assessment),
        kind=KIND,
        title=f"{assessment} cancelled",
        text=assessment.cancelled_reason,
        happened_on=assessment.cancelled_on,
        source=assessment,
        page=PAGE,
        by=by,
    )


def tell_copied(assessment: Assessment, reader_name: str, on: date, by: User) -> None:
    """Somebody in the family was made a copy."""
    chronicle(
        about=children_of(assessment),
        kind=KIND,
        title=f"A copy of the {str(assessment).lower()} was made for {reader_name}",
        happened_on=on,
        source=assessment,
        page=PAGE,
        significance=Significance.LOW,
        by=by,
    )


def _decided(part: AssessmentChild) -> str:
    told = (say("outcome", part.outcome), say("risk_rating", part.risk_rating), part.analysis)
    return "\n\n".join(words for words in told if words)


def _tell_words(assessment: Assessment, part: AssessmentChild, by: User) -> None:
    day = part.how_safe_on or part.seen_on or assessment.submitted_on
    if not part.child_words or day is None:
        return
    chronicle(
        about=[part.child],
        kind="child_said",
        title=f"What {part.child} said in the {str(assessment).lower()}",
        text=part.child_words,
        happened_on=day,
        source=assessment,
        page=PAGE,
        by=by,
    )


def _tell_closed(assessment: Assessment, part: AssessmentChild, by: User) -> None:
    assert assessment.authorised_on is not None  # noqa: S101 - the caller has looked
    chronicle(
        about=[part.child],
        kind="closure",
        title=f"Case closed: {say('closure_reason', part.closure_reason)}",
        happened_on=assessment.authorised_on,
        source=assessment,
        page=PAGE,
        significance=Significance.HIGH,
        by=by,
    )
