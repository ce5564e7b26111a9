"""Which tables hold what is recorded of a family, and what each of their columns holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Holds(Enum):
    """What a column holds, so far as that differs from one family to the next."""

    PLAIN = auto()
    ID = auto()
    IDS = auto()
    WORKER = auto()
    WORKERS = auto()
    TEAM = auto()
    UUID = auto()
    DATE = auto()
    WORDS = auto()
    LABEL = auto()
    ADDRESS = auto()
    LA_CHILD_ID = auto()
    SEARCH_KEYS = auto()
    DISABILITY = auto()
    DIGEST = auto()
    TRANSACTION = auto()


# Columns that hold another row's id without saying so in the database.
NAMED = {
    "record_id": Holds.ID,
    "source_id": Holds.ID,
    "pgh_obj_id": Holds.ID,
    "by_id": Holds.WORKER,
    "about": Holds.IDS,
    "worked_by": Holds.WORKERS,
    "la_child_id": Holds.LA_CHILD_ID,
    "search_keys": Holds.SEARCH_KEYS,
    "transaction": Holds.TRANSACTION,
    "subject": Holds.LABEL,
    "digest": Holds.DIGEST,
}
# Whose a row is, the first of these that says so.
WHOSE = ("child_id", "person_id", "about", "other_person_id")
# What is not of one family: the chain of seals is made anew over what is written.
NOT_COPIED = {"accounts_trailseal", "accounts_trailclock", "returns_censusimportline"}
HOUSEHOLDS = ("people_household", "people_householdevent")
DISABILITIES = ("people_disability", "people_disabilityevent")
PEOPLE = ("people_person", "people_personevent")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the record: its columns in order, and what each holds."""

    name: str
    columns: tuple[str, ...]
    holds: tuple[Holds, ...]
    key: str

    def whose(self) -> tuple[str, ...]:
        """The columns that say which family a row is of."""
        if self.name in PEOPLE:
            return ("id",)
        if self.name in HOUSEHOLDS:
            return ("id",)
        return tuple(column for column in WHOSE if column in self.columns)


def tables() -> list[Table]:
    """Every table with rows of one family, those that others point to first."""
    return list(_found())


def _found() -> Iterator[Table]:
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("hearth."):
            continue
        table = _table(model)
        if table.whose() and table.name not in NOT_COPIED:
            yield table


def _table(model: type[models.Model]) -> Table:
    fields = [f for f in model._meta.local_concrete_fields if not f.generated]
    return Table(
        name=model._meta.db_table,
        columns=tuple(str(f.column) for f in fields),
        holds=tuple(_holds(f) for f in fields),
        key=str(model._meta.pk.column),
    )


def _holds(field: "models.Field[object, object]") -> Holds:
    if field.primary_key or field.name == "id":
        return Holds.ID
    if field.column in NAMED:
        return NAMED[str(field.column)]
    if field.column == "code" and field.model._meta.db_table in DISABILITIES:
        return Holds.DISABILITY
    if field.model._meta.model_name == "notice" and field.name == "page":
        return Holds.ADDRESS
    return _points_to(field) if isinstance(field, models.ForeignKey) else _says(field)


def _says(field: "models.Field[object, object]") -> Holds:
    if isinstance(field, models.UUIDField):
        return Holds.UUID
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return Holds.DATE
    written = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return Holds.WORDS if written and not isinstance(field, ArrayField) else Holds.PLAIN


def _points_to(field: "models.ForeignKey[Any, Any]") -> Holds:
    target = field.related_model._meta.db_table
    if target == "accounts_user":
        return Holds.WORKER
    if target == "workforce_team":
        return Holds.TEAM
    shared = target.startswith("pghistory") or target == "front_door_thresholddocument"
    return Holds.PLAIN if shared else Holds.ID
