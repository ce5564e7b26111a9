"""Two records found to be of one person, made one, and made two again."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models.person import Person


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Those between records the worker may know of."""
        return self.all()

    def waiting(self) -> Self:
        """Proposed, and neither agreed nor refused yet."""
        return self.filter(agreed_at=None, refused_at=None)

    def standing(self) -> Self:
        """Agreed and not undone."""
        return self.filter(undone_at=None).exclude(agreed_at=None)

    def of(self, person: Person) -> Self:
        """Those that one person's record had a part in."""
        return self.filter(Q(person=person) | Q(other_person=person))


@recorded
class Merge(models.Model):
    """Two records found to be of one person. Proposed by one worker, agreed by another, undoable.

    `person`'s rows are moved to `other_person`, each listed as a `MergedRow`, so that undoing it is
    exact. Both LA child ids and both histories are kept.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    other_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_in")
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_reason = models.TextField(default="", blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_reason = models.TextField(default="", blank=True)

    objects: ClassVar[MergeQuerySet] = MergeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="merge_agreed_by_another",
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("proposed_by")),
                violation_error_message="Someone else must agree the merge",
            ),
            models.CheckConstraint(
                name="merge_is_of_two_records", condition=~Q(person=F("other_person"))
            ),
            *(
                models.CheckConstraint(
                    name=f"merge_{done}_at_and_by_together",
                    condition=Q(**{f"{done}_at": None, f"{done}_by": None})
                    | Q(**{f"{done}_at__isnull": False, f"{done}_by__isnull": False}),
                )
                for done in ("agreed", "refused", "undone")
            ),
            models.CheckConstraint(
                name="merge_is_not_both_agreed_and_refused",
                condition=Q(agreed_at=None) | Q(refused_at=None),
            ),
            models.UniqueConstraint(
                name="merge_waits_once",
                fields=["person"],
                condition=Q(agreed_at=None, refused_at=None),
                violation_error_message="A merge of this record is waiting already",
            ),
        ]

    class Privacy:
        plain = ("recorded_at", "agreed_at", "refused_at", "undone_at")
        sensitive = ("reason", "refused_reason", "undone_reason")

    def __str__(self) -> str:
        return f"{self.person_id} into {self.other_person_id}"

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.undone_at is not None:
            return "Undone"
        if self.refused_at is not None:
            return "Refused"
        return "Merged" if self.agreed_at is not None else "Waiting for a manager"

    @property
    def colour(self) -> str:
        """The colour its state is shown in."""
        return {"Merged": "green", "Waiting for a manager": "blue"}.get(self.state, "grey")

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has yet to decide it."""
        return self.agreed_at is None and self.refused_at is None

    @property
    def is_standing(self) -> bool:
        """Whether the two records are one now."""
        return self.agreed_at is not None and self.undone_at is None


@recorded
class MergedRow(models.Model):
    """One row that a merge moved, and from which column, so that it can be moved back.

    `was` holds the ids of an `about` that named both people, which cannot be told from the row.
    """

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="rows")
    # The two whose records were merged, so that the row is hidden with them.
    about = ArrayField(models.BigIntegerField(), default=list)
    table = models.CharField(max_length=100)
    row_id = models.BigIntegerField()
    column = models.CharField(max_length=40)
    was = ArrayField(models.BigIntegerField(), default=list, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["MergedRow"]] = models.Manager()

    class Privacy:
        plain = ("about", "table", "row_id", "column", "was", "recorded_at")

    def __str__(self) -> str:
        return f"{self.table}:{self.row_id}"
