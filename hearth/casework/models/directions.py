"""What a manager asked to be done for a child, by whom and by when."""

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


class DirectionSource(models.TextChoices):
    """Where a manager gave a direction."""

    ALLOCATION = "allocation", "At allocation"
    SUPERVISION = "supervision", "In supervision"
    OVERSIGHT = "oversight", "In an oversight note"


class DirectionQuerySet(models.QuerySet["Direction"]):
    """Directions, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.all()

    def for_children(self, *children: int) -> Self:
        """About any of these children, by their ids."""
        return self.filter(
            pk__in=DirectionChild.objects.filter(child__in=children).values("direction_id")
        )


@recorded
class Direction(models.Model):
    """One thing a manager directed, with who is to do it. Its date and its doing are its task's."""

    about = ArrayField(models.BigIntegerField())
    text = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    source = models.CharField(max_length=12, choices=DirectionSource.choices)
    given_on = models.DateField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="direction"
    )
    # What was done about it, told by whoever did.
    result = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[DirectionQuerySet] = DirectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(name="direction_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="direction_due_on_or_after_it_was_given",
                condition=Q(due_on__gte=models.F("given_on")),
            ),
        ]

    class Privacy:
        plain = ("about", "source", "due_on", "given_on", "recorded_at")
        sensitive = ("text", "result")

    def __str__(self) -> str:
        return self.text


@recorded
class DirectionChild(models.Model):
    """A child a direction is about, and the episode it belongs to."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direction_parts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="direction_parts"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["DirectionChild"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="direction_about_a_child_once", fields=["direction", "child"]
            )
        ]

    class Privacy:
        plain = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.direction_id} about {self.child_id}"
