"""A CIN census built from the record: each build, and who is left out of it and why."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person


class BuildState(models.TextChoices):
    """How far a build has come."""

    WAITING = "waiting", "Waiting to begin"
    RUNNING = "running", "Under way"
    DONE = "done", "Built"
    FAILED = "failed", "Could not be built"


class BuildQuerySet(models.QuerySet["CensusBuild"]):
    """Builds, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """A build names no child: its lines do, and are kept from who may not know of them."""
        return self.all()


@recorded
class CensusBuild(models.Model):
    """One building of a year's census, of the record as it stood at a moment.

    The file holds every child, as the law asks, and is kept apart from the web until somebody
    deletes it. Its digest stays, so that a file can be shown to be the one that was built.
    """

    year = models.PositiveSmallIntegerField()
    # The record as it stood then; and the moment that the file's header gives as its own.
    as_at = models.DateTimeField()
    dated = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BuildState.choices, default=BuildState.WAITING)
    # What stopped it.
    failure = models.CharField(max_length=500, default="", blank=True)
    considered = models.PositiveIntegerField(default=0)
    handled = models.PositiveIntegerField(default=0)
    # How many of each thing met which fate: {"assessments.before": 12}.
    counts = models.JSONField(default=dict)
    stored_as = models.CharField(max_length=64, default="", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="", blank=True)
    # What our own validator found in it.
    errors = models.PositiveIntegerField(null=True, blank=True)
    queries = models.PositiveIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[BuildQuerySet] = BuildQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="build_submitted_on_and_by_together",
                condition=Q(submitted_on=None, submitted_by=None)
                | Q(submitted_on__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="build_submitted_is_not_deleted",
                condition=Q(deleted_at=None, deleted_by=None)
                | Q(deleted_at__isnull=False, deleted_by__isnull=False, submitted_on=None),
                violation_error_message="A return that was submitted is kept",
            ),
        ]

    class Privacy:
        plain = (
            "year",
            "as_at",
            "dated",
            "state",
            "failure",
            "considered",
            "handled",
            "counts",
            "stored_as",
            "size",
            "digest",
            "errors",
            "queries",
            "finished_at",
            "recorded_at",
            "submitted_on",
            "deleted_at",
        )

    def __str__(self) -> str:
        return f"CIN census {self.year}"

    @property
    def percent(self) -> int:
        """How much of the record has been gone through, in a hundred."""
        return 100 * self.handled // self.considered if self.considered else 0

    @property
    def is_over(self) -> bool:
        """Whether it has finished, well or not."""
        return self.state in {BuildState.DONE, BuildState.FAILED}

    @property
    def has_file(self) -> bool:
        """Whether there is a file of it to take out."""
        return self.state == BuildState.DONE and self.deleted_at is None

    @property
    def file_name(self) -> str:
        """What the file is called when it is taken out."""
        return f"cin-census-{self.year}-{self.pk}.xml"


class BuildReason(models.TextChoices):
    """Why a child, or something of theirs, is not in the file as it is on record."""

    NOTHING = "nothing", "Nothing of theirs is in the year"
    MERGED = "merged", "Merged into another record"
    NO_NUMBER = "no_number", "No LA child id"
    NOT_TAKEN = "not_taken", "Something on record that the file cannot take"
    PART_LEFT_OUT = "part_left_out", "In the file, with something left out"
    SAID_OTHERWISE = "said_otherwise", "In the file, with a code put in"


@recorded
class CensusBuildLine(models.Model):
    """One child who is left out of a build, or something that is left out of what is sent."""

    build = models.ForeignKey(CensusBuild, on_delete=models.PROTECT, related_name="lines")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="build_lines")
    # As it was; a record that was merged away keeps its own.
    la_child_id = models.CharField(max_length=20, default="", blank=True)
    reason = models.CharField(max_length=15, choices=BuildReason.choices)
    words = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["CensusBuildLine"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["build", "reason", "id"], name="build_line_of_build")]

    class Privacy:
        plain = ("reason", "recorded_at")
        personal = ("la_child_id",)
        sensitive = ("words",)

    def __str__(self) -> str:
        return f"{self.la_child_id}: {BuildReason(self.reason).label}"
