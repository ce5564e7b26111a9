"""What this authority has chosen: when it adopted each framework, and its own time limits."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.timescales import LocalRules


@recorded
class FrameworkAdoption(models.Model):
    """The day this authority took up a framework, where it is not the national day."""

    framework = models.CharField(max_length=30, unique=True)
    adopted_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["FrameworkAdoption"]] = models.Manager()

    class Privacy:
        plain = ("framework", "adopted_on", "recorded_at")

    def __str__(self) -> str:
        return f"{self.framework} from {self.adopted_on}"


@recorded
class LocalTimescale(models.Model):
    """This authority's own amount for a timescale it may choose, from a day."""

    timescale = models.CharField(max_length=60)
    amount = models.PositiveSmallIntegerField()
    since = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["LocalTimescale"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="local_timescale_once_a_day", fields=["timescale", "since"]
            )
        ]

    class Privacy:
        plain = ("timescale", "amount", "since", "recorded_at")

    def __str__(self) -> str:
        return f"{self.timescale}: {self.amount} from {self.since}"


class LocalChangeKind(models.TextChoices):
    """What an authority may choose about its time limits."""

    FRAMEWORK = "framework", "The day a framework was adopted"
    TIMESCALE = "timescale", "A time limit of our own"


class LocalChangeQuerySet(models.QuerySet["LocalChange"]):
    """Proposed changes, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Everybody may know how the service works."""
        return self.all()

    def waiting(self) -> Self:
        """Neither agreed nor refused."""
        return self.filter(agreed_at=None, refused_at=None)


@recorded
class LocalChange(models.Model):
    """A change to what this authority has chosen: proposed by one worker, agreed by another."""

    kind = models.CharField(max_length=10, choices=LocalChangeKind.choices)
    # The framework's or the timescale's key.
    key = models.CharField(max_length=60)
    # The day of adoption, or the day from which the amount holds.
    holds_from = models.DateField()
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_reason = models.TextField(default="", blank=True)

    objects: ClassVar["LocalChangeQuerySet"] = LocalChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="local_change_agreed_by_another",
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("recorded_by")),
                violation_error_message="Someone else must agree this change",
            ),
            models.CheckConstraint(
                name="local_change_agreed_at_and_by_together",
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="local_change_refused_at_and_by_together",
                condition=Q(refused_at=None, refused_by=None)
                | Q(refused_at__isnull=False, refused_by__isnull=False, agreed_at=None),
            ),
            models.CheckConstraint(
                name="local_change_of_a_limit_has_an_amount",
                condition=Q(kind="framework", amount=None)
                | Q(kind="timescale", amount__isnull=False),
            ),
        ]

    class Privacy:
        plain = (
            "kind",
            "key",
            "holds_from",
            "amount",
            "reason",
            "recorded_at",
            "agreed_at",
            "refused_at",
            "refused_reason",
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.key}"


def adopted() -> dict[str, date]:
    """The day from which this authority works to each framework, where it chose one."""
    return dict(FrameworkAdoption.objects.values_list("framework", "adopted_on"))


def local_rules() -> LocalRules:
    """This authority's choices, as the timescale rules take them. One query."""
    no_amount = Value(None, output_field=models.IntegerField())
    chosen: Any = LocalTimescale.objects.values_list("timescale", "since", "amount").union(
        FrameworkAdoption.objects.values_list("framework", "adopted_on", no_amount), all=True
    )
    days: dict[str, date] = {}
    amounts: dict[str, list[tuple[date, int]]] = {}
    for key, since, amount in sorted(chosen, key=lambda choice: choice[1]):
        if amount is None:
            days[key] = since
        else:
            amounts.setdefault(key, []).append((since, amount))
    return LocalRules(adopted=days, amounts=amounts)
