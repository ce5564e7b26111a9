"""How far each section has come: what the side list says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.assessments.questions import SECTIONS, Section
from hearth.assessments.rules.cautions import Caution
from hearth.assessments.rules.facts import Child, Facts
from hearth.assessments.rules.gaps import Gap

EMPTY, STARTED, ATTENTION, COMPLETE = "Empty", "Started", "Needs attention", "Complete"


@dataclass(frozen=True, slots=True)
class Progress:
    """One section, how far it has come, and how much is missing."""

    section: Section
    state: str
    missing: int


def progress(facts: Facts, gaps: Sequence[Gap], cautions: Sequence[Caution]) -> list[Progress]:
    """Each section: empty, started, complete, or complete but needing attention."""
    return [_of(section, facts, gaps, cautions) for section in SECTIONS.values()]


def _of(
    section: Section, facts: Facts, gaps: Sequence[Gap], cautions: Sequence[Caution]
) -> Progress:
    missing = sum(gap.section == section.key for gap in gaps)
    if missing:
        return Progress(section, STARTED if _has_words(section, facts) else EMPTY, missing)
    noticed = any(caution.section == section.key for caution in cautions)
    return Progress(section, ATTENTION if noticed else COMPLETE, 0)


def _has_words(section: Section, facts: Facts) -> bool:
    if section.key == "agencies":
        return bool(facts.agencies)
    if section.key == "parents":
        return any(adult.spoken_to or adult.why_not for adult in facts.adults)
    if any(facts.answers.get(question.field) for question in section.shared):
        return True
    return any(
        _is_said(child, question.field) for child in facts.children for question in section.child
    )


def _is_said(child: Child, field: str) -> bool:
    rows = {"risks": child.risks, "protections": child.protections, "factors": child.factors}
    said = rows.get(field, child.answers.get(field))
    return isinstance(said, bool) or bool(said)
