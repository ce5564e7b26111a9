"""What a note and a visit have in common: who wrote it, for whom, and how it is put right."""

import uuid
from datetime import datetime
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from hearth.accounts.models import User

W = TypeVar("W", bound=models.Model)


class WrittenQuerySet(models.QuerySet[W]):
    """Notes and visits, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out what is about anyone the worker may not know of."""
        return self.select_related(*self.model.WRITERS)  # type: ignore[attr-defined]

    def standing(self) -> Self:
        """Not withdrawn as a mistake."""
        return self.filter(withdrawn_at=None)


class Written(models.Model):
    """Something a worker wrote about one child or several, once.

    `uuid` is made where it is written, so that a thing sent twice, or again when the signal comes
    back, is one record. `version` rises with each edit, so that an edit of older words is noticed.
    The author may edit it on the day it was written; afterwards what must be said is added, dated.
    """

    # The workers a page names, found with the record.
    WRITERS: ClassVar[tuple[str, ...]] = ("recorded_by",)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    about = ArrayField(models.BigIntegerField())
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        abstract = True

    class Privacy:
        plain: tuple[str, ...] = (
            "uuid",
            "about",
            "version",
            "recorded_at",
            "read_at",
            "withdrawn_at",
        )
        sensitive: tuple[str, ...] = ("withdrawn_reason",)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back as a mistake."""
        return self.withdrawn_at is not None

    def is_open_at(self, now: datetime) -> bool:
        """Whether its author may still edit it: to the end of the day it was written."""
        return timezone.localdate(self.recorded_at) == timezone.localdate(now)


def written_constraints(table: str) -> list[models.BaseConstraint]:
    """What the database refuses of a note or a visit; `table` makes the names its own."""
    return [
        models.CheckConstraint(name=f"{table}_is_about_somebody", condition=Q(about__len__gt=0)),
        models.CheckConstraint(
            name=f"{table}_read_at_and_by_together",
            condition=Q(read_at=None, read_by=None)
            | Q(read_at__isnull=False, read_by__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{table}_withdrawn_at_and_by_together",
            condition=Q(withdrawn_at=None, withdrawn_by=None)
            | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
        ),
    ]
