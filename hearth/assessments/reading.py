"""Reading an assessment whole: the facts its rules go by, and what stands in each section."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Q

from hearth.accounts.models import User
from hearth.assessments.models import (
    AgencyConsulted,
    Assessment,
    AssessmentChild,
    ParentView,
)
from hearth.assessments.questions import SECTIONS, Section
from hearth.assessments.rules import Adult, Agency, Child, Facts, Seen
from hearth.casework.models import Allocation
from hearth.lib.codes import code_set, inverse_relationship
from hearth.people.models import Person, Relationship

ROWS = ("risks", "protections", "factors")
# Whoever is one of these to a child is asked what they think, and so is anyone with parental
# responsibility. Codes are the code set `relationship`'s.
PARENTS = frozenset(
    [
        "mother",
        "father",
        "parent",
        "believed_father",
        "stepfather",
        "stepmother",
        "step_parent",
        "adoptive_father",
        "adoptive_mother",
        "adoptive_parent",
        "parents_partner",
        "guardian",
        "special_guardian",
        "kinship_carer",
        "foster_carer",
        "private_foster_carer",
        "carer",
    ]
)
SIBLINGS = frozenset(
    [
        "brother",
        "sister",
        "sibling",
        "half_brother",
        "half_sister",
        "half_sibling",
        "stepbrother",
        "stepsister",
        "step_sibling",
        "adoptive_brother",
        "adoptive_sister",
        "adoptive_sibling",
        "twin",
    ]
)
CHILDREN = frozenset(
    [
        "son",
        "daughter",
        "child",
        "stepson",
        "stepdaughter",
        "step_child",
        "adopted_son",
        "adopted_daughter",
        "adopted_child",
        "partners_child",
    ]
)
SHORTEST_NAME = 3
ADULT = 18


@dataclass(frozen=True, slots=True)
class Reading:
    """An assessment and everything below it, fetched once."""

    assessment: Assessment
    parts: list[AssessmentChild]
    parents: list[ParentView]
    agencies: list[AgencyConsulted]
    # Those who should be asked, with what they are to the children.
    adults: list[tuple[Person, str]]
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
    parts = list(
        assessment.children.select_related("child", "episode").prefetch_related(
            "risks", "protections", "factors"
        )
    )
    parents = list(assessment.parents.select_related("person"))
    agencies = list(assessment.agencies.select_related("child"))
    adults, siblings = _family(parts)
    facts = Facts(
        kind=assessment.kind,
        trigger_on=assessment.trigger_on,
        started_on=assessment.started_on,
        due_on=assessment.due_on,
        answers=shared_answers(assessment),
        children=[_child(part, assessment) for part in parts],
        adults=_adults(adults, parents),
        agencies=[Agency(a.pk, str(a), a.is_waiting) for a in agencies],
        left_out=siblings,
        elsewhere=_elsewhere(writer, parts, adults) if writer else frozenset(),
    )
    return Reading(assessment, parts, parents, agencies, adults, facts)


def shared_answers(assessment: Assessment) -> dict[str, str]:
    """What is written of the family as a whole."""
    return {
        question.field: getattr(assessment, question.field)
        for section in SECTIONS.values()
        for question in section.shared
    }


def section_values(record: Assessment | AssessmentChild, section: Section) -> dict[str, Any]:
    """What stands in a section, of all the children or of one, as its form takes it."""
    if isinstance(record, Assessment):
        return {q.field: getattr(record, q.field) for q in section.shared}
    return {
        q.field: rows_of(record, q.field) if q.field in ROWS else getattr(record, q.field)
        for q in section.child
    }


PARENT_FIELDS = ("name", "relationship", "seen_on", "views", "not_seen_reason", "not_seen_detail")


def parent_values(view: ParentView) -> dict[str, Any]:
    """What stands in one parent's part, as its form takes it; the name too where it is typed."""
    fields = PARENT_FIELDS[2:] if view.person_id else PARENT_FIELDS
    return {field: getattr(view, field) for field in fields}


def rows_of(part: AssessmentChild, field: str) -> list[Any]:
    """The coded rows of a part: pairs of code and words, or codes alone."""
    standing = [row for row in getattr(part, field).all() if row.removed_at is None]
    if field == "factors":
        return [row.code for row in standing]
    return [(row.code, row.text) for row in standing]


