"""Where one child's record is: every table of every room, found from the models themselves.

A table made later is in the next export without anybody remembering it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from hearth.people.models import Person
from hearth.records.disclosure.purposes import LEFT_OUT

# The order in which a reader wants them: who somebody is, then what happened.
ROOMS = ("people", "front_door", "casework", "assessments", "records", "supervision")
PART = "Child"  # the last word of a model that is one child's part of another
Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Table:
    """One table that holds a child's record, with the table of its parts where it has them."""

    model: Model
    part: Model | None = None
    link: str = ""

    @property
    def title(self) -> str:
        """What its rows are called."""
        words = str(self.model._meta.verbose_name_plural)
        return words[:1].upper() + words[1:]

    def of(self, child: Person) -> QuerySet[Any, Any]:
        """The rows about a child, and nothing that is private to another."""
        rows = every(self.model)
        if self.part is not None:
            return rows.filter(pk__in=self.parts_of(child).values(f"{self.link}_id"))
        return rows.filter(_about(self.model, child))

    def parts_of(self, child: Person) -> QuerySet[Any, Any]:
        """This child's own parts of those rows."""
        return every(self.part or self.model).filter(child=child)


def every(model: Model) -> QuerySet[Any, Any]:
    """All the rows of a table that the worker at work may know of."""
    manager: Any = model._meta.default_manager
    found: QuerySet[Any, Any] = manager.all()
    return found


def tables() -> list[Table]:
    """Every table that holds a child's record, in the order it is read."""
    found = [table for config in apps.get_app_configs() for table in _of_room(config)]
    places = {room: place for place, room in enumerate(ROOMS)}
    return sorted(found, key=lambda t: places.get(t.model._meta.app_label, len(places)))


def _of_room(config: Any) -> Iterator[Table]:
    if not config.name.startswith("hearth."):
        return
    for model in config.get_models():
        if hasattr(model, "pgh_obj_id") or model._meta.label in LEFT_OUT or model is Person:
            continue
        if _has(model, "about"):
            part, link = _part_of(model)
            yield Table(model, part, link)
        elif _people_of(model) and _whole_of(model) is None:
            yield Table(model)


def _has(model: Model, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _people_of(model: Model) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if f.related_model is Person]


def _part_of(model: Model) -> tuple[Model | None, str]:
    """The table of a record's parts, one for each child, and what they call the record."""
    for link in model._meta.related_objects:
        part: Any = link.related_model
        if part.__name__.endswith(PART) and _has(part, "child") and not hasattr(part, "pgh_obj_id"):
            return part, link.field.name
    return None, ""


def _whole_of(model: Model) -> Model | None:
    """What a part is part of: it is read there, and not a second time by itself."""
    if not model.__name__.endswith(PART):
        return None
    for field in model._meta.concrete_fields:
        whole: Any = field.related_model
        is_shared = whole is not None and whole is not Person and _has(whole, "about")
        if is_shared and _part_of(whole)[0] is model:
            return whole  # type: ignore[no-any-return]
    return None


def _about(model: Model, child: Person) -> Q:
    """What a row must say to be about a child."""
    if not _has(model, "about"):
        found = Q()
        for name in _people_of(model):
            found |= Q(**{name: child})
        return found
    shared = Q(about__contains=[child.pk])
    if _has(model, "child"):  # private to one of those it is about, or to none
        return shared & (Q(child=child) | Q(child=None))
    return shared
