"""Shares that an authority holds its own figures against, beside those that are published."""

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User


class OwnComparatorQuerySet(models.QuerySet["OwnComparator"]):
    """Shares of others, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """A share of others is nobody's record."""
        return self.select_related("recorded_by")

    def standing(self) -> Self:
        """Neither withdrawn nor put right by another."""
        return self.filter(withdrawn_at=None)


@recorded
class OwnComparator(models.Model):
    """What somebody found a share to be elsewhere in a year: of its statistical neighbours, say."""

    # Whose share it is.
    name = models.CharField(max_length=100)
    # The series it is held beside.
    measure = models.CharField(max_length=30)
    # The year to 31 March of this.
    year = models.PositiveSmallIntegerField()
    percent = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    source = models.CharField(max_length=300)
    # What this stands instead of, where that was wrong.
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.TextField(default="", blank=True)

    objects: ClassVar[OwnComparatorQuerySet] = OwnComparatorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "measure", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "measure",
                "year",
                name="comparator_one_stands_for_a_year",
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="comparator_says_whose_and_whence", condition=~Q(name="") & ~Q(source="")
            ),
            models.CheckConstraint(
                name="comparator_is_a_share", condition=Q(percent__gte=0, percent__lte=100)
            ),
            models.CheckConstraint(
                name="comparator_withdrawn_at_by_and_because_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
            ),
        ]

    class Privacy:
        plain = (
            "name",
            "measure",
            "year",
            "percent",
            "source",
            "recorded_at",
            "withdrawn_at",
            "withdrawn_because",
        )

    def __str__(self) -> str:
        return f"{self.name}, year to 31 March {self.year}: {self.percent}%"
