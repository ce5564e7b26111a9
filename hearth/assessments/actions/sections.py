"""Saving a section: complete or not, by any number of workers, and never over another's words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.assessments.actions.checking import check
from hearth.assessments.actions.merging import Clash, Written, merge
from hearth.assessments.actions.taking import take_being_written, task_of
from hearth.assessments.models import (
    CLOSES,
    Assessment,
    AssessmentChild,
    AssessmentFactor,
    ProtectiveFactor,
    RiskFactor,
    SectionSave,
)
from hearth.assessments.questions import SECTIONS, Section
from hearth.assessments.reading import ROWS, parts_of, rows_of, section_values
from hearth.casework.actions import worked_on
from hearth.lib.errors import CannotDo

Record = Assessment | AssessmentChild
ROW_MODELS: dict[str, Any] = {
    "risks": RiskFactor,
    "protections": ProtectiveFactor,
    "factors": AssessmentFactor,
}


@transaction.atomic
def save_section(
    *, assessment: Assessment, section: str, written: Mapping[str, Written], on: date, by: User
) -> list[Clash]:
    """Save what was written in a section, or nothing of it where it would lose another's words.

    Returns the clashes for the worker to settle; empty when all was saved.
    """
    assessment = take_being_written(assessment)
    asked = SECTIONS[section]
    places = _places(assessment, asked)
    changes: list[tuple[Record, dict[str, Any]]] = []
    clashes: list[Clash] = []
    for place, mine in written.items():
        record = places.get(place)
        if record is None:
            raise CannotDo("That is not a part of this assessment")
        changed, clashing = merge(place, section_values(record, asked), mine)
        changes.append((record, changed))
        clashes += clashing
    if clashes:
        return clashes
    for record, changed in changes:
        check(assessment, record, changed, on)
        _write(record, changed)
    note_saves(assessment, section, [record for record, changed in changes if changed], by)
    return []


def note_saves(assessment: Assessment, section: str, records: Iterable[Any], by: User) -> None:
    """Note who wrote what, and that they had a hand in the work."""
    for record in records:
        SectionSave.objects.create(
            assessment=assessment,
            about=assessment.about,
            section=section,
            child_id=getattr(record, "child_id", None),
            recorded_by=by,
        )
    worked_on(task_of(assessment), by=by)
    trail.record(f"Saved a section: {SECTIONS[section].title}", assessment, by=by)


def _places(assessment: Assessment, section: Section) -> dict[str, Record]:
    places: dict[str, Record] = {"": assessment} if section.shared else {}
    if section.child:
        for part in parts_of(assessment):
            places[f"child-{part.child_id}"] = part
    return places


def _write(record: Record, changed: Mapping[str, Any]) -> None:
    plain = {field: value for field, value in changed.items() if field not in ROWS}
    if plain.get("outcome") and plain["outcome"] not in CLOSES:
        plain["closure_reason"] = ""
    for field, value in plain.items():
        setattr(record, field, value)
    if plain:
        record.save(update_fields=list(plain))
    if isinstance(record, AssessmentChild):
        for field in ROWS:
            if field in changed:
                _write_rows(record, field, changed[field])


def _write_rows(part: AssessmentChild, field: str, wanted: list[Any]) -> None:
    """Keep the rows still wanted, mark the others as removed, and add the new ones."""
    model = ROW_MODELS[field]
    left = [row if isinstance(row, str) else tuple(row) for row in wanted]
    standing = model.objects.standing().filter(part=part).order_by("pk")
    for row, value in zip(standing, rows_of(part, field), strict=True):
        if value in left:
            left.remove(value)
        else:
            row.removed_at = timezone.now()
            row.save(update_fields=["removed_at"])
    for value in left:
        words = {"code": value} if isinstance(value, str) else {"code": value[0], "text": value[1]}
        model.objects.create(part=part, child_id=part.child_id, **words)
