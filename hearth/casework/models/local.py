"""What this authority has chosen: when it adopted each framework, and its own time limits."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from hearth.accounts.history import recorded
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


def local_rules() -> LocalRules:
    """This authority's choices, as the timescale rules take them."""
    amounts: dict[str, list[tuple[object, int]]] = {}
    for row in LocalTimescale.objects.order_by("since"):
        amounts.setdefault(row.timescale, []).append((row.since, row.amount))
    return LocalRules(
        adopted=dict(FrameworkAdoption.objects.values_list("framework", "adopted_on")),
        amounts=amounts,  # type: ignore[arg-type]
    )
