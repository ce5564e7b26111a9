"""Tasks: the steps waiting to be done, and those that were; and what was sent for sign-off."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models.episodes import Episode
from hearth.casework.process import STEPS, Step
from hearth.people.models import Person
from hearth.workforce.models import Team


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out tasks about anyone the worker may not know of."""
        return self.select_related("worker", "team")

    def outstanding(self) -> Self:
        """Neither done nor cancelled."""
        return self.filter(done_at=None, cancelled_at=None)

    def awaiting_sign_off(self) -> Self:
        """Done, by a step that asks for sign-off, and not yet signed off."""
        keys = [step.key for step in STEPS.values() if step.signed_off_by]
        return self.filter(
            step_key__in=keys, signed_off_at=None, cancelled_at=None, done_at__isnull=False
        )

    def unsettled(self) -> Self:
        """Outstanding, or awaiting sign-off: what an episode cannot be closed over."""
        keys = [step.key for step in STEPS.values() if step.signed_off_by]
        unsigned = Q(step_key__in=keys, signed_off_at=None, done_at__isnull=False)
        return self.filter(unsigned | Q(done_at=None), cancelled_at=None)

    def of_step(self, step: Step) -> Self:
        """For one step of a process."""
        return self.filter(step_key=step.key)

    def for_child(self, child: Person) -> Self:
        """About this child, alone or with others."""
        return self.filter(pk__in=TaskChild.objects.filter(child=child).values("task_id"))

    def overdue(self, today: date) -> Self:
        """Outstanding after the day they were due."""
        return self.outstanding().filter(due_on__lt=today)


@recorded
class Task(models.Model):
    """One step of a process, waiting for somebody or done, for a child or for several.

    The due date and its reason are worked out once, when the step opens, and again only when the
    fact it was counted from is corrected.
    """

    step_key = models.CharField(max_length=60)
    about = ArrayField(models.BigIntegerField())
    # What the list calls the family: the household's name, or the first child's family name.
    family = models.CharField(max_length=200, default="", blank=True)
    # The record the step is about, in the room that owns the step.
    record_id = models.BigIntegerField(null=True, blank=True)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    opened_at = models.DateTimeField(db_default=Now())
    trigger_on = models.DateField()
    # The moment it is counted from, for a limit in hours; and the timescale it was given, where it
    # is not the step's own.
    trigger_at = models.DateTimeField(null=True, blank=True)
    timescale = models.CharField(max_length=60, default="", blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    # Rule, trigger and authority, in words.
    because = models.CharField(max_length=500, default="", blank=True)
    worked_by = ArrayField(models.BigIntegerField(), default=list, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks_done",
    )
    outcome = models.CharField(max_length=50, default="", blank=True)
    late_reason = models.TextField(default="", blank=True)
    # What the manager who put it on the list wants done, for whoever does it.
    brief = models.TextField(default="", blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks_signed_off",
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_reason = models.CharField(max_length=500, default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["worker", "due_on"],
                name="task_of_worker",
                condition=Q(done_at=None, cancelled_at=None),
            ),
            models.Index(
                fields=["team", "due_on"],
                name="task_of_team",
                condition=Q(done_at=None, cancelled_at=None),
            ),
            models.Index(
                fields=["team", "step_key", "done_at"],
                name="task_to_sign_off",
                condition=Q(signed_off_at=None, cancelled_at=None, done_at__isnull=False),
            ),
            models.Index(fields=["step_key", "record_id"], name="task_of_record"),
            # What waits anywhere in the service, of one step, among all that was ever done.
            models.Index(
                fields=["step_key", "due_on"],
                name="task_waiting_of_step",
                condition=Q(done_at=None, cancelled_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_waits_for_somebody",
                condition=Q(worker__isnull=False)
                | Q(team__isnull=False)
                | Q(done_at__isnull=False)
                | Q(cancelled_at__isnull=False),
                violation_error_message="A task must wait for a worker or a team",
            ),
            models.CheckConstraint(
                name="task_done_on_at_and_by_together",
                condition=Q(done_on=None, done_at=None, done_by=None)
                | Q(done_on__isnull=False, done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="task_signed_off_at_and_by_together",
                condition=Q(signed_off_at=None, signed_off_by=None)
                | Q(
                    signed_off_at__isnull=False,
                    signed_off_by__isnull=False,
                    done_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="task_cancelled_at_and_by_together",
                condition=Q(cancelled_at=None, cancelled_by=None)
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False)
                    & ~Q(cancelled_reason="")
                ),
            ),
            models.CheckConstraint(
                name="task_not_signed_off_by_who_did_it",
                condition=Q(signed_off_by=None)
                | (~Q(signed_off_by=F("done_by")) & ~Q(worked_by__contains=[F("signed_off_by")])),
                violation_error_message="Someone else must sign this off",
            ),
        ]

    class Privacy:
        plain = (
            "step_key",
            "about",
            "record_id",
            "opened_at",
            "trigger_on",
            "trigger_at",
            "timescale",
            "due_on",
            "due_at",
            "worked_by",
            "done_on",
            "done_at",
            "signed_off_at",
            "cancelled_at",
            "recorded_at",
        )
        personal = ("family",)
        sensitive = ("because", "outcome", "late_reason", "brief", "cancelled_reason")

    def __str__(self) -> str:
        return self.step.name

    @property
    def step(self) -> Step:
        """The declaration this task follows."""
        return STEPS[self.step_key]

    @property
    def page(self) -> tuple[str, int] | None:
        """The page where it is done and the id it is given, or None when it has none yet."""
        key = self.pk if self.step.page_by_task else self.record_id
        return (self.step.page, key) if self.step.page and key else None

    @property
    def is_late(self) -> bool:
        """Whether it was done after the day it was due."""
        return bool(self.done_on and self.due_on and self.done_on > self.due_on)


@recorded
class TaskChild(models.Model):
    """A child a task is about, and the episode it belongs to."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="task_parts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="task_parts"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["TaskChild"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="task_about_a_child_once", fields=["task", "child"])
        ]

    class Privacy:
        plain = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.task_id} about {self.child_id}"


@recorded
class Submission(models.Model):
    """Work as it was sent for sign-off, and what was decided: authorised, or returned with why.

    `content` is the record as sent, kept whole, so that what was returned and what was agreed can
    both be read.
    """

    class Decision(models.TextChoices):
        AUTHORISED = "authorised", "Authorised"
        RETURNED = "returned", "Returned"

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="submissions")
    about = ArrayField(models.BigIntegerField())
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    submitted_at = models.DateTimeField(db_default=Now())
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    comments = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["Submission"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="submission_numbered", fields=["task", "number"]),
            models.CheckConstraint(
                name="submission_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("submitted_by")),
                violation_error_message="Someone else must decide this",
            ),
            models.CheckConstraint(
                name="submission_returned_with_comments",
                condition=~Q(decision="returned") | ~Q(comments=""),
                violation_error_message="Say what must change before it is sent again",
            ),
            models.CheckConstraint(
                name="submission_decided_at_by_and_decision_together",
                condition=Q(decided_at=None, decided_by=None, decision="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision="")),
            ),
        ]

    class Privacy:
        plain = ("about", "number", "submitted_at", "decision", "decided_at", "recorded_at")
        sensitive = ("content", "comments")

    def __str__(self) -> str:
        return f"Version {self.number}"
