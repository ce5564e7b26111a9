"""What stands round every page of an assessment: whose it is, how it stands, and the way round."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from hearth.assessments.models import Assessment, State
from hearth.assessments.reading import Reading
from hearth.assessments.rules import Caution, Gap, Progress, cautions, gaps, progress
from hearth.design.components.lists import Place
from hearth.people.models import Person

STATE_COLOURS = {
    State.IN_PROGRESS: "blue",
    State.SUBMITTED: "yellow",
    State.AUTHORISED: "green",
    State.CANCELLED: "grey",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The banner and the side of an assessment's pages."""

    assessment: Assessment
    today: date
    children: Sequence[Person]
    places: Sequence[Place]
    gaps: Sequence[Gap] = ()
    cautions: Sequence[Caution] = ()
    sections: Sequence[Progress] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where the assessment stands, in words."""
        return str(self.assessment.state.label)

    @property
    def colour(self) -> str:
        """The colour of that state."""
        return STATE_COLOURS[self.assessment.state]

    @property
    def is_being_written(self) -> bool:
        """Whether its sections may still be changed."""
        return self.assessment.state == State.IN_PROGRESS


def frame(reading: Reading, *, current: str, today: date) -> Frame:
    """The frame of a page of this assessment."""
    found, noticed = gaps(reading.facts), cautions(reading.facts)
    sections = progress(reading.facts, found, noticed)
    assessment = reading.assessment
    return Frame(
        assessment=assessment,
        today=today,
        children=reading.children,
        places=_places(assessment, sections, current),
        gaps=found,
        cautions=noticed,
        sections=sections,
    )


def _places(assessment: Assessment, sections: Sequence[Progress], current: str) -> list[Place]:
    whole = reverse("assessments:open_assessment", args=[assessment.pk])
    places = [Place("The whole assessment", whole, is_current=current == "whole")]
    if assessment.state != State.IN_PROGRESS:
        return places
    places += [
        Place(
            part.section.title,
            section_address(assessment, part.section.key),
            is_current=current == part.section.key,
            state=part.state if not part.missing else f"{part.state}: {part.missing} to answer",
        )
        for part in sections
    ]
    check = reverse("assessments:submit_assessment", args=[assessment.pk])
    return [*places, Place("Check and send", check, is_current=current == "check")]


def section_address(assessment: Assessment, key: str) -> str:
    """Where a section is written."""
    if key in ("parents", "agencies"):
        return reverse(f"assessments:{key}", args=[assessment.pk])
    return reverse("assessments:write_section", args=[assessment.pk, key])
