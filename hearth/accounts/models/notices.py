"""What Hearth tells a worker on their desk."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models.users import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, narrowed in the ways the service asks for them."""

    def visible_to(self, worker: User) -> Self:
        """Those to this worker, and about nobody they may not know of."""
        return self.filter(to=worker)

    def unread(self) -> Self:
        """Not yet answered."""
        return self.filter(read_at=None)


@recorded
class Notice(models.Model):
    """One thing a worker is told, with the page it leads to. It waits until they have read it.

    Row-level security hides it from everybody but the two workers, and from them too while it is
    about somebody they may not know of.
    """

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    text = models.CharField(max_length=500)
    # The address it leads to, and the record it tells of as `app.Model:id`.
    page = models.CharField(max_length=300, default="", blank=True)
    subject = models.CharField(max_length=100, default="", blank=True)
    about = ArrayField(models.BigIntegerField(), default=list, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(
                fields=["to", "-recorded_at"],
                name="notice_unread",
                condition=Q(read_at=None),
            ),
            models.Index(fields=["to", "-recorded_at"], name="notice_of_worker"),
        ]

    class Privacy:
        plain = ("page", "subject", "about", "recorded_at", "read_at")
        sensitive = ("text",)

    def __str__(self) -> str:
        return self.text
