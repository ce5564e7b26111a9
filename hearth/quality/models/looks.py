"""What every check said of a child when it last looked: also of those that found nothing."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from hearth.people.models import Person


class LastLook(models.Model):
    """What each check saw of a child, and when: "why has it not fired?".

    Worked out from the record, and worked out again: no earlier version is worth keeping.
    """

    child = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="last_look")
    looked_at = models.DateTimeField()
    # By the check's key: what it said of each record it looked at.
    said = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["LastLook"]] = models.Manager()

    class Privacy:
        plain = ("looked_at", "recorded_at")
        sensitive = ("said",)

    def __str__(self) -> str:
        return f"Look at {self.child_id}"
