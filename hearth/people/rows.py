"""Every place in the project where somebody's record is pointed at, found from the models."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from hearth.people.models import DatedFact, Person

# Stays with the record it was written of, whatever becomes of the record.
LEFT = {
    "accounts.TrailEvent": "who looked at which record stays as it happened",
    "people.Merge": "says which two records were merged",
    "people.MergedRow": "says which rows a merge moved",
}
PLAIN_IDS = {"people.DeclaredConnection": "declared_person_id"}


@dataclass(frozen=True, slots=True)
class Place:
    """A column that holds a person's id, or in an `about` several."""

    model: type[models.Model]
    column: str
    is_about: bool = False

    @property
    def table(self) -> str:
        """The table the column is in."""
        return self.model._meta.db_table

    @property
    def is_fact(self) -> bool:
        """Whether its rows say who somebody is, and so may be said of both records at once."""
        return issubclass(self.model, DatedFact)

    @property
    def words(self) -> str:
        """What its rows are called."""
        return str(self.model._meta.verbose_name_plural)

    def holds(self, person: str = "%s") -> str:
        """The SQL that a row points at somebody."""
        quoted = connection.ops.quote_name(self.column)
        return f"{person} = ANY ({quoted})" if self.is_about else f"{quoted} = {person}"


@cache
def places() -> tuple[Place, ...]:
    """Every column of the project that points at a person, in the order of the rooms."""
    return tuple(
        place
        for config in apps.get_app_configs()
        if config.name.startswith("hearth.")
        for model in config.get_models()
        if model._meta.label not in LEFT and not hasattr(model, "pgh_obj_id")
        for place in _places_of(model)
    )


def _places_of(model: type[models.Model]) -> Iterator[Place]:
    if model._meta.proxy:
        return
    for field in model._meta.concrete_fields:
        if field.related_model is Person:
            yield Place(model, str(field.column))
        elif isinstance(field, ArrayField) and field.column == "about":
            yield Place(model, "about", is_about=True)
        elif PLAIN_IDS.get(model._meta.label) == field.column:
            yield Place(model, str(field.column))


def counted(person: Person) -> list[str]:
    """What points at somebody, as far as the worker may know: "3 addresses". One query."""
    counts = " UNION ALL ".join(
        f"SELECT %s, count(*) FROM {connection.ops.quote_name(place.table)} WHERE {place.holds()}"  # noqa: S608
        for place in places()
    )
    values = [value for place in places() for value in (place.model._meta.label, person.pk)]
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(counts, values)
        for label, count in cursor.fetchall():
            found[label] += count
    return [_many(apps.get_model(label), count) for label, count in found.items() if count]


def _many(model: type[models.Model], count: int) -> str:
    words = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return f"{count} {words}"
