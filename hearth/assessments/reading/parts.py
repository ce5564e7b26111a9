"""The children's parts of an assessment with everything below them, in one query."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from hearth.assessments.models import (
    Assessment,
    AssessmentChild,
    AssessmentFactor,
    ProtectiveFactor,
    RiskFactor,
)
from hearth.assessments.questions import Section
from hearth.people.models import Person

ROWS = ("risks", "protections", "factors")


def whole_parts() -> QuerySet[AssessmentChild]:
    """Parts with their child and their rows: however many children, one query."""
    return AssessmentChild.objects.select_related("child", "episode").annotate(
        risk_rows=_rows(RiskFactor, code="code", text="text"),
        protection_rows=_rows(ProtectiveFactor, code="code", text="text"),
        factor_rows=_rows(AssessmentFactor, code="code"),
    )


def parts_of(assessment: Assessment) -> list[AssessmentChild]:
    """The parts of one assessment, in the order of the family."""
    return list(whole_parts().filter(assessment=assessment))


def last_parts(assessment: Assessment) -> dict[int, AssessmentChild]:
    """Each child's part of the last assessment authorised before this one, by the child's id."""
    earlier = (
        whole_parts()
        .filter(child__in=assessment.about, assessment__authorised_on__isnull=False)
        .exclude(assessment=assessment)
        .select_related("assessment")
        .order_by("child_id", "-assessment__authorised_on", "-pk")
        .distinct("child_id")
    )
    return {part.child_id: part for part in earlier}


def rows_of(part: AssessmentChild, field: str) -> list[Any]:
    """The coded rows of a part: pairs of code and words, or codes alone."""
    found: Any = part
    if field == "factors":
        return [row["code"] for row in found.factor_rows]
    rows = found.risk_rows if field == "risks" else found.protection_rows
    return [(row["code"], row["text"]) for row in rows]


def section_values(record: Assessment | AssessmentChild, section: Section) -> dict[str, Any]:
    """What stands in a section, of all the children or of one, as its form takes it."""
    if isinstance(record, Assessment):
        return {q.field: getattr(record, q.field) for q in section.shared}
    return {
        q.field: rows_of(record, q.field) if q.field in ROWS else getattr(record, q.field)
        for q in section.child
    }


def names_of(person: Person) -> frozenset[str]:
    """Every given name somebody answers to, in small letters."""
    return frozenset(f"{person.given_names} {person.known_as}".lower().split())


def _rows(model: Any, **columns: str) -> ArraySubquery:
    standing = model.objects.standing().filter(part=OuterRef("pk")).order_by("pk")
    return ArraySubquery(standing.values(row=JSONObject(**columns)))
