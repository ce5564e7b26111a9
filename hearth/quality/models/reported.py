"""What a month's figures were when they were first reported: who was counted, and as what.

The figures are reckoned from the record as it is today, and so they change as it is put right. What
was counted first is kept child by child, so that whoever reads it is shown no number of children
kept from them.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.people.models import Person
from hearth.workforce.models import Team


class ReportedMonth(models.Model):
    """A month that was over, and was reported: since then its first figures are kept."""

    month = models.DateField(unique=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["ReportedMonth"]] = models.Manager()

    class Meta:
        ordering = ["month"]
        constraints = [
            models.CheckConstraint(name="reported_month_is_a_month", condition=Q(month__day=1)),
        ]

    class Privacy:
        plain = ("month", "recorded_at")

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"


class FirstCount(models.Model):
    """A child counted at a stage when a month was first reported. It is never changed."""

    reported = models.ForeignKey(ReportedMonth, on_delete=models.PROTECT, related_name="counted")
    stage = models.CharField(max_length=20)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # The part of an enquiry, a conference or a plan that was counted.
    part = models.BigIntegerField()
    # Whose case it was then.
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["FirstCount"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="first_count_once", fields=["reported", "stage", "part"]),
        ]

    class Privacy:
        plain = ("stage", "part", "recorded_at")

    def __str__(self) -> str:
        return f"{self.child_id} at {self.stage}"
