"""The shape of a dated fact, and how the rows that hold now are told from those that held."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class FactQuerySet(models.QuerySet[models.Model]):
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

    objects = FactQuerySet.as_manager()

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
