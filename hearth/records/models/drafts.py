"""Drafts: what somebody has typed and not yet sent, kept whether or not it is valid."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.models import User
from hearth.people.models import Person

SHARED = "shared."


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts, narrowed in the ways the service asks for them."""

    def visible_to(self, worker: User) -> Self:
        """The worker's own: what others are typing is theirs until they send it."""
        return self.filter(worker=worker)

    def unfinished(self) -> Self:
        """Neither sent nor thrown away."""
        return self.filter(sent_at=None, discarded_at=None)

    def under(self, key: str, worker: User) -> Self:
        """Every draft this worker's form could clash with: their own, or all when it is shared."""
        found = self.filter(key=key)
        return found if key.startswith(SHARED) else found.filter(worker=worker)

    def about_child(self, child: Person) -> Self:
        """About this child, alone or with others."""
        return self.filter(about__contains=[child.pk])


class Draft(models.Model):
    """The answers one worker has typed into one form so far.

    A key that begins with `shared.` names one record that several workers may be writing: each has
    their own row, and the rows count their versions together, so that nobody overwrites anybody
    unseen. Versions of a key only ever rise, also after it was sent, so that a window left open
    cannot be taken for a newer one.

    Its earlier versions are not kept, unlike those of records: it is saved every few seconds.
    """

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts"
    )
    key = models.CharField(max_length=120)
    about = ArrayField(models.BigIntegerField(), default=list, blank=True)
    version = models.PositiveIntegerField()
    # {field name: [answers]}, as they stand in the browser.
    fields = models.JSONField(default=dict)
    # The page it is typed on, to go back to.
    address = models.CharField(max_length=500, default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["key", "-version"], name="draft_key"),
            models.Index(
                fields=["-updated_at"],
                name="draft_unfinished",
                condition=Q(sent_at=None, discarded_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="draft_one_unfinished_a_worker",
                fields=["worker", "key"],
                condition=Q(sent_at=None, discarded_at=None),
            ),
            models.CheckConstraint(
                name="draft_not_both_sent_and_discarded",
                condition=Q(sent_at=None) | Q(discarded_at=None),
            ),
        ]

    class Privacy:
        plain = (
            "key",
            "about",
            "version",
            "address",
            "recorded_at",
            "updated_at",
            "sent_at",
            "discarded_at",
        )
        sensitive = ("fields",)

    def __str__(self) -> str:
        return f"{self.key} version {self.version}"
