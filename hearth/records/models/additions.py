"""What is added to a note or a visit after the day it was written: never the note itself."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.people.models import Person
from hearth.records.models.notes import CaseNote
from hearth.records.models.visits import Visit


class AdditionKind(models.TextChoices):
    """What an addition is."""

    ADDENDUM = "addendum", "Added later"
    FEEDBACK = "feedback", "Manager's feedback"


class AdditionQuerySet(models.QuerySet["Addition"]):
    """Additions, narrowed in the ways the service asks for them."""

    def on_page_of(self, child: Person) -> Self:
        """Shared by all, or private to this child: what their page may show."""
        return self.filter(Q(child=None) | Q(child=child)).select_related("recorded_by")


@recorded
class Addition(models.Model):
    """A dated addendum or a manager's feedback, on one note or one visit.

    With a `child` it is private to that child, as their part of the note is.
    """

    note = models.ForeignKey(
        CaseNote, on_delete=models.PROTECT, null=True, blank=True, related_name="additions"
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="additions"
    )
    about = ArrayField(models.BigIntegerField())
    child = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=AdditionKind.choices)
    text = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[AdditionQuerySet] = AdditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["recorded_at", "pk"]
        indexes = [GinIndex(SearchVector("text", config="english"), name="addition_words")]
        constraints = [
            models.CheckConstraint(
                name="addition_is_to_one_thing",
                condition=Q(note__isnull=False, visit=None) | Q(note=None, visit__isnull=False),
            ),
            models.CheckConstraint(name="addition_says_something", condition=~Q(text="")),
        ]

    class Privacy:
        plain = ("about", "kind", "recorded_at")
        sensitive = ("text",)

    def __str__(self) -> str:
        return self.get_kind_display()
