"""Workers who sign in, and the roles asked for them."""

from datetime import date
from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from hearth.accounts.history import recorded
from hearth.accounts.roles import Role


class UserQuerySet(models.QuerySet["User"]):
    """Workers, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: "User") -> Self:
        """Everybody who works here may be found by everybody who works here."""
        return self.exclude(roles__contains=[Role.SYSTEM])

    def working(self) -> Self:
        """Everybody who may sign in, by name."""
        return (
            self.filter(is_active=True)
            .exclude(roles__contains=[Role.SYSTEM])
            .order_by("first_name", "last_name", "pk")
        )

    def holding(self, *roles: str) -> Self:
        """Holding any of these roles and still able to sign in."""
        return self.filter(roles__overlap=list(roles), is_active=True)


class Users(UserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """The manager Django's sign-in asks for, with our narrowings."""


# Not `@recorded`: the history keeps neither passwords nor every sign-in.
@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed", row=pghistory.Old),
    exclude=["password", "last_login"],
)
class User(AbstractUser):
    """A worker who can sign in."""

    roles = ArrayField(models.CharField(max_length=30, choices=Role), default=list, blank=True)
    # The first day they may no longer sign in: set when somebody is known to be leaving.
    ends_on = models.DateField(null=True, blank=True)
    # Every session begun before this moment is over.
    signed_out_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[Users] = Users()

    class Privacy:
        plain = (
            "roles",
            "is_staff",
            "is_superuser",
            "is_active",
            "date_joined",
            "last_login",
            "ends_on",
            "signed_out_at",
            "recorded_at",
        )
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

    def may_sign_in(self, *, on: date) -> bool:
        """Whether this account still works on a day."""
        return self.is_active and (self.ends_on is None or on < self.ends_on)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to stand: it changes with the password and the sign-outs."""
        value = f"{self.password}|{self.signed_out_at.isoformat() if self.signed_out_at else ''}"
        salt = "hearth.accounts.session"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    """Requests, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Whoever may open the page may know of every request."""
        return self.all()

    def waiting(self) -> Self:
        """Neither agreed nor refused."""
        return self.filter(decided_at=None)


@recorded
class RoleRequest(models.Model):
    """Roles an administrator asks for themselves: somebody else must agree before they count."""

    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_requests")
    roles = ArrayField(models.CharField(max_length=30, choices=Role))
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed = models.BooleanField(null=True, blank=True)

    objects: ClassVar[RoleRequestQuerySet] = RoleRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_request_decided_by_another",
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("requested_by")) & ~Q(decided_by=F("worker"))),
                violation_error_message="Someone else must agree to these roles",
            ),
            models.CheckConstraint(
                name="role_request_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None, agreed=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, agreed__isnull=False),
            ),
            models.UniqueConstraint(
                name="role_request_waiting_once",
                fields=["worker"],
                condition=Q(decided_at=None),
            ),
        ]

    class Privacy:
        plain = ("roles", "recorded_at", "decided_at", "agreed")
        sensitive = ("reason",)

    def __str__(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)
