"""Bringing in a CIN census: each run, and for each child what was loaded, or refused and why."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person


class RunState(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", "Waiting to begin"
    RUNNING = "running", "Under way"
    DONE = "done", "Finished"
    REFUSED = "refused", "Refused"


class RunQuerySet(models.QuerySet["CensusImport"]):
    """Imports, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """An import names no child: its lines do, and are kept from who may not know of them."""
        return self.all()


@recorded
class CensusImport(models.Model):
    """One reading-in of one file."""

    name = models.CharField(max_length=250)
    digest = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    lea = models.CharField(max_length=3, default="", blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    # Why nothing of it could be used.
    refusal = models.CharField(max_length=500, default="", blank=True)
    children = models.PositiveIntegerField(default=0)
    handled = models.PositiveIntegerField(default=0)
    loaded = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[RunQuerySet] = RunQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        plain = (
            "name",
            "digest",
            "year",
            "lea",
            "state",
            "refusal",
            "children",
            "handled",
            "loaded",
            "unchanged",
            "refused",
            "finished_at",
            "recorded_at",
        )

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        """How much of it has been gone through, in a hundred."""
        return 100 * self.handled // self.children if self.children else 0

    @property
    def is_over(self) -> bool:
        """Whether it has finished, well or not."""
        return self.state in {RunState.DONE, RunState.REFUSED}


class LineState(models.TextChoices):
    """What became of one child of the file."""

    LOADED = "loaded", "Put on record"
    CHANGED = "changed", "Added to the record"
    UNCHANGED = "unchanged", "Already on record: nothing changed"
    REFUSED = "refused", "Refused"


@recorded
class CensusImportLine(models.Model):
    """What became of one child of a file, in words, with the line they stand on."""

    run = models.ForeignKey(CensusImport, on_delete=models.PROTECT, related_name="lines")
    child_id_in_file = models.CharField(max_length=60, default="", blank=True)
    child = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="import_lines"
    )
    line = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=LineState.choices)
    words = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["CensusImportLine"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["run", "state", "line"], name="import_line_of_run")]

    class Privacy:
        plain = ("line", "state", "recorded_at")
        personal = ("child_id_in_file",)
        sensitive = ("words",)

    def __str__(self) -> str:
        return f"{self.child_id_in_file}: {LineState(self.state).label}"
