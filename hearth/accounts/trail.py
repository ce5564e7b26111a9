"""The trail: who looked at what, who did what, and who was refused.

Written by the guard for every look and by every action for every deed, in the transaction of the
thing itself. Sealed afterwards in batches (see `seal`).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

from hearth.accounts.models import TrailKind, User

# Rooms above that want to know whose records were written, told in the transaction of the deed.
LISTENERS: list[Callable[[Sequence[int]], None]] = []

# No RETURNING: a refused look at a restricted record must be written by one who may not see it.
_INSERT = """
    INSERT INTO accounts_trailevent
        (transaction, by_id, by_name, kind, what, subject, about, reason)
    VALUES (hearth_transaction(), %s, %s, %s, %s, %s, %s::bigint[], %s)
"""
_INSERT_MANY = """
    INSERT INTO accounts_trailevent
        (transaction, by_id, by_name, kind, what, subject, about, reason)
    SELECT hearth_transaction(), %s, %s, %s, what, subject, about, reason
    FROM jsonb_to_recordset(%s) AS deed (what text, subject text, about bigint[], reason text)
"""


def people_in(subject: models.Model) -> list[int]:
    """The ids of the people a record is about, found by the columns row-level security uses."""
    if subject._meta.label == "people.Person":
        return [subject.pk]
    if (about := getattr(subject, "about", None)) is not None:
        return list(about)
    ids = (getattr(subject, name, None) for name in ("person_id", "child_id", "other_person_id"))
    return [pk for pk in ids if pk is not None]


def label(subject: models.Model | None) -> str:
    """A record as the trail names it: `app.Model:id`."""
    return f"{subject._meta.label}:{subject.pk}" if subject is not None else ""


def record(
    what: str,
    subject: models.Model | None,
    *,
    by: User,
    about: Sequence[int] | None = None,
    reason: str = "",
    kind: TrailKind = TrailKind.DEED,
    named: str = "",
) -> None:
    """Write one event, about the people the subject is about unless told otherwise.

    `named` stands in for a subject that could not be opened.
    """
    if about is None:
        about = people_in(subject) if subject is not None else []
    named = named or label(subject)
    who: list[Any] = [by.pk, str(by)[:200]]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*who, kind, what[:200], named[:100], list(about), reason[:500]])
    if kind == TrailKind.DEED and about:
        for listener in LISTENERS:
            listener(about)


def record_many(
    deeds: Iterable[tuple[str, str, Sequence[int], str]],
    *,
    by: User,
) -> None:
    """Write many deeds at once: each what was done, to what, about whom, and why."""
    rows = [
        {"what": what[:200], "subject": named[:100], "about": list(about), "reason": why[:500]}
        for what, named, about, why in deeds
    ]
    if not rows:
        return
    # One statement: the history of a request cannot be put before each of several.
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_MANY, [by.pk, str(by)[:200], TrailKind.DEED, json.dumps(rows)])
