"""Episodes of need, and what a child is to the service."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models.ranges import no_overlap, period
from hearth.people.models import Person


class EpisodeQuerySet(models.QuerySet["Episode"]):
    """Episodes, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out the episodes of those the worker may not know of."""
        return self.select_related("child")

    def open(self) -> Self:
        """Not closed."""
        return self.filter(ended_on=None)

    def open_on(self, day: date) -> Self:
        """Open on this day."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


@recorded
class Episode(models.Model):
    """A child's time with the service, from referral to closure: the hinge of the record.

    Codes are the CIN census's. A referral with no further action starts and ends on one day.
    `ended_on` is the closure date the census calls CINclosureDate.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="episodes")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    period = period()
    referral_source = models.CharField(max_length=2)
    primary_need = models.CharField(max_length=2, default="", blank=True)
    no_further_action = models.BooleanField(default=False)
    closure_reason = models.CharField(max_length=3, default="", blank=True)
    closure_summary = models.TextField(default="", blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    read_at: ClassVar = ("casework:episode", "pk")

    objects: ClassVar[EpisodeQuerySet] = EpisodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["child", "-started_on"], name="episode_of_child"),
            # Open ones are found among those of all the years by having no end.
            models.Index(fields=["ended_on"], name="episode_ended"),
        ]
        constraints = [
            models.CheckConstraint(
                name="episode_ends_on_or_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message="An episode cannot be closed before its referral",
            ),
            models.CheckConstraint(
                name="episode_closed_with_a_reason",
                condition=Q(no_further_action=True)
                | Q(ended_on=None, closure_reason="")
                | (Q(ended_on__isnull=False) & ~Q(closure_reason="")),
            ),
            no_overlap(
                "episode_one_at_a_time", message="This child already has an open episode then"
            ),
        ]

    class Privacy:
        plain = ("started_on", "ended_on", "period", "no_further_action", "recorded_at")
        sensitive = ("referral_source", "primary_need", "closure_reason", "closure_summary")

    def __str__(self) -> str:
        return f"Episode from {self.started_on:%-d %B %Y}"


class InvolvementKind(models.TextChoices):
    """What a child is to the service. Order is the order of danger."""

    EARLY_HELP = "early_help", "Early help"
    ASSESSMENT = "assessment", "Being assessed"
    CHILD_IN_NEED = "child_in_need", "Child in need"
    PROTECTION = "protection", "Child protection plan"
    LOOKED_AFTER = "looked_after", "Looked after"
    CARE_LEAVER = "care_leaver", "Care leaver"


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    """Involvements, narrowed in the ways the service asks for them."""

    def on(self, day: date) -> Self:
        """Holding on this day."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


@recorded
class Involvement(models.Model):
    """What a child was to the service, from one day up to another. Opened and closed by rooms."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    kind = models.CharField(max_length=20, choices=InvolvementKind.choices)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    period = period()
    recorded_at = models.DateTimeField(db_default=Now())

    read_at: ClassVar = ("casework:episode", "episode_id")

    objects: ClassVar[InvolvementQuerySet] = InvolvementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="involvement_ends_on_or_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            ),
            *(
                no_overlap(
                    f"involvement_one_{kind.value}",
                    condition=Q(kind=kind.value),
                    message=f"{kind.label}: this child is that already on those days",
                )
                for kind in InvolvementKind
            ),
        ]

    class Privacy:
        plain = ("started_on", "ended_on", "period", "recorded_at")
        sensitive = ("kind",)

    def __str__(self) -> str:
        return self.get_kind_display()
