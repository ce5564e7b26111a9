"""Periods of two records of one person that share days, where one person can have only one of them.

Two plans, two open episodes, two lead workers: the database refuses them of one child. When two
records are made one, a past period of the record that gives way stays on it, as it was written,
beside the one that the kept record has; an open one has to be ended first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import CharField, Func, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse

from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.people.rows import places


@dataclass(frozen=True, slots=True)
class Overlap:
    """A period of the record that gives way, and the one that the kept record has then."""

    row: Any
    beside: Any

    @property
    def is_open(self) -> bool:
        """Whether the one that would stay behind has not ended."""
        return self.row.ended_on is None

    @property
    def said(self) -> tuple[str, str]:
        """What the one that stays is, in words, and where it is read."""
        return _said(self.row), _read_at(self.row)

    @property
    def said_beside(self) -> tuple[str, str]:
        """What the kept record has, in words, and where it is read."""
        return _said(self.beside), _read_at(self.beside)

    @property
    def refusal(self) -> str:
        """Why the records cannot be made one while it is open."""
        return (
            f"{_said(self.row)}, on the record that gives way, shares days with "
            f"{_said(self.beside)} on the record that is kept. End it first, or have the other "
            "record kept"
        )


def overlaps(given: Person, kept: Person) -> list[Overlap]:
    """What the record that gives way has on days when the kept one has the same.

    Asked after the merge, what stayed. One query where there is none.
    """
    pairs = list(_pairs(given, kept))
    found = []
    for model in dict.fromkeys(model for model, _, _ in pairs):
        ours = {row: beside for each, row, beside in pairs if each is model}
        rows: dict[int, Any] = QuerySet(model).in_bulk([*ours, *ours.values()])
        found += [Overlap(rows[row], rows[beside]) for row, beside in ours.items()]
    return found


def _pairs(given: Person, kept: Person) -> Iterator[tuple[type[Model], int, int]]:
    periods = _periods()
    asked = [_sharing(n, model, never, given, kept) for n, (model, never) in enumerate(periods)]
    for number, row, beside in asked[0].union(*asked[1:], all=True) if asked else ():
        yield periods[int(number)][0], row, beside


def _sharing(
    number: int, model: type[Model], never: ExclusionConstraint, given: Person, kept: Person
) -> QuerySet[Any, Any]:
    """The rows of one, each with the first row of the other that it cannot stand beside."""
    rows: QuerySet[Any] = QuerySet(model).filter(never.condition or Q())
    alike = {name: OuterRef(name) for name in _alike(never) if name != "child_id"}
    theirs = rows.filter(child=kept, period__overlap=OuterRef("period"), **alike).order_by("pk")
    shared = rows.filter(child=given).annotate(
        number=Value(str(number), output_field=CharField()),
        beside=Subquery(theirs.values("pk")[:1]),
    )
    found: QuerySet[Any, Any] = (
        shared.exclude(beside=None).order_by().values_list("number", "pk", "beside")
    )
    return found


@cache
def _periods() -> Sequence[tuple[type[Model], ExclusionConstraint]]:
    """Whatever a child has one of at a time, and what says so."""
    models = dict.fromkeys(place.model for place in places() if place.column == "child_id")
    return [
        (model, each)
        for model in models
        for each in model._meta.constraints
        if isinstance(each, ExclusionConstraint) and "child_id" in _alike(each)
    ]


def _alike(never: ExclusionConstraint) -> list[str]:
    """The columns in which two rows are alike that are never both."""
    ranges = [each for each, _ in never.expressions if isinstance(each, Func)]
    return [str(getattr(each.get_source_expressions()[0], "name", "")) for each in ranges]


def _said(row: Any) -> str:
    name = str(row).partition(" from ")[0]
    end = f"to {in_words(row.ended_on)}" if row.ended_on else "and still open"
    return f"{name} from {in_words(row.started_on)} {end}"


def _read_at(row: Any) -> str:
    """Where a row is read: its model says by which page, and by which of its columns."""
    page, column = getattr(row, "read_at", ("", ""))
    key = getattr(row, column, None) if page else None
    return reverse(page, args=[key]) if key else ""
