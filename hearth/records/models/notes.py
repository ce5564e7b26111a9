"""Case notes: written once for one child or several, with a part private to each."""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.records.models.chronology import Significance
from hearth.records.models.written import Written, WrittenQuerySet, written_constraints

OVERSIGHT_KINDS = ("management_oversight", "management_decision")


class NoteQuerySet(WrittenQuerySet["CaseNote"]):
    """Case notes, narrowed in the ways the service asks for them."""

    def oversight(self) -> Self:
        """A manager's direction."""
        return self.filter(kind__in=OVERSIGHT_KINDS)


@recorded
class CaseNote(Written):
    """A case note. `headline` alone is enough for routine contact.

    `text` is shared by every child it is about; what is private to one is in their `NoteChild`.
    """

    kind = models.CharField(max_length=30)
    happened_at = models.DateTimeField()
    method = models.CharField(max_length=30, default="", blank=True)
    headline = models.CharField(max_length=200)
    text = models.TextField(default="", blank=True)
    present = models.CharField(max_length=500, default="", blank=True)
    significance = models.CharField(
        max_length=6, choices=Significance.choices, default=Significance.LOW
    )
    # The point in the work at which a manager looked, by the code set oversight_point.
    oversight_point = models.CharField(max_length=20, default="", blank=True)

    objects: ClassVar[NoteQuerySet] = NoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            GinIndex(
                SearchVector("headline", "text", "present", config="english"), name="note_words"
            )
        ]
        constraints = [
            *written_constraints("note"),
            models.CheckConstraint(name="note_says_something", condition=~Q(headline="")),
            models.CheckConstraint(
                name="note_oversight_point_goes_with_oversight",
                condition=Q(oversight_point="") | Q(kind__in=OVERSIGHT_KINDS),
            ),
        ]

    class Privacy:
        plain = (*Written.Privacy.plain, "kind", "happened_at", "method", "significance")
        sensitive = (
            *Written.Privacy.sensitive,
            "headline",
            "text",
            "present",
            "oversight_point",
        )

    def __str__(self) -> str:
        return self.headline

    @property
    def kind_in_words(self) -> str:
        """What kind of note it is, as the register of codes calls it."""
        return code_set("note_kind").label(self.kind)

    @property
    def is_oversight(self) -> bool:
        """Whether it is a manager's direction."""
        return self.kind in OVERSIGHT_KINDS


class NoteChildQuerySet(models.QuerySet["NoteChild"]):
    """Parts of notes, narrowed in the ways the service asks for them."""

    def standing(self) -> Self:
        """Of notes not withdrawn."""
        return self.filter(note__withdrawn_at=None)

    def directions(self, child: Person) -> Self:
        """A manager's directions for this child, the latest first."""
        return (
            self.standing()
            .filter(child=child, note__kind__in=OVERSIGHT_KINDS)
            .select_related("note__recorded_by")
            .order_by("-note__happened_at", "-pk")
        )


@recorded
class NoteChild(models.Model):
    """One child's part of a note: that it is about them, and what is private to them."""

    note = models.ForeignKey(CaseNote, on_delete=models.PROTECT, related_name="parts")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="note_parts")
    text = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[NoteChildQuerySet] = NoteChildQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [GinIndex(SearchVector("text", config="english"), name="note_part_words")]
        constraints = [
            models.UniqueConstraint(name="note_about_a_child_once", fields=["note", "child"])
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("text",)

    def __str__(self) -> str:
        return f"{self.note_id} about {self.child_id}"
