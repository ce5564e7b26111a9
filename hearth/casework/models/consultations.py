"""A manager's advice, asked for about a child and given on the child's record."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models.tasks import Task
from hearth.people.models import Person


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("child", "asked_by", "asked_of", "answered_by", "task")


@recorded
class Consultation(models.Model):
    """What a worker asked a manager about a child, and what they were advised."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consultations")
    question = models.TextField()
    is_urgent = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # The manager who was asked. Another may answer.
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="consultation"
    )
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[ConsultationQuerySet] = ConsultationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["child", "-recorded_at"], name="consultation_of_child")]
        constraints = [
            models.CheckConstraint(name="consultation_asks_something", condition=~Q(question="")),
            models.CheckConstraint(
                name="consultation_is_asked_and_answered_by_two",
                condition=~Q(asked_of=F("asked_by")) & ~Q(answered_by=F("asked_by")),
                violation_error_message="Nobody answers their own question",
            ),
            models.CheckConstraint(
                name="consultation_answered_at_by_and_what_together",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]

    class Privacy:
        plain = ("is_urgent", "answered_at", "recorded_at")
        sensitive = ("question", "answer")

    def __str__(self) -> str:
        return "A manager's advice"
