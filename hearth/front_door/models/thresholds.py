"""The threshold document, in each of its editions."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User


class ThresholdDocumentQuerySet(models.QuerySet["ThresholdDocument"]):
    """Threshold documents, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """A published document may be read by everybody."""
        return self.all()

    def on(self, day: date) -> Self:
        """In force on this day."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


@recorded
class ThresholdDocument(models.Model):
    """An edition of the partnership's published criteria for the help a child is given.

    Every decision at the front door says which edition its level of need is taken from (Working
    Together to Safeguard Children 2023, chapter 3).
    """

    title = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    summary = models.TextField(default="", blank=True)
    link = models.URLField(max_length=500, default="", blank=True)
    agreed_by = models.CharField(max_length=300, default="", blank=True)
    started_on = models.DateField()
    # The first day another edition was in force.
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[ThresholdDocumentQuerySet] = ThresholdDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            models.CheckConstraint(
                name="threshold_document_ends_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gt=F("started_on")),
                violation_error_message="A later edition must start after this one did",
            ),
            models.UniqueConstraint(
                name="threshold_document_one_not_ended",
                fields=["ended_on"],
                nulls_distinct=False,
                condition=Q(ended_on=None),
            ),
        ]

    class Privacy:
        plain = (
            "title",
            "version",
            "summary",
            "link",
            "agreed_by",
            "started_on",
            "ended_on",
            "recorded_at",
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.version}"
