"""Hazards and warnings: what a worker must know before they knock."""

from django.db import models

from hearth.accounts.history import recorded
from hearth.people.models.facts import DatedFact, fact_constraints
from hearth.people.models.person import Person


@recorded
class Hazard(DatedFact):
    """A danger to workers or to others, and when it is to be looked at again."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hazards")
    code = models.CharField(max_length=40)
    detail = models.TextField()
    advice = models.TextField(default="", blank=True)
    review_on = models.DateField()

    class Meta:
        constraints = fact_constraints("hazard")

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "code", "review_on")
        sensitive = ("detail", "advice")

    def __str__(self) -> str:
        return self.code
