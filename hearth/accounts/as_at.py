"""The record as it stood at an earlier moment, read from the rows and their kept versions.

A row's earlier version is written to its history when the row is changed, with the moment of the
change (`history`). So the version that stood at a moment is the first one replaced after it, or the
present row where none was. Each answer is of one statement: what is changed meanwhile is answered
as it stood.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models

_STOOD = """
    SELECT {columns} FROM {table} r
    WHERE r.{by} = ANY (%(ids)s) AND r.recorded_at <= %(moment)s AND NOT EXISTS (
        SELECT FROM {history} h WHERE h.pgh_obj_id = r.id AND h.pgh_created_at > %(moment)s
    )
    UNION ALL
    SELECT {columns} FROM {history} r
    WHERE r.{by} = ANY (%(ids)s) AND r.recorded_at <= %(moment)s
      AND r.pgh_created_at > %(moment)s AND NOT EXISTS (
        SELECT FROM {history} h WHERE h.pgh_obj_id = r.pgh_obj_id
        AND h.pgh_created_at > %(moment)s
        AND (h.pgh_created_at, h.pgh_id) < (r.pgh_created_at, r.pgh_id)
    )
"""
# Whoever began before a moment may write after it, dated with their beginning.
_SETTLED = """
    SELECT least(clock_timestamp(), min(xact_start)) - interval '1 microsecond'
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def rows_as_at(
    model: type[models.Model],
    columns: Sequence[str],
    *,
    by: str,
    ids: Sequence[int],
    moment: datetime,
) -> list[tuple[Any, ...]]:
    """The rows of a `@recorded` model whose column `by` held one of these ids at a moment.

    In no order. What the worker at work may not see is left out, as ever.
    """
    quote = connection.ops.quote_name
    history = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    statement = _STOOD.format(
        columns=", ".join(f"r.{quote(column)}" for column in columns),
        table=quote(model._meta.db_table),
        history=quote(history._meta.db_table),
        by=quote(by),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": list(ids), "moment": moment})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def settled_moment() -> datetime:
    """The newest moment of which nothing more can come to be recorded.

    A row is dated with the beginning of its transaction, so whatever is still being written now
    began after this.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED)
        moment: datetime = cursor.fetchone()[0]
        return moment
