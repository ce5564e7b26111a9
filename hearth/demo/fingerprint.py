"""A print of a whole borough: the same for the same borough, and for no other.

It covers every column that says something of somebody. Left out are ids, keys between rows, numbers
given in order, and the stamps of the clock, which differ each time it is made.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

LEFT_OUT = (models.ForeignKey, models.AutoField, models.UUIDField, models.JSONField, ArrayField)
# Numbers given in order, and what holds them; what is salted; and when Hearth itself was made.
NUMBERED = {
    "la_child_id",
    "record_id",
    "source_id",
    "declared_person_id",
    "page",
    "subject",
    "password",
    "date_joined",
    "digest",
    "browser",
}


def fingerprint() -> str:
    """The print of what is on record."""
    digest = sha256()
    for table, found in prints().items():
        digest.update(f"{table}:{found}".encode())
    return digest.hexdigest()[:16]


def prints() -> dict[str, str]:
    """The print of each table: where two boroughs differ, these say in what."""
    return {table: print_of(table, columns) for table, columns in tables()}


def tables() -> Iterator[tuple[str, list[str]]]:
    """Each table of the record, with the columns that say something."""
    for model in apps.get_models():
        ours = model.__module__.startswith("hearth.")
        if ours and not hasattr(model, "pgh_obj_id") and not model.__name__.startswith("Trail"):
            columns = [str(f.column) for f in model._meta.local_concrete_fields if _says(f)]
            if columns:
                yield model._meta.db_table, columns


def _says(field: "models.Field[object, object]") -> bool:
    stamped = isinstance(field, models.DateTimeField) and field.has_db_default()
    return not (isinstance(field, LEFT_OUT) or stamped or field.column in NUMBERED)


def print_of(table: str, columns: list[str]) -> str:
    """How many rows a table has, and the sum of their prints: the order they are in is no part."""
    row = ", ".join(f'"{column}"::text' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) || ':' || coalesce(sum(r), 0) FROM"  # noqa: S608
            f" (SELECT hashtextextended(concat_ws('~', {row}), 0)::numeric AS r"
            f' FROM "{table}") rows'
        )
        return str(cursor.fetchone()[0])
