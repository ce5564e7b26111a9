"""What a check found for a child, from the day it was found to the day it was put right."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.checks import CHECKS, Check
from hearth.people.models import Person


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those of children the worker may not know of."""
        return self.select_related("child")

    def standing(self) -> Self:
        """Not put right."""
        return self.filter(cleared_at=None)

    def sounding(self, today: date) -> Self:
        """Standing, and not set aside by a manager for the time being."""
        aside = SetAside.objects.filter(alert=OuterRef("pk"), until__gt=today)
        return self.standing().exclude(Exists(aside))

    def for_managers(self, today: date) -> Self:
        """Sounding for so long that managers are told."""
        return self.sounding(today).filter(managers_from__lte=today)


@recorded
class Alert(models.Model):
    """One thing a check found for one child, in one record, and when it was put right.

    `because` and `facts` are what the check last saw. `since` is the first day it was so, and
    `managers_from` the day from which managers see it.
    """

    check_key = models.CharField(max_length=20)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="alerts")
    subject = models.CharField(max_length=100)
    because = models.TextField()
    facts = models.JSONField(default=list)
    since = models.DateField()
    managers_from = models.DateField()
    opened_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_because = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[AlertQuerySet] = AlertQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["child", "check_key"], name="alert_standing", condition=Q(cleared_at=None)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="alert_once_while_it_stands",
                fields=["check_key", "child", "subject"],
                condition=Q(cleared_at=None),
            ),
            models.CheckConstraint(
                name="alert_cleared_at_and_because_together",
                condition=Q(cleared_at=None, cleared_because="")
                | (Q(cleared_at__isnull=False) & ~Q(cleared_because="")),
            ),
        ]

    class Privacy:
        plain = (
            "check_key",
            "subject",
            "since",
            "managers_from",
            "opened_at",
            "cleared_at",
            "recorded_at",
        )
        sensitive = ("because", "facts", "cleared_because")

    def __str__(self) -> str:
        return self.check_declared.title

    @property
    def check_declared(self) -> Check:
        """The check that found it."""
        return CHECKS[self.check_key]


@recorded
class AlertTold(models.Model):
    """Who was told of an alert, and when: whoever looks at it sees who else knows."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="told")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(db_default=Now())
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["AlertTold"]] = models.Manager()

    class Meta:
        ordering = ["told_at", "pk"]
        verbose_name_plural = "alerts told"
        constraints = [models.UniqueConstraint(name="alert_told_once", fields=["alert", "to"])]

    class Privacy:
        plain = ("told_at", "recorded_at")

    def __str__(self) -> str:
        return f"{self.alert_id} to {self.to_id}"


@recorded
class SetAside(models.Model):
    """A worker's reason why an alert is not relevant, and a manager's agreement until a day.

    Nobody agrees to their own reason. On the day it ends the alert sounds again if it still stands.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="set_aside")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Agreed up to this day; None where it was refused or waits.
    until = models.DateField(null=True, blank=True)
    words = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["SetAside"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "alerts set aside"
        constraints = [
            models.UniqueConstraint(
                name="set_aside_asked_once_at_a_time",
                fields=["alert"],
                condition=Q(decided_at=None),
            ),
            models.CheckConstraint(name="set_aside_with_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="set_aside_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                violation_error_message="Someone else must agree to this",
            ),
            models.CheckConstraint(
                name="set_aside_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None, until=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    class Privacy:
        plain = ("asked_at", "decided_at", "until", "recorded_at")
        sensitive = ("reason", "words")

    def __str__(self) -> str:
        return f"{self.alert_id} set aside"
