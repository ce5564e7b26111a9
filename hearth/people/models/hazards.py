"""Hazards and warnings: what a worker must know before they knock."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from hearth.accounts.history import recorded
from hearth.lib.codes import words
from hearth.people.models.facts import DatedFact, FactQuerySet, fact_constraints
from hearth.people.models.person import Person


class HazardQuerySet(FactQuerySet):
    """Hazards, narrowed in the ways the service asks for them."""

    def due_review(self, day: date) -> Self:
        """Still standing on a day by which somebody was to look at them again, the oldest first."""
        return self.on(day).filter(review_on__lte=day).order_by("review_on", "id")


@recorded
class Hazard(DatedFact):
    """A danger to workers or to others, and when it is to be looked at again."""

    SLOT = ("code", "detail")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hazards")
    code = models.CharField(max_length=40)
    detail = models.TextField()
    advice = models.TextField(default="", blank=True)
    review_on = models.DateField()

    objects: ClassVar[HazardQuerySet] = HazardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = fact_constraints("hazard")

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "code", "review_on")
        sensitive = ("detail", "advice")

    def __str__(self) -> str:
        return words("hazard", self.code)
