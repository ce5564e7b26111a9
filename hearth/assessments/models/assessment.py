"""An assessment of a family: what was asked, what was found of them all, and how it ended."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import (
    CancelledUntilAuthorised,
    SignedOffByAnother,
    Task,
    cancelled_constraint,
    signed_off_constraints,
)
from hearth.people.models import Person
from hearth.records.models import CaseNote
from hearth.workforce.models import Team


class AssessmentKind(models.TextChoices):
    """Which of the three the framework in force calls for."""

    INITIAL = "initial", "Initial assessment"
    CORE = "core", "Core assessment"
    SINGLE = "single", "Single assessment"

    @property
    def step_key(self) -> str:
        """The step that this kind of assessment completes."""
        return f"assessments.{self.value}"


class State(models.TextChoices):
    """Where an assessment stands, worked out from its dates."""

    IN_PROGRESS = "in_progress", "Being written"
    SUBMITTED = "submitted", "Waiting to be authorised"
    AUTHORISED = "authorised", "Authorised"
    CANCELLED = "cancelled", "Cancelled"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("task__worker", "task__team", "task__done_by")

    def open(self) -> Self:
        """Neither authorised nor cancelled."""
        return self.filter(authorised_on=None, cancelled_on=None)

    def authorised(self) -> Self:
        """Agreed by a manager."""
        return self.filter(authorised_on__isnull=False)

    def of_child(self, child: Person) -> Self:
        """With a part for this child, the newest first."""
        return self.filter(children__child=child).order_by("-started_on", "-pk")

    def for_list(self) -> Self:
        """With all that a line of a list shows."""
        return self.select_related("task", "task__worker", "task__team").prefetch_related(
            "children__child"
        )

    def in_team(self, team: Team) -> Self:
        """Worked on in this team."""
        return self.filter(task__team=team)


@recorded
class Assessment(SignedOffByAnother, CancelledUntilAuthorised):
    """An assessment made once for the children of a family, with a part for each.

    One brought in from a return has no task and no words: its dates, outcomes and factors alone.
    """

    about = ArrayField(models.BigIntegerField())
    kind = models.CharField(max_length=8, choices=AssessmentKind.choices)
    # The edition of the guidance its time limit comes from: the one in force on the trigger's day.
    framework = models.CharField(max_length=30, default="", blank=True)
    trigger_on = models.DateField()
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="assessment"
    )
    started_on = models.DateField()
    # The manager's internal review: the day planned, then the day it was held (CIN census).
    internal_review_on = models.DateField(null=True, blank=True)
    # The plan of the assessment.
    people_to_see = models.TextField(default="", blank=True)
    agencies_to_ask = models.TextField(default="", blank=True)
    questions = models.TextField(default="", blank=True)
    # What was found of the family as a whole.
    parenting_capacity = models.TextField(default="", blank=True)
    family_environment = models.TextField(default="", blank=True)
    # How the history in the record was taken into account. The history itself is never retyped.
    history_considered = models.TextField(default="", blank=True)
    family_analysis = models.TextField(default="", blank=True)

    objects: ClassVar[AssessmentQuerySet] = AssessmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["started_on"],
                name="assessment_open",
                condition=Q(authorised_on=None, cancelled_on=None),
            )
        ]
        constraints = [
            *signed_off_constraints("assessment"),
            cancelled_constraint("assessment"),
            models.CheckConstraint(
                name="assessment_starts_on_or_after_its_trigger",
                condition=Q(started_on__gte=F("trigger_on")),
                violation_error_message="An assessment cannot start before what led to it",
            ),
            models.CheckConstraint(
                name="assessment_authorised_after_it_starts",
                condition=Q(authorised_on=None) | Q(authorised_on__gte=F("started_on")),
                violation_error_message="An assessment cannot be authorised before it starts",
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "kind",
            "framework",
            "trigger_on",
            "started_on",
            "internal_review_on",
            "submitted_on",
            "authorised_on",
            "cancelled_on",
            "recorded_at",
        )
        sensitive = (
            "cancelled_reason",
            "people_to_see",
            "agencies_to_ask",
            "questions",
            "parenting_capacity",
            "family_environment",
            "history_considered",
            "family_analysis",
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.cancelled_on is not None:
            return State.CANCELLED
        if self.authorised_on is not None:
            return State.AUTHORISED
        return State.SUBMITTED if self.submitted_on is not None else State.IN_PROGRESS

    @property
    def due_on(self) -> date | None:
        """The day it is to be finished by, as its task has it."""
        return self.task.due_on if self.task else None


@recorded
class SectionSave(models.Model):
    """One worker's saving of one section, of one child's part or of all: who wrote what, and when.

    An unqualified worker may contribute to an assessment, signed, and never own one.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="saves")
    about = ArrayField(models.BigIntegerField())
    section = models.CharField(max_length=20)
    child = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["SectionSave"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["assessment", "-recorded_at"], name="section_save_latest")]

    class Privacy:
        plain = ("about", "section", "recorded_at")

    def __str__(self) -> str:
        return f"{self.section} of {self.assessment_id}"


@recorded
class ReviewPoint(models.Model):
    """A manager's look at an assessment while it is being made. Their words are a case note."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="review_points"
    )
    about = ArrayField(models.BigIntegerField())
    held_on = models.DateField()
    note = models.OneToOneField(CaseNote, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["ReviewPoint"]] = models.Manager()

    class Meta:
        ordering = ["held_on", "pk"]

    class Privacy:
        plain = ("about", "held_on", "recorded_at")

    def __str__(self) -> str:
        return f"Review on {self.held_on:%-d %B %Y}"


@recorded
class Addendum(models.Model):
    """Something added to an authorised assessment, dated. The assessment itself never changes."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="addenda")
    about = ArrayField(models.BigIntegerField())
    text = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["Addendum"]] = models.Manager()

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name_plural = "addenda"
        constraints = [
            models.CheckConstraint(name="addendum_says_something", condition=~Q(text=""))
        ]

    class Privacy:
        plain = ("about", "recorded_at")
        sensitive = ("text",)

    def __str__(self) -> str:
        return f"Addendum to {self.assessment_id}"


@recorded
class HandOver(models.Model):
    """How a manager passed on what an assessment decided, to whoever does it next."""

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="hand_over")
    about = ArrayField(models.BigIntegerField())
    handed_on = models.DateField()
    handed_to = models.CharField(max_length=250)
    note = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["HandOver"]] = models.Manager()

    class Privacy:
        plain = ("about", "handed_on", "recorded_at")
        personal = ("handed_to",)
        sensitive = ("note",)

    def __str__(self) -> str:
        return f"Handed over to {self.handed_to}"
