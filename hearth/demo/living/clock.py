"""Story time: the actions are told that it is the day of the story.

`django.utils.timezone.now` is the one clock that Hearth reads, so it is the one that is set. What
the database stamps by itself (`recorded_at` and its like) has the time at which the borough was
made; `settle` moves those stamps to the moments of the story when all is done. The trail is not
touched: it says, truly, that all this was written on the day the borough was made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pgtrigger
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

MOMENTS = "demo_moments"


class Clock:
    """What time it is in the story."""

    def __init__(self) -> None:
        self.moment = timezone.now()
        self._kept: list[tuple[datetime, datetime]] = []

    def now(self) -> datetime:
        """What `timezone.now` answers while the clock is set."""
        return self.moment

    def set(self, moment: datetime) -> None:
        """Go on to a moment of the story, noting what the database's own clock says."""
        self.moment = moment
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            self._kept.append((cursor.fetchone()[0], moment))

    def settle(self) -> int:
        """Move what the database stamped to the story's moments; returns how many columns."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMPORARY TABLE {MOMENTS}"
                " (since timestamptz PRIMARY KEY, moment timestamptz) ON COMMIT DROP"
            )
            cursor.execute(
                f"INSERT INTO {MOMENTS}"  # noqa: S608 - our own constant
                " SELECT * FROM unnest(%s::timestamptz[], %s::timestamptz[])"
                " ON CONFLICT DO NOTHING",
                [list(times) for times in zip(*self._kept, strict=True)],
            )
            cursor.execute(f"ANALYZE {MOMENTS}")
        first = self._kept[0][0]
        columns = list(stamped())
        with pgtrigger.ignore():
            for table, column in columns:
                _move(table, column, first)
        return len(columns)


def plan_for_small_tables() -> None:
    """Keep the planner from the loops it chooses for tables it has been told are empty.

    All is written in one transaction, so that the database has counted nothing yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")


@contextmanager
def story_time(clock: Clock) -> Iterator[Clock]:
    """Set Hearth's clock by the story."""
    kept, timezone.now = timezone.now, clock.now
    try:
        yield clock
    finally:
        timezone.now = kept


def stamped() -> Iterator[tuple[str, str]]:
    """The tables and columns that the database stamps by itself, the trail's apart."""
    for model in apps.get_models():
        if not model.__module__.startswith("hearth.") or model.__name__.startswith("Trail"):
            continue
        if hasattr(model, "pgh_obj_id"):
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.DateTimeField) and field.has_db_default():
                yield model._meta.db_table, str(field.column)


def _move(table: str, column: str, first: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" t SET "{column}" = (SELECT m.moment FROM {MOMENTS} m'  # noqa: S608
            f' WHERE m.since <= t."{column}" ORDER BY m.since DESC LIMIT 1)'
            f' WHERE t."{column}" >= %s',
            [first],
        )
