"""Several kinds of record that belong to one enquiry, read in one query.

Each page of an enquiry shows what eight tables hold. One question of the database for each would
be more than a page may ask.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
Rows = dict[type[models.Model], list[Any]]


def read_together(wanted: Sequence[tuple[type[models.Model], str, int]]) -> Rows:
    """The records of each model whose column holds an id, the first recorded first.

    Under the same row-level security as any other question. `wanted` names our own models and
    columns; what a worker typed is never part of it.
    """
    parts, values = [], []
    for number, (model, column, value) in enumerate(wanted):
        table = model._meta.db_table
        parts.append(
            f"SELECT {number} AS place, id, to_jsonb(t)::text FROM {table} t WHERE {column} = %s"  # noqa: S608 - our own names
        )
        values.append(value)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY place, id", values)
        rows = cursor.fetchall()
    found: Rows = {model: [] for model, _, _ in wanted}
    for place, _, row in rows:
        model = wanted[place][0]
        found[model].append(_made(model, json.loads(row)))
    return found


def _made(model: type[M], row: dict[str, Any]) -> M:
    """A record from its row, as the database would have given it."""
    fields = [field for field in model._meta.concrete_fields if field.column in row]
    values = [field.to_python(row[str(field.column)]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)


def join(records: Sequence[models.Model], known: dict[int, Any], *names: str) -> None:
    """Put the people or workers that records name beside them, from those already read."""
    for record in records:
        for name in names:
            pk = getattr(record, f"{name}_id")
            if pk in known:
                setattr(record, name, known[pk])


def ids(records: Sequence[models.Model], *names: str) -> set[int]:
    """Whom these records name."""
    found = {getattr(record, f"{name}_id") for record in records for name in names}
    return {pk for pk in found if pk is not None}