def adult_key(view: ParentView | None, person: Person | None = None) -> str:
    """What a parent's part of the form is called."""
    if person is not None:
        return f"adult-{person.pk}"
    return f"other-{view.pk}" if view else "other-new"


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
        first_name=child.known_as or child.given_names.split(" ")[0] or child.name,
        names=names_of(child),
        age=child.age_on(assessment.started_on),
        is_unborn=child.is_unborn,
        answers=answers,
        risks=rows_of(part, "risks"),
        protections=rows_of(part, "protections"),
        factors=rows_of(part, "factors"),
        seen=_seen(part),
    )


def _seen(part: AssessmentChild) -> list[Seen]:
    if part.seen_on is None:
        return []
    return [
        Seen(part.seen_on, part.seen_where, part.seen_by, part.seen_alone, part.seen_alone_reason)
    ]


def names_of(person: Person) -> frozenset[str]:
    """Every given name somebody answers to, in small letters."""
    return frozenset(f"{person.given_names} {person.known_as}".lower().split())


def _adults(adults: list[tuple[Person, str]], views: list[ParentView]) -> list[Adult]:
    by_person = {view.person_id: view for view in views if view.person_id}
    known = [
        _adult(adult_key(None, person), person.name, words, by_person.get(person.pk), person.pk)
        for person, words in adults
    ]
    listed = {person.pk for person, _ in adults}
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


def _family(parts: list[AssessmentChild]) -> tuple[list[tuple[Person, str]], list[str]]:
    """The adults to ask, with what they are to the children, and the siblings left out."""
    ids = {part.child_id for part in parts}
    adults: dict[int, tuple[Person, list[str]]] = {}
    siblings: dict[int, Person] = {}
    for relative, code, has_responsibility in _relatives(ids):
        if code in PARENTS or has_responsibility:
            codes = adults.setdefault(relative.pk, (relative, []))[1]
            if code not in codes:
                codes.append(code)
        elif code in SIBLINGS:
            siblings[relative.pk] = relative
    for relative, code, _ in _relatives(set(adults)) if adults else ():
        if code in CHILDREN and relative.pk not in ids:
            siblings[relative.pk] = relative
    day = parts[0].assessment.started_on if parts else date.min
    return (
        [(person, _in_words(codes)) for person, codes in adults.values()],
        [person.name for person in siblings.values() if _is_child(person, day)],
    )


def _relatives(ids: set[int]) -> Iterable[tuple[Person, str, bool]]:
    """Those related to any of these people, and what each is to them, whichever way it was said."""
    rows = (
        Relationship.objects.standing()
        .filter(Q(other_person__in=ids) | Q(person__in=ids), ended_on=None)
        .select_related("person", "other_person")
        .order_by("pk")
    )
    for row in cast("Iterable[Relationship]", rows):
        if row.person_id in ids and row.other_person_id in ids:
            continue
        if row.other_person_id in ids:
            yield row.person, row.code, bool(row.parental_responsibility)
        else:
            other = row.other_person
            yield other, inverse_relationship(row.code, other.sex), False


def _in_words(codes: list[str]) -> str:
    labels = code_set("relationship")
    return ", ".join(labels.label(code) for code in codes)


def _is_child(person: Person, day: date) -> bool:
    age = person.age_on(day)
    return person.is_child_record and person.died_on is None and (age is None or age < ADULT)


def _elsewhere(
    writer: User, parts: list[AssessmentChild], adults: list[tuple[Person, str]]
) -> frozenset[str]:
    """The first names of children the writer works with who are not of this family."""
    family = [part.child for part in parts] + [person for person, _ in adults]
    own = frozenset().union(*(names_of(person) for person in family))
    mine = Allocation.objects.current().filter(worker=writer)
    others = mine.exclude(child__in=[part.child_id for part in parts]).select_related("child")
    names = {(a.child.known_as or a.child.given_names).lower().split(" ")[0] for a in others}
    return frozenset(name for name in names if len(name) >= SHORTEST_NAME) - own
