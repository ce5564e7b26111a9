"""Recording what parents and carers think, or why they were not spoken to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hearth.accounts.models import User
from hearth.assessments.actions.checking import check
from hearth.assessments.actions.merging import Clash, Written, merge
from hearth.assessments.actions.sections import note_saves
from hearth.assessments.actions.taking import take_being_written
from hearth.assessments.models import Assessment, ParentView
from hearth.assessments.reading import adult_key, parent_values
from hearth.lib.errors import CannotDo
from hearth.people.models import Person

SECTION = "parents"


@transaction.atomic
def save_parents(
    *, assessment: Assessment, written: Mapping[str, Written], on: date, by: User
) -> list[Clash]:
    """Save what each parent or carer thinks, or nothing where it would lose another's words."""
    assessment = take_being_written(assessment)
    changes: list[tuple[ParentView, dict[str, Any]]] = []
    clashes: list[Clash] = []
    standing = {
        adult_key(view, view.person): view for view in assessment.parents.select_related("person")
    }
    for place, mine in written.items():
        view = standing.get(place) or _new(assessment, place)
        changed, clashing = merge(place, parent_values(view), mine)
        changes.append((view, changed))
        clashes += clashing
    if clashes:
        return clashes
    for view, changed in changes:
        check(assessment, view, changed, on)
        _write(view, changed)
    note_saves(assessment, SECTION, [view for view, changed in changes if changed], by)
    return []


def _new(assessment: Assessment, place: str) -> ParentView:
    """A place for somebody nothing is yet written of: known by their record, or by name alone."""
    if place == adult_key(None):
        return ParentView(assessment=assessment, about=assessment.about)
    kind, _, number = place.partition("-")
    people = Person.objects.exclude(pk__in=assessment.about)
    person = people.filter(pk=int(number)).first() if number.isdecimal() else None
    if kind != "adult" or person is None:
        raise CannotDo("That person is not part of this assessment")
    return ParentView(assessment=assessment, about=assessment.about, person=person)


def _write(view: ParentView, changed: Mapping[str, Any]) -> None:
    if not changed:
        return
    for field, value in changed.items():
        setattr(view, field, value)
    if view.person is None and not view.name:
        raise CannotDo("Say whose views these are")
    view.save(update_fields=None if view._state.adding else list(changed))  # noqa: SLF001
