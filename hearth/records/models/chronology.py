"""The chronology: each thing that happened, once for each child, drawn from the record itself."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person


class Significance(models.TextChoices):
    """How much an event weighs in a child's story."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class EntryQuerySet(models.QuerySet["ChronologyEntry"]):
    """Chronology entries, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out the entries about anyone the worker may not know of."""
        return self.all()

    def standing(self) -> Self:
        """Not withdrawn with the record they came from."""
        return self.filter(withdrawn_at=None)

    def of_children(self, *children: Person) -> Self:
        """In the stories of these children."""
        return self.filter(child__in=children)

    def of_source(self, source: models.Model) -> Self:
        """Drawn from one record."""
        return self.filter(source_label=source._meta.label, source_id=source.pk)

    def between(self, since: date | None, until: date | None) -> Self:
        """Happened from one day to another, both included."""
        found = self.filter(happened_on__gte=since) if since else self.all()
        return found.filter(happened_on__lte=until) if until else found

    def newest_first(self) -> Self:
        """The latest event first."""
        return self.order_by("-happened_on", "-pk")


@recorded
class ChronologyEntry(models.Model):
    """One thing that happened, in one child's story.

    Siblings' entries for one event share `event` and `text`; `private_text` is this child's alone
    and is shown on no other child's page. `source_label` and `source_id` name the record it is
    drawn from, and `page` is the address name that opens it.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chronology")
    # Everyone the source is about: an entry is hidden when its source is.
    about = ArrayField(models.BigIntegerField())
    event = models.UUIDField(default=uuid.uuid4)
    happened_on = models.DateField()
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    text = models.TextField(default="", blank=True)
    private_text = models.TextField(default="", blank=True)
    significance = models.CharField(max_length=6, choices=Significance.choices)
    source_label = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    page = models.CharField(max_length=60)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=500, default="", blank=True)

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "chronology entries"
        indexes = [
            models.Index(fields=["child", "-happened_on", "-id"], name="chronology_of_child"),
            models.Index(fields=["source_label", "source_id"], name="chronology_of_source"),
        ]
        constraints = [
            models.CheckConstraint(name="chronology_entry_says_what", condition=~Q(title="")),
            models.CheckConstraint(
                name="chronology_significance_is_one_we_know",
                condition=Q(significance__in=Significance.values),
            ),
            models.CheckConstraint(
                name="chronology_withdrawn_at_and_by_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)),
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "event",
            "happened_on",
            "significance",
            "source_label",
            "source_id",
            "page",
            "recorded_at",
            "withdrawn_at",
        )
        sensitive = ("kind", "title", "text", "private_text", "withdrawn_reason")

    def __str__(self) -> str:
        return self.title


@recorded
class SignificanceChange(models.Model):
    """Somebody's judgement that an event weighs more, or less, than it was first given."""

    entry = models.ForeignKey(
        ChronologyEntry, on_delete=models.PROTECT, related_name="significance_changes"
    )
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=6, choices=Significance.choices)
    after = models.CharField(max_length=6, choices=Significance.choices)
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["SignificanceChange"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="significance_changed_with_a_reason", condition=~Q(reason="")
            )
        ]

    class Privacy:
        plain = ("before", "after", "recorded_at")
        sensitive = ("reason",)

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


@recorded
class ImpactNote(models.Model):
    """What an event meant for the child, as somebody saw it then. Added to, never overwritten."""

    entry = models.ForeignKey(ChronologyEntry, on_delete=models.PROTECT, related_name="impacts")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["ImpactNote"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="impact_note_says_something", condition=~Q(text=""))
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("text",)

    def __str__(self) -> str:
        return f"Impact on {self.child_id}"


@recorded
class ChronologyReview(models.Model):
    """That a worker read a child's whole story through, and what it tells taken together."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chronology_reviews")
    text = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["ChronologyReview"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["child", "-recorded_at"], name="review_of_chronology")]
        constraints = [
            models.CheckConstraint(name="chronology_review_says_something", condition=~Q(text=""))
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("text",)

    def __str__(self) -> str:
        return "Chronology read through"
