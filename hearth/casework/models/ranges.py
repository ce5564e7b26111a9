"""How the database keeps one child's periods from overlapping, with core PostgreSQL alone."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class OneChild(Func):
    """The child's id as a range of one, which a GiST index can hold without an extension."""

    function = "int8range"
    output_field = models.TextField()


def period(start: str = "started_on", end: str = "ended_on") -> models.GeneratedField:
    """The half-open period between two date columns, kept by the database."""
    return models.GeneratedField(
        expression=Func(F(start), F(end), Value("[)"), function="daterange"),
        output_field=DateRangeField(),
        db_persist=True,
    )


def no_overlap(name: str, *, condition: Q | None = None, message: str) -> ExclusionConstraint:
    """Refuse two periods of one child that share a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (OneChild(F("child_id"), F("child_id"), Value("[]")), RangeOperators.OVERLAPS),
            ("period", RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )
