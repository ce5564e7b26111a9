"""The children's parts of an assessment with everything below them, in one query."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, JSONObject

from hearth.assessments.models import (
    Assessment,
    AssessmentChild,
    AssessmentFactor,
    ProtectiveFactor,
    RiskFactor,
)
from hearth.assessments.questions import Section
from hearth.assessments.rules import Seen
from hearth.casework.closure_reasons import traces
from hearth.people.models import Person
from hearth.records.models import VisitChild
from hearth.workforce.models import Registration

ROWS = ("risks", "protections", "factors")


def whole_parts() -> QuerySet[AssessmentChild]:
    """Parts with their child and their rows: however many children, one query."""
    return AssessmentChild.objects.select_related("child", "episode").annotate(
        risk_rows=_rows(RiskFactor, code="code", text="text"),
        protection_rows=_rows(ProtectiveFactor, code="code", text="text"),
        factor_rows=_rows(AssessmentFactor, code="code"),
        seen_rows=_seen_rows(),
        **traces("episode"),
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


def seen_in(part: AssessmentChild) -> list[Seen]:
    """The days a child was seen during an assessment: each visit, and what is told in it."""
    found: Any = part
    told = []
    if part.seen_on is not None:
        told = [
            Seen(
                part.seen_on,
                part.seen_where,
                part.seen_by,
                part.seen_alone,
                part.seen_alone_reason,
            )
        ]
    return sorted([*map(_visited, found.seen_rows), *told], key=lambda seen: seen.on)


def _visited(row: Mapping[str, Any]) -> Seen:
    return Seen(
        on=date.fromisoformat(row["on"]),
        where=row["where"],
        by=row["by"],
        alone=row["alone"],
        alone_reason=row["reason"],
        by_social_worker=row["registered"],
        own_words=row["words"],
        visit=row["visit"],
    )


def _seen_rows() -> ArraySubquery:
    """Visits on which the child was seen, from what led to the assessment until it was sent."""
    visits = VisitChild.objects.standing().filter(
        child=OuterRef("child"),
        seen=True,
        happened_on__gte=OuterRef("assessment__trigger_on"),
        happened_on__lte=Coalesce(OuterRef("assessment__submitted_on"), Value(date.max)),
    )
    registered = Registration.objects.filter(
        staff__user=OuterRef("visited_by"),
        started_on__lte=OuterRef("happened_on"),
        expires_on__gt=OuterRef("happened_on"),
    )
    name = Concat("visited_by__first_name", Value(" "), "visited_by__last_name")
    row = JSONObject(
        on="happened_on",
        where="where_seen",
        by=name,
        alone="seen_alone",
        reason="reason",
        registered=Exists(registered),
        words="own_words",
        visit="visit_id",
    )
    return ArraySubquery(visits.order_by("happened_on", "pk").values(row=row))


def _rows(model: Any, **columns: str) -> ArraySubquery:
    standing = model.objects.standing().filter(part=OuterRef("pk")).order_by("pk")
    return ArraySubquery(standing.values(row=JSONObject(**columns)))
