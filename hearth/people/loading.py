"""Many kinds of fact about some people, in one query: what a page, a search or a merge reads."""

import json
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any

from django.db import connection

from hearth.people.models import (
    Address,
    Birth,
    Characteristic,
    ContactPoint,
    DatedFact,
    Disability,
    Hazard,
    HouseholdMember,
    Identifier,
    Language,
    Name,
    NetworkMember,
    Relationship,
)

ALL_KINDS: tuple[type[DatedFact], ...] = (
    Name,
    Birth,
    Characteristic,
    Disability,
    Language,
    Identifier,
    Address,
    ContactPoint,
    Hazard,
    Relationship,
    HouseholdMember,
    NetworkMember,
)
OWN_KINDS = tuple(kind for kind in ALL_KINDS if kind not in (Relationship, HouseholdMember))


def facts_of(
    people: Collection[int],
    kinds: Iterable[type[DatedFact]] = OWN_KINDS,
    *,
    withdrawn: bool = False,
) -> list[Any]:
    """The facts of these kinds about these people; with `withdrawn`, those too."""
    by_label = {kind._meta.label: kind for kind in kinds}
    if not people or not by_label:
        return []
    parts = " UNION ALL ".join(_part(kind, withdrawn=withdrawn) for kind in by_label.values())
    values = [value for label in by_label for value in (label, list(people))]
    with connection.cursor() as cursor:
        cursor.execute(parts, values)
        return [_built(by_label[label], json.loads(row)) for label, row in cursor.fetchall()]


def _part(kind: type[DatedFact], *, withdrawn: bool) -> str:
    standing = "" if withdrawn else " AND withdrawn_at IS NULL"
    return (
        f"SELECT %s, to_json(t)::text FROM {kind._meta.db_table} t"  # noqa: S608 - our own table
        f" WHERE person_id = ANY (%s){standing}"
    )


def _built(kind: type[DatedFact], row: dict[str, Any]) -> DatedFact:
    columns = _columns(kind)
    values = [reader(row[name]) for name, reader in columns]
    return kind.from_db(connection.alias, [name for name, _ in columns], values)


@cache
def _columns(kind: type[DatedFact]) -> list[tuple[str, Callable[[Any], Any]]]:
    """The columns of a kind, each with what reads it back from JSON."""
    return [(field.attname, field.to_python) for field in kind._meta.concrete_fields]
