"""Teams and staff, with their history, and the registrations that let them do qualified work."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User


class TeamKind(models.TextChoices):
    """What a team is for."""

    FRONT_DOOR = "front_door", "Front door and screening"
    OUT_OF_HOURS = "out_of_hours", "Out of hours"
    ASSESSMENT = "assessment", "Assessment"
    FAMILY_SUPPORT = "family_support", "Family support and child protection"
    LOOKED_AFTER = "looked_after", "Looked-after children"
    DISABILITY = "disability", "Disabled children"
    LEAVING_CARE = "leaving_care", "Leaving care"
    INDEPENDENT = "independent", "Independent review and conferences"
    QUALITY = "quality", "Quality, performance and governance"
    OTHER = "other", "Other"


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Every team may be known of by everybody who works here."""
        return self.all()

    def open_on(self, day: date) -> Self:
        """Working on this day."""
        return self.filter(opened_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))


@recorded
class Team(models.Model):
    """A team of the service. `name` is today's; what it was called before is in `TeamName`."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=TeamKind.choices)
    service = models.CharField(max_length=120, default="", blank=True)
    # Cases above this, weighted and for one worker, are too many: a warning, never a bar.
    caseload_limit = models.PositiveSmallIntegerField(default=18)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[TeamQuerySet] = TeamQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="team_closes_after_it_opens",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
            )
        ]

    class Privacy:
        plain = (
            "name",
            "kind",
            "service",
            "caseload_limit",
            "opened_on",
            "closed_on",
            "recorded_at",
        )

    def __str__(self) -> str:
        return self.name


@recorded
class TeamName(models.Model):
    """What a team was called, from one day up to another."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=120)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["TeamName"]] = models.Manager()

    class Privacy:
        plain = ("name", "started_on", "ended_on", "recorded_at")

    def __str__(self) -> str:
        return self.name


@recorded
class TeamPosts(models.Model):
    """How many full-time posts a team is meant to have, from a day: vacancies are what is left."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="posts")
    posts = models.DecimalField(max_digits=5, decimal_places=1)
    started_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["TeamPosts"]] = models.Manager()

    class Meta:
        verbose_name_plural = "team posts"
        constraints = [
            models.UniqueConstraint(name="team_posts_once_a_day", fields=["team", "started_on"])
        ]

    class Privacy:
        plain = ("posts", "started_on", "recorded_at")

    def __str__(self) -> str:
        return f"{self.posts} posts"


class Employment(models.TextChoices):
    """On what footing somebody works here."""

    PERMANENT = "permanent", "Permanent"
    AGENCY = "agency", "Agency"
    FIXED_TERM = "fixed_term", "Fixed term"
    STUDENT = "student", "Student on placement"


class StaffQuerySet(models.QuerySet["Staff"]):
    """Staff, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Every member of staff may be known of by everybody who works here."""
        return self.select_related("user")

    def employed_on(self, day: date) -> Self:
        """Started, and not yet left."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def in_team_on(self, team: Team, day: date) -> Self:
        """In this team on this day."""
        return self.employed_on(day).filter(
            pk__in=TeamMembership.objects.on(day).filter(team=team).values("staff_id")
        )


@recorded
class Staff(models.Model):
    """Somebody employed in the service: who they are at work, from when to when."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff"
    )
    job_title = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, default="", blank=True)
    employment = models.CharField(
        max_length=12, choices=Employment.choices, default=Employment.PERMANENT
    )
    started_on = models.DateField()
    # The first day they no longer work here.
    ended_on = models.DateField(null=True, blank=True)
    # In the assessed and supported year in employment until this day.
    asye_until = models.DateField(null=True, blank=True)
    # The part of a full week they work: their caseload limit is less by as much.
    working_share = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(1))
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[StaffQuerySet] = StaffQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "staff"
        constraints = [
            models.CheckConstraint(
                name="staff_leaves_after_they_start",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            ),
            models.CheckConstraint(
                name="staff_work_some_part_of_a_week",
                condition=Q(working_share__gt=0, working_share__lte=1),
                violation_error_message="Somebody works more than none of a week and at most all",
            ),
        ]

    class Privacy:
        plain = ("job_title", "employment", "started_on", "ended_on", "recorded_at")
        personal = ("phone", "asye_until", "working_share")

    def __str__(self) -> str:
        return str(self.user)

    def is_asye_on(self, day: date) -> bool:
        """Whether this is their assessed and supported year in employment."""
        return self.asye_until is not None and self.asye_until > day


class Body(models.TextChoices):
    """Who registered social workers, in their time."""

    GSCC = "gscc", "General Social Care Council (to July 2012)"
    HCPC = "hcpc", "Health and Care Professions Council (2012 to 2019)"
    SWE = "swe", "Social Work England (since December 2019)"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The register is public, so every registration may be known of."""
        return self.all()


@recorded
class Registration(models.Model):
    """A social worker's registration, from one day up to another."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="registrations")
    body = models.CharField(max_length=5, choices=Body.choices, default=Body.SWE)
    number = models.CharField(max_length=20)
    started_on = models.DateField()
    # The first day it no longer stands.
    expires_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[RegistrationQuerySet] = RegistrationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="registration_expires_after_it_starts",
                condition=Q(expires_on__gt=F("started_on")),
                violation_error_message="The registration must end after it starts",
            )
        ]

    class Privacy:
        plain = ("body", "number", "started_on", "expires_on", "recorded_at")

    def __str__(self) -> str:
        return f"{self.number} to {self.expires_on}"


class MembershipQuerySet(models.QuerySet["TeamMembership"]):
    """Memberships, narrowed in the ways the service asks for them."""

    def on(self, day: date) -> Self:
        """Holding on this day."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


@recorded
class TeamMembership(models.Model):
    """Somebody's time in a team, and whether they manage it."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    manages = models.BooleanField(default=False)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_ends_on_or_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            )
        ]

    class Privacy:
        plain = ("manages", "started_on", "ended_on", "recorded_at")

    def __str__(self) -> str:
        return f"{self.staff} in {self.team}"
