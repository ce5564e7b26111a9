"""Who may not know of a record: restrictions, those named on them, own connections."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models.person import Person


class RestrictionKind(models.TextChoices):
    """Why few may know of a record."""

    ADOPTION = "adoption", "Adoption"
    STAFF = "staff", "A colleague, councillor or their family"
    ALLEGATION = "allegation", "An allegation against somebody who works with children"
    WITNESS = "witness", "Witness protection, relocation or risk of being found"
    SEALED = "sealed", "Sealed intelligence"


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    """Restrictions, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Those on records the worker may know of: the database leaves the others out."""
        return self.all()

    def in_force(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_at=None)


@recorded
class Restriction(models.Model):
    """A record kept from all but those named. In force until it is lifted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=12, choices=RestrictionKind.choices)
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_reason = models.TextField(default="", blank=True)

    objects: ClassVar[RestrictionQuerySet] = RestrictionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="restriction_lifted_at_and_by_together",
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="restriction_in_force_once_a_kind",
                fields=["person", "kind"],
                condition=Q(lifted_at=None),
            ),
        ]

    class Privacy:
        plain = ("kind", "recorded_at", "lifted_at")
        sensitive = ("reason", "lifted_reason")

    def __str__(self) -> str:
        return self.get_kind_display()


class AccessKind(models.TextChoices):
    """How somebody comes to be let through a restriction."""

    NAMED = "named", "Named on the restriction"
    BREAK_GLASS = "break_glass", "Opened for a child's safety"


class AccessQuerySet(models.QuerySet["RestrictionAccess"]):
    """Lettings-through, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Those on records the worker may know of."""
        return self.all()

    def open_at(self, moment: datetime) -> Self:
        """Still open."""
        return self.filter(ended_at=None).filter(Q(expires_at=None) | Q(expires_at__gt=moment))

    def named_now(self, person_id: int) -> Self:
        """Those named on a person's record who still are."""
        return self.filter(person=person_id, kind=AccessKind.NAMED, ended_at=None)

    def to_review(self) -> Self:
        """Break-glass openings nobody has looked over yet."""
        return self.filter(kind=AccessKind.BREAK_GLASS, reviewed_at=None)


@recorded
class RestrictionAccess(models.Model):
    """One worker let through to one restricted person: named, or by breaking the glass.

    Breaking the glass opens for 60 minutes, tells the manager, and is reviewed by somebody else.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accesses")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="restricted_accesses"
    )
    kind = models.CharField(max_length=12, choices=AccessKind.choices)
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_note = models.TextField(default="", blank=True)

    objects: ClassVar[AccessQuerySet] = AccessQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "restriction accesses"
        indexes = [models.Index(fields=["worker", "person"], name="access_of_worker")]
        constraints = [
            models.CheckConstraint(
                name="access_by_breaking_the_glass_runs_out",
                condition=~Q(kind=AccessKind.BREAK_GLASS) | Q(expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="access_not_reviewed_by_who_opened_it",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("worker")),
                violation_error_message="Someone else must review this",
            ),
            models.CheckConstraint(
                name="access_reviewed_at_and_by_together",
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
        ]

    class Privacy:
        plain = ("kind", "recorded_at", "expires_at", "ended_at", "reviewed_at")
        sensitive = ("reason", "review_note")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} until {self.expires_at or 'ended'}"


class ConnectionQuerySet(models.QuerySet["DeclaredConnection"]):
    """Declared connections, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """One's own, and for managers everybody's: the database leaves out the others."""
        return self.all()

    def in_force(self) -> Self:
        """Not ended."""
        return self.filter(ended_at=None)


@recorded
class DeclaredConnection(models.Model):
    """A worker's own tie to somebody on record, which keeps that record from them.

    Under row-level security by `worker`, not by person: the worker sees what they declared, which
    tells them nothing they did not say themselves, and managers see everybody's.
    """

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declared_connections"
    )
    # A plain id: the worker who declares the tie can no longer see the person it is to.
    declared_person_id = models.BigIntegerField(db_index=True)
    relationship = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[ConnectionQuerySet] = ConnectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="connection_ended_at_and_by_together",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    class Privacy:
        plain = ("recorded_at", "ended_at", "declared_person_id")
        personal = ("relationship",)

    def __str__(self) -> str:
        return self.relationship
