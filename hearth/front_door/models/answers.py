"""What specialists and workers answered about a contact or a step."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.front_door.models.contacts import Contact


class AdviceQuerySet(models.QuerySet["AdviceRequest"]):
    """Requests for advice, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.all()

    def unanswered(self) -> Self:
        """Asked, and not yet answered."""
        return self.filter(answered_at=None)


@recorded
class AdviceRequest(models.Model):
    """A question put to a specialist (health, housing, domestic abuse, legal) about a contact.

    Both moments are kept, so that whoever decides can see what was known when.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="advice")
    about = ArrayField(models.BigIntegerField(), default=list)
    # By the code set agency_type.
    agency = models.CharField(max_length=30)
    asked_of = models.CharField(max_length=200)
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # The worker who wrote the answer down.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[AdviceQuerySet] = AdviceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="advice_answered_at_and_by_together",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            )
        ]

    class Privacy:
        plain = ("about", "agency", "asked_at", "answered_at", "recorded_at")
        personal = ("asked_of",)
        sensitive = ("question", "answer")

    def __str__(self) -> str:
        return f"Advice asked of {self.asked_of}"


@recorded
class StepNote(models.Model):
    """What a worker wrote when they did a step that has no record of its own.

    A child's worker says what they will do about a contact; a manager says who took up a family
    that was handed over.
    """

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="front_door_note")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="step_notes"
    )
    about = ArrayField(models.BigIntegerField(), default=list)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["StepNote"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="step_note_says_something", condition=~Q(text=""))
        ]

    class Privacy:
        plain = ("about", "written_at", "recorded_at")
        sensitive = ("text",)

    def __str__(self) -> str:
        return f"Written by {self.written_by}"
