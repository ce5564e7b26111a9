"""The shape of a dated fact, and how the rows that hold now are told from those that held."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

KEPT_ABOUT_A_FACT = frozenset(
    {
        "id",
        "started_on",
        "ended_on",
        "recorded_at",
        "recorded_by",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawn_reason",
        "corrects",
    }
)


class FactQuerySet(models.QuerySet[Any]):
    """Dated facts, narrowed in the ways the service asks for them."""

    def standing(self) -> Self:
        """Not withdrawn as a mistake."""
        return self.filter(withdrawn_at=None)

    def on(self, day: date) -> Self:
        """Standing, and true on this day."""
        return (
            self.standing()
            .filter(Q(started_on=None) | Q(started_on__lte=day))
            .filter(Q(ended_on=None) | Q(ended_on__gt=day))
        )

    def newest_first(self) -> Self:
        """What is so now first, then what was so, the latest first."""
        return self.order_by(
            F("ended_on").desc(nulls_first=True), F("started_on").desc(nulls_last=True), "-id"
        )


class DatedFact(models.Model):
    """A fact that was so from one day up to another, told to us on a third.

    `ended_on` is the first day it was no longer so. A mistake is withdrawn, with who, when and why,
    and the row that puts it right points back with `corrects`.
    """

    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=500, default="", blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    # The columns whose values tell facts that may not hold together on one day: none, when a person
    # has only one such fact at a time; a column for each way there may be several.
    SLOT: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    class Privacy:
        plain: tuple[str, ...] = (
            "started_on",
            "ended_on",
            "recorded_at",
            "withdrawn_at",
            "withdrawn_reason",
        )

    def slot(self) -> dict[str, Any]:
        """What this fact has in common with those it may not overlap."""
        return {name: getattr(self, name) for name in self.SLOT}

    def says(self) -> dict[str, Any]:
        """What the fact states, apart from when it was so and who told us."""
        return {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in KEPT_ABOUT_A_FACT
        }

    def copy(self, changes: Mapping[str, Any]) -> Self:
        """The same fact unsaved, with some of it changed."""
        values = {**self.says(), "started_on": self.started_on, "ended_on": self.ended_on}
        fresh = type(self)(**values)
        for name, value in changes.items():
            setattr(fresh, name, value)
        return fresh

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was found to be a mistake."""
        return self.withdrawn_at is not None

    def held_on(self, day: date) -> bool:
        """Whether it stands and was so on a day."""
        return (
            not self.is_withdrawn
            and (self.started_on is None or self.started_on <= day)
            and (self.ended_on is None or day < self.ended_on)
        )


def fact_constraints(table: str) -> list[models.BaseConstraint]:
    """What the database refuses of any dated fact; `table` makes the names its own."""
    return [
        models.CheckConstraint(
            name=f"{table}_ends_on_or_after_it_starts",
            condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
            violation_error_message="The end date is before the start date",
        ),
        models.CheckConstraint(
            name=f"{table}_withdrawn_at_and_by_together",
            condition=Q(withdrawn_at=None, withdrawn_by=None)
            | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
        ),
    ]


def one_at_a_time(
    name: str, message: str, *, only: Q | None = None, person: str = "person_id"
) -> ExclusionConstraint:
    """Refuse two standing facts of one person that share a day."""
    standing = Q(withdrawn_at=None)
    return ExclusionConstraint(
        name=name,
        expressions=[
            (_OnePerson(F(person), F(person), Value("[]")), RangeOperators.OVERLAPS),
            (_Period(F("started_on"), F("ended_on"), Value("[)")), RangeOperators.OVERLAPS),
        ],
        condition=standing if only is None else standing & only,
        violation_error_message=message,
    )


def once_while_it_lasts(name: str, fields: tuple[str, ...]) -> models.UniqueConstraint:
    """Refuse the same thing stated twice of somebody, both still so."""
    return models.UniqueConstraint(
        name=name, fields=fields, condition=Q(withdrawn_at=None, ended_on=None)
    )


class _OnePerson(Func):
    """A person's id as a range of one, which a GiST index can hold without an extension."""

    function = "int8range"
    output_field = models.TextField()


class _Period(Func):
    """The half-open days between two dates; without a date it has no end that way."""

    function = "daterange"
    output_field = DateRangeField()
