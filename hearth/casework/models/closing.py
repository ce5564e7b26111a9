"""A worker's case for closing a family's episodes, until a manager decides."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models.episodes import Episode
from hearth.casework.models.tasks import Task
from hearth.people.models import Person


class ClosingQuerySet(models.QuerySet["Closing"]):
    """Closings, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.all()


@recorded
class Closing(models.Model):
    """What a worker says when they ask for a family's episodes to be closed.

    The children close together, each with a reason and a summary of their own. Who did the work and
    who agreed to close it are its task's.
    """

    about = ArrayField(models.BigIntegerField())
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="closing")
    ended_on = models.DateField()
    told_family = models.TextField()
    told_agencies = models.TextField()
    # The family or an agency does not agree, so that a service manager decides.
    against_advice = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ClosingQuerySet] = ClosingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closing_says_who_was_told",
                condition=~Q(told_family="") & ~Q(told_agencies=""),
            )
        ]

    class Privacy:
        plain = ("about", "ended_on", "recorded_at")
        sensitive = ("told_family", "told_agencies", "against_advice")

    def __str__(self) -> str:
        return f"Closing on {self.ended_on:%-d %B %Y}"


@recorded
class ClosingChild(models.Model):
    """One child's part of a closing: why it closes, what was achieved, and when they were seen."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="closing_parts")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="closing_parts")
    closure_reason = models.CharField(max_length=3)
    summary = models.TextField()
    last_seen_on = models.DateField(null=True, blank=True)
    not_seen_reason = models.TextField(default="", blank=True)
    # Where the only assessment found no factors: why it closes otherwise than after assessment.
    no_factors_reason = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["ClosingChild"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="closing_about_a_child_once", fields=["closing", "child"]),
            models.CheckConstraint(
                name="closing_part_has_reason_and_summary",
                condition=~Q(closure_reason="") & ~Q(summary=""),
            ),
            models.CheckConstraint(
                name="closing_part_says_when_seen_or_why_not",
                condition=Q(last_seen_on__isnull=False) | ~Q(not_seen_reason=""),
            ),
        ]

    class Privacy:
        plain = ("last_seen_on", "recorded_at")
        sensitive = ("closure_reason", "summary", "not_seen_reason", "no_factors_reason")

    def __str__(self) -> str:
        return f"{self.child_id} in {self.closing_id}"
