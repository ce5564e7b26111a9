"""What a plan asks to be done, by whom, by when and how we will know; and what then came of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person
from hearth.plans.models.meetings import Meeting
from hearth.plans.models.plans import Plan


class ActionState(models.TextChoices):
    """What has become of an action."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    STOPPED = "stopped", "No longer needed"


class ActionQuerySet(models.QuerySet["PlanAction"]):
    """Actions, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("owner_worker", "owner_person", "plan")

    def open(self) -> Self:
        """Still to be done."""
        return self.filter(state=ActionState.OPEN)


@recorded
class PlanAction(models.Model):
    """One thing a plan asks for: never without an owner, a day and how we will know.

    A duty that goes on ("every school day") has a frequency in place of a day. The owner is one of
    our workers, somebody in the family, or whoever is named. `about` is the children it is for.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    about = ArrayField(models.BigIntegerField())
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    # What will be better for the children: the need it answers.
    outcome = models.TextField(default="", blank=True)
    measure = models.TextField()
    owner = models.CharField(max_length=200)
    owner_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    frequency = models.CharField(max_length=200, default="", blank=True)
    set_at = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions_set"
    )
    set_on = models.DateField()
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    ended_words = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ActionQuerySet] = ActionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(name="plan_action_numbered", fields=["plan", "number"]),
            models.CheckConstraint(
                name="plan_action_is_whole",
                condition=~Q(what="")
                & ~Q(owner="")
                & ~Q(measure="")
                & (Q(due_on__isnull=False) | ~Q(frequency="")),
                violation_error_message="An action needs what, who, by when and how we will know",
            ),
            models.CheckConstraint(
                name="plan_action_ended_on_and_words_together",
                condition=Q(state=ActionState.OPEN, ended_on=None, ended_words="")
                | (~Q(state=ActionState.OPEN) & Q(ended_on__isnull=False) & ~Q(ended_words="")),
            ),
        ]

    class Privacy:
        plain = ("about", "number", "due_on", "set_on", "state", "ended_on", "recorded_at")
        personal = ("owner",)
        sensitive = ("what", "outcome", "measure", "frequency", "ended_words")

    def __str__(self) -> str:
        return f"Action {self.number}"


@recorded
class ActionProgress(models.Model):
    """How an action was found to be going, at a meeting or between. By the set action_progress."""

    action = models.ForeignKey(PlanAction, on_delete=models.PROTECT, related_name="progress")
    about = ArrayField(models.BigIntegerField())
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="progress"
    )
    seen_on = models.DateField()
    rating = models.CharField(max_length=12)
    words = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["ActionProgress"]] = models.Manager()

    class Meta:
        ordering = ["seen_on", "pk"]
        verbose_name_plural = "action progress"
        constraints = [
            models.UniqueConstraint(
                name="progress_once_a_meeting",
                fields=["action", "meeting"],
                condition=Q(meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="progress_is_rated_and_told", condition=~Q(rating="") & ~Q(words="")
            ),
        ]

    class Privacy:
        plain = ("about", "seen_on", "recorded_at")
        sensitive = ("rating", "words")

    def __str__(self) -> str:
        return f"{self.rating} on {self.seen_on:%-d %B %Y}"


class ContingencyQuerySet(models.QuerySet["Contingency"]):
    """Contingencies, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("plan")

    def standing(self) -> Self:
        """Not taken out of the plan."""
        return self.filter(ended_on=None)


@recorded
class Contingency(models.Model):
    """What is done if a plan does not keep a child safe: if this, then that, by whom, how soon.

    Lambeth 2012: contingency plans were to be specific, and in proportion to the risk. The chair
    of each conference rates the plan's.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="contingencies")
    about = ArrayField(models.BigIntegerField())
    trigger = models.TextField()
    action = models.TextField()
    owner = models.CharField(max_length=200)
    within = models.CharField(max_length=100)
    # Rated by the chair: by the code set contingency_rating.
    rating = models.CharField(max_length=12, default="", blank=True)
    rating_reason = models.TextField(default="", blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ContingencyQuerySet] = ContingencyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "contingencies"
        constraints = [
            models.CheckConstraint(
                name="contingency_is_whole",
                condition=~Q(trigger="") & ~Q(action="") & ~Q(owner="") & ~Q(within=""),
                violation_error_message="Say if what, then what, by whom and how soon",
            ),
            models.CheckConstraint(
                name="contingency_rated_at_and_by_together",
                condition=Q(rated_at=None, rated_by=None, rating="")
                | (Q(rated_at__isnull=False, rated_by__isnull=False) & ~Q(rating="")),
            ),
        ]

    class Privacy:
        plain = ("about", "rated_at", "ended_on", "recorded_at")
        personal = ("owner",)
        sensitive = ("trigger", "action", "within", "rating", "rating_reason")

    def __str__(self) -> str:
        return f"Contingency of {self.plan_id}"
