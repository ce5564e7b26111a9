"""Children the out-of-hours team is asked to keep in mind, and what happened to them at night."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person


class WatchQuerySet(models.QuerySet["NightWatch"]):
    """Watches, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those of anyone the worker may not know of."""
        return self.select_related("child", "asked_by")

    def on(self, day: date) -> Self:
        """Asked for on the night of this day, and not ended."""
        return self.filter(starts_on__lte=day, ends_on__gt=day, ended_at=None)


@recorded
class NightWatch(models.Model):
    """One child whom the day service asks the out-of-hours team to keep in mind, for some nights.

    What is known by day is no use to a child at night unless whoever is called at three knows it.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="night_watches")
    worry = models.TextField()
    # What to do, or what to do if they are called.
    to_do = models.TextField()
    starts_on = models.DateField()
    # The first night it is no longer asked for.
    ends_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Ended before its last night, with why.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_reason = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[WatchQuerySet] = WatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "out-of-hours watch"
        verbose_name_plural = "out-of-hours watches"
        indexes = [models.Index(fields=["child", "-ends_on"], name="night_watch_of_child")]
        constraints = [
            models.CheckConstraint(
                name="night_watch_says_why_and_what", condition=~Q(worry="") & ~Q(to_do="")
            ),
            models.CheckConstraint(
                name="night_watch_lasts_a_night_at_least", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="night_watch_ended_at_by_and_why_together",
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason="")),
            ),
        ]

    class Privacy:
        plain = ("starts_on", "ends_on", "ended_at", "recorded_at")
        sensitive = ("worry", "to_do", "ended_reason")

    def __str__(self) -> str:
        return "Out-of-hours watch"

    def stands_on(self, day: date) -> bool:
        """Whether it is asked for on the night of a day."""
        return self.ended_at is None and self.starts_on <= day < self.ends_on


@recorded
class NightReport(models.Model):
    """What the out-of-hours team saw, heard or did about a child they keep in mind."""

    watch = models.ForeignKey(NightWatch, on_delete=models.PROTECT, related_name="reports")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="night_reports")
    happened_at = models.DateTimeField()
    seen = models.BooleanField()
    text = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["NightReport"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="night_report_says_something", condition=~Q(text=""))
        ]

    class Privacy:
        plain = ("happened_at", "recorded_at")
        sensitive = ("seen", "text")

    def __str__(self) -> str:
        return "What happened in the night"
