"""Workers who sign in, and the trail of what they looked at and did."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from hearth.accounts.roles import Role


class UserQuerySet(models.QuerySet["User"]):
    """Workers, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: "User") -> Self:
        """Everybody who works here may be found by everybody who works here."""
        return self.exclude(roles__contains=[Role.SYSTEM])

    def holding(self, *roles: str) -> Self:
        """Holding any of these roles and still able to sign in."""
        return self.filter(roles__overlap=list(roles), is_active=True)


class Users(UserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """The manager Django's sign-in asks for, with our narrowings."""


class User(AbstractUser):
    """A worker who can sign in."""

    roles = ArrayField(models.CharField(max_length=30, choices=Role), default=list, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[Users] = Users()

    class Privacy:
        plain = ("roles", "is_staff", "is_superuser", "is_active", "date_joined", "last_login")
        personal = ("username", "first_name", "last_name", "email")
        sensitive = ("password",)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def has_role(self, *roles: str) -> bool:
        """Whether this worker holds any of these roles."""
        return not set(roles).isdisjoint(self.roles)

    @property
    def role_names(self) -> str:
        """This worker's roles in words, for the header of a page."""
        return ", ".join(Role(role).label for role in self.roles)


class TrailEvent(models.Model):
    """One thing a worker looked at, did, or was refused. Never changed or deleted.

    It holds plain values, not keys, so that it outlives what it describes; and no words from the
    record, so that reading it tells nothing about a child beyond that somebody looked.
    """

    at = models.DateTimeField(db_default=Now())
    # The writing transaction. Seals cover whole transactions, so that none can arrive late.
    transaction = models.BigIntegerField()
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    what = models.CharField(max_length=200)
    subject = models.CharField(max_length=100)
    about = ArrayField(models.BigIntegerField(), default=list)
    reason = models.CharField(max_length=500, default="")

    class Meta:
        indexes = [
            GinIndex(fields=["about"], name="trail_about"),
            models.Index(fields=["by_id", "-at"], name="trail_by"),
            models.Index(fields=["transaction", "id"], name="trail_transaction"),
        ]

    class Privacy:
        plain = ("at", "transaction", "by_id", "what", "subject", "about")
        personal = ("by_name",)
        sensitive = ("reason",)

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"


class TrailSeal(models.Model):
    """A link of the chain: the digest of one batch of events and of the link before it.

    It covers the transactions from `from_transaction` up to, not including, `to_transaction`.
    """

    at = models.DateTimeField(db_default=Now())
    from_transaction = models.BigIntegerField(unique=True)
    to_transaction = models.BigIntegerField(unique=True)
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Privacy:
        plain = ("at", "from_transaction", "to_transaction", "events", "digest")

    def __str__(self) -> str:
        return f"{self.events} events sealed as {self.digest[:12]}"
