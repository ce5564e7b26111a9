"""How the database keeps one child's periods from overlapping, with core PostgreSQL alone."""

from collections.abc import Sequence

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class OneChild(Func):
    """An id as a range of one, which a GiST index can hold without an extension."""

    function = "int8range"
    output_field = models.TextField()


def period(start: str = "started_on", end: str = "ended_on") -> models.GeneratedField:
    """The half-open period between two date columns, kept by the database."""
    return models.GeneratedField(
        expression=Func(F(start), F(end), Value("[)"), function="daterange"),
        output_field=DateRangeField(),
        db_persist=True,
    )


def no_overlap(
    name: str, *, also: Sequence[str] = (), condition: Q | None = None, message: str
) -> ExclusionConstraint:
    """Refuse two periods of one child, and of the same of each id in `also`, that share a day."""
    ids = [F(column) for column in ("child_id", *also)]
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((OneChild(one, one, Value("[]")), RangeOperators.OVERLAPS) for one in ids),
            ("period", RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )
