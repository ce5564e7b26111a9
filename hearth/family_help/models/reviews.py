"""A review of a child in need plan: what was decided, for each child, and why."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person
from hearth.plans.models import Meeting


class ReviewDecision(models.TextChoices):
    """What a review decides for a child."""

    CONTINUE = "continue", "Go on with the plan"
    STRATEGY = "strategy", "Significant harm is suspected: a strategy discussion"
    STEP_DOWN = "step_down", "End the plan: early help goes on"
    CLOSE = "close", "End the plan: no more help is needed"


# The plan ends; a strategy discussion leaves it standing until protection takes its place.
ENDS = (ReviewDecision.STEP_DOWN, ReviewDecision.CLOSE)


class ReviewQuerySet(models.QuerySet["InNeedReview"]):
    """Reviews, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("meeting")


@recorded
class InNeedReview(models.Model):
    """What a review meeting decided. Who came, and how each action goes, is the meeting's."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="review")
    about = ArrayField(models.BigIntegerField())
    decided_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ReviewQuerySet] = ReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        plain = ("about", "decided_on", "recorded_at")

    def __str__(self) -> str:
        return f"Review of {self.decided_on:%-d %B %Y}"


@recorded
class InNeedReviewChild(models.Model):
    """What a review decided for one child, and why."""

    review = models.ForeignKey(InNeedReview, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="in_need_reviews")
    decision = models.CharField(max_length=10, choices=ReviewDecision.choices)
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["InNeedReviewChild"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "in need review children"
        constraints = [
            models.UniqueConstraint(
                name="in_need_review_of_a_child_once", fields=["review", "child"]
            ),
            models.CheckConstraint(
                name="in_need_review_says_why", condition=~Q(decision="") & ~Q(reason="")
            ),
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("decision", "reason")

    def __str__(self) -> str:
        return f"{self.get_decision_display()} for {self.child_id}"
