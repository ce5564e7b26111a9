"""The trail of what workers looked at and did, and the chain of seals that guards it."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.utils.timezone import make_aware

from hearth.accounts.models.users import User


class TrailKind(models.TextChoices):
    """What sort of thing an event tells of."""

    LOOK = "look", "Looked"
    DEED = "deed", "Did"
    REFUSAL = "refusal", "Was refused"
    SIGN_IN = "sign_in", "Signing in and out"


class TrailQuerySet(models.QuerySet["TrailEvent"]):
    """Events, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out events about anyone the worker may not know of."""
        return self.all()

    def between(self, first: date | None, last: date | None) -> Self:
        """From one day to another, both included; either may be left open."""
        found = self
        if first is not None:
            found = found.filter(at__gte=make_aware(datetime.combine(first, time.min)))
        if last is not None:
            after = last + timedelta(days=1)
            found = found.filter(at__lt=make_aware(datetime.combine(after, time.min)))
        return found

    def of_person(self, person_id: int) -> Self:
        """About this person, found past the index conditions row-level security forbids."""
        return self.filter(pk__in=RawSQL("SELECT hearth_trail_of(%s)", [person_id]))


class TrailEvent(models.Model):
    """One thing a worker looked at, did, or was refused. Never changed or deleted.

    It holds plain values, not keys, so that it outlives what it describes; and no words from the
    record, so that reading it tells nothing about a child beyond that somebody looked.
    """

    at = models.DateTimeField(db_default=Now())
    # The writing transaction, on the clock of `TrailClock`. Seals cover whole transactions, so that
    # none can arrive late.
    transaction = models.BigIntegerField()
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=TrailKind.choices, default=TrailKind.DEED)
    what = models.CharField(max_length=200)
    subject = models.CharField(max_length=100)
    about = ArrayField(models.BigIntegerField(), default=list)
    reason = models.CharField(max_length=500, default="")

    objects: ClassVar[TrailQuerySet] = TrailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            GinIndex(fields=["about"], name="trail_about"),
            models.Index(fields=["by_id", "-at"], name="trail_by"),
            models.Index(fields=["transaction", "id"], name="trail_transaction"),
            models.Index(
                fields=["kind", "-at"],
                name="trail_rare",
                condition=models.Q(kind__in=[TrailKind.REFUSAL, TrailKind.SIGN_IN]),
            ),
        ]

    class Privacy:
        plain = ("at", "transaction", "by_id", "kind", "what", "subject", "about")
        personal = ("by_name",)
        sensitive = ("reason",)

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"


class TrailSeal(models.Model):
    """A link of the chain: the digest of one batch of events and of the link before it.

    It covers the transactions from `from_transaction` up to, not including, `to_transaction`.
    `marks` holds each event's id and own digest, so that a changed event can be named.
    """

    at = models.DateTimeField(db_default=Now())
    from_transaction = models.BigIntegerField(unique=True)
    to_transaction = models.BigIntegerField(unique=True)
    events = models.PositiveIntegerField()
    marks = models.BinaryField(default=bytes)
    digest = models.CharField(max_length=64)

    class Privacy:
        plain = ("at", "from_transaction", "to_transaction", "events", "marks", "digest")

    def __str__(self) -> str:
        return f"{self.events} events sealed as {self.digest[:12]}"


class TrailClock(models.Model):
    """What to add to the server's transaction numbers, since this database moved to that server.

    A restored backup lands on a server whose numbers start low again; without this its first events
    would seem to be slipped in among those long sealed.
    """

    at = models.DateTimeField(db_default=Now())
    added = models.BigIntegerField()

    class Privacy:
        plain = ("at", "added")

    def __str__(self) -> str:
        return f"{self.added} added"
