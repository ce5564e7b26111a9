"""Cases discussed in supervision: one discussion for a family, with a part for each child."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import Direction
from hearth.people.models import Person
from hearth.records.models import CaseNote
from hearth.supervision.models.sessions import Session


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    """Discussions, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("worker", "supervisor")

    def standing(self) -> Self:
        """Not withdrawn as recorded in error."""
        return self.filter(withdrawn_at=None)

    def of_child(self, child: Person) -> Self:
        """About this child, alone or with others, the latest first, withdrawn ones too."""
        parts = DiscussionChild.objects.filter(child=child).values("discussion_id")
        return self.filter(pk__in=parts).order_by("-discussed_on", "-pk")


@recorded
class Discussion(models.Model):
    """What a worker and their supervisor thought of a family's case, and decided.

    It belongs to the children's records: whoever may read those may read it, whether or not they
    may read the rest of the session.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="discussions")
    about = ArrayField(models.BigIntegerField())
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    discussed_on = models.DateField()
    reflection = models.TextField()
    risks = models.TextField()
    # Said in so many words where nothing was decided.
    no_change = models.TextField(default="", blank=True)
    # The manager's direction as it stands on each child's record.
    note = models.OneToOneField(CaseNote, on_delete=models.PROTECT, related_name="discussion")
    # Taken back as recorded in error, on the wrong case above all. It is kept.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[DiscussionQuerySet] = DiscussionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="discussion_is_about_somebody", condition=Q(about__len__gt=0)
            ),
            models.CheckConstraint(
                name="discussion_thinks_and_weighs", condition=~Q(reflection="") & ~Q(risks="")
            ),
            models.CheckConstraint(
                name="discussion_withdrawn_at_by_and_why_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
            ),
        ]

    class Privacy:
        plain = ("about", "discussed_on", "withdrawn_at", "recorded_at")
        sensitive = ("reflection", "risks", "no_change", "withdrawn_reason")

    def __str__(self) -> str:
        return "Discussed in supervision"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back as recorded in error."""
        return self.withdrawn_at is not None


class DiscussionChildQuerySet(models.QuerySet["DiscussionChild"]):
    """Parts of discussions, narrowed in the ways the service asks for them."""

    def standing(self) -> Self:
        """Of discussions not withdrawn."""
        return self.filter(discussion__withdrawn_at=None)

    def last_days(self, children: Collection[int]) -> dict[int, date]:
        """The last day each of these children was discussed, of those who were, in one query."""
        found = self.standing().filter(child__in=children)
        return dict(found.values_list("child").annotate(Max("discussed_on")))


@recorded
class DiscussionChild(models.Model):
    """One child's part: what their life is like now, in words about them and nobody else."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="parts")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="discussion_parts")
    # As the discussion's own, kept here so that it is found through the child.
    discussed_on = models.DateField()
    life_now = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[DiscussionChildQuerySet] = DiscussionChildQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["child", "-discussed_on"], name="discussion_of_child")]
        constraints = [
            models.UniqueConstraint(
                name="discussion_of_a_child_once", fields=["discussion", "child"]
            ),
            models.CheckConstraint(name="discussion_says_how_life_is", condition=~Q(life_now="")),
        ]

    class Privacy:
        plain = ("discussed_on", "recorded_at")
        sensitive = ("life_now",)

    def __str__(self) -> str:
        return f"{self.discussion_id} about {self.child_id}"


@recorded
class Decision(models.Model):
    """Something decided in a discussion: a direction, with an owner, a date, and a task."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="decisions")
    about = ArrayField(models.BigIntegerField())
    direction = models.OneToOneField(Direction, on_delete=models.PROTECT, related_name="decision")
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()

    class Privacy:
        plain = ("about", "recorded_at")

    def __str__(self) -> str:
        return f"Decision of discussion {self.discussion_id}"
