"""Reading an assessment whole: the facts its rules go by, and what stands in each section."""

from dataclasses import dataclass
from typing import Any

from hearth.accounts.models import User
from hearth.assessments.models import (
    AgencyConsulted,
    Assessment,
    AssessmentChild,
    ParentView,
)
from hearth.assessments.questions import SECTIONS
from hearth.assessments.reading.family import Family, family_of
from hearth.assessments.reading.parts import (
    ROWS,
    last_parts,
    names_of,
    parts_of,
    rows_of,
    section_values,
    seen_in,
)
from hearth.assessments.rules import Adult, Agency, Child, Facts
from hearth.casework.closure_reasons import refused
from hearth.casework.models import Allocation
from hearth.people.models import Person

__all__ = [
    "ROWS",
    "Reading",
    "adult_key",
    "last_parts",
    "parent_values",
    "parts_of",
    "read",
    "rows_of",
    "section_values",
]
SHORTEST_NAME = 3
PARENT_FIELDS = ("name", "relationship", "seen_on", "views", "not_seen_reason", "not_seen_detail")


@dataclass(frozen=True, slots=True)
class Reading:
    """An assessment and everything below it, fetched once."""

    assessment: Assessment
    parts: list[AssessmentChild]
    parents: list[ParentView]
    agencies: list[AgencyConsulted]
    family: Family
    facts: Facts

    @property
    def children(self) -> list[Person]:
        """The children it is about, in the order of their parts."""
        return [part.child for part in self.parts]

    def part_of(self, child_id: int) -> AssessmentChild:
        """One child's part."""
        return next(part for part in self.parts if part.child_id == child_id)


def read(assessment: Assessment, *, writer: User | None = None) -> Reading:
    """Fetch an assessment whole. `writer` is whose other families' names are looked out for."""
    parts = parts_of(assessment)
    parents = list(assessment.parents.select_related("person"))
    agencies = list(assessment.agencies.select_related("child"))
    family = family_of(set(assessment.about), on=assessment.started_on)
    facts = Facts(
        kind=assessment.kind,
        trigger_on=assessment.trigger_on,
        started_on=assessment.started_on,
        due_on=assessment.due_on,
        answers=shared_answers(assessment),
        children=[_child(part, assessment) for part in parts],
        adults=_adults(family, parents),
        agencies=[Agency(a.pk, str(a), a.is_waiting) for a in agencies],
        left_out=[person.name for person in family.left_out],
        elsewhere=_elsewhere(writer, parts, family) if writer else frozenset(),
    )
    return Reading(assessment, parts, parents, agencies, family, facts)


def shared_answers(assessment: Assessment) -> dict[str, str]:
    """What is written of the family as a whole."""
    return {
        question.field: getattr(assessment, question.field)
        for section in SECTIONS.values()
        for question in section.shared
    }


def parent_values(view: ParentView) -> dict[str, Any]:
    """What stands in one parent's part, as its form takes it; the name too where it is typed."""
    fields = PARENT_FIELDS[2:] if view.person_id else PARENT_FIELDS
    return {field: getattr(view, field) for field in fields}


def adult_key(view: ParentView | None, person: Person | None = None) -> str:
    """What a parent's part of the form is called."""
    if person is not None:
        return f"adult-{person.pk}"
    return f"adult-other-{view.pk}" if view else "adult-other-new"


def _child(part: AssessmentChild, assessment: Assessment) -> Child:
    child = part.child
    answers = {
        question.field: getattr(part, question.field)
        for section in SECTIONS.values()
        for question in section.child
        if question.field not in ROWS
    }
    return Child(
        pk=child.pk,
        name=child.name,
        first_name=child.first_name,
        names=names_of(child),
        age=child.age_on(assessment.started_on),
        is_unborn=child.is_unborn,
        answers=answers,
        risks=rows_of(part, "risks"),
        protections=rows_of(part, "protections"),
        factors=rows_of(part, "factors"),
        seen=seen_in(part),
        reasons_refused=refused(part, died_on=child.died_on) if part.episode_id else {},
    )


def _adults(family: Family, views: list[ParentView]) -> list[Adult]:
    by_person = {view.person_id: view for view in views if view.person_id}
    known = [
        _adult(adult_key(None, person), person.name, words, by_person.get(person.pk), person.pk)
        for person, words in family.adults
    ]
    listed = {person.pk for person, _ in family.adults}
    others = [
        _adult(adult_key(view, view.person), str(view), view.relationship, view, view.person_id)
        for view in views
        if view.person_id not in listed
    ]
    return [*known, *others]


def _adult(
    key: str, name: str, relationship: str, view: ParentView | None, person_id: int | None
) -> Adult:
    return Adult(
        key=key,
        name=name,
        relationship=relationship,
        person_id=person_id,
        spoken_to=bool(view and view.seen_on and view.views),
        why_not=bool(view and view.not_seen_reason),
    )


def _elsewhere(writer: User, parts: list[AssessmentChild], family: Family) -> frozenset[str]:
    """The first names of children the writer works with who are not of this family."""
    relatives = [part.child for part in parts] + [person for person, _ in family.adults]
    own = frozenset().union(*(names_of(person) for person in [*relatives, *family.left_out]))
    mine = Allocation.objects.current().filter(worker=writer)
    others = mine.exclude(child__in=[part.child_id for part in parts]).select_related("child")
    names = {allocation.child.first_name.lower() for allocation in others}
    return frozenset(name for name in names if len(name) >= SHORTEST_NAME) - own
