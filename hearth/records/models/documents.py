"""Documents: what they are and whom they are about; and each version of the file itself."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.people.models import Person


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out what is about anyone the worker may not know of."""
        return self.all()

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of_child(self, child: Person) -> Self:
        """In which this child has a part."""
        return self.filter(pk__in=DocumentChild.objects.filter(child=child).values("document_id"))


@recorded
class Document(models.Model):
    """A letter, report, picture or recording kept with a child's record, in its versions."""

    about = ArrayField(models.BigIntegerField())
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    # The date on the document itself, where it has one.
    dated_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, default="", blank=True)
    description = models.TextField(default="", blank=True)
    # Not to be shown to the family: a place of refuge, another person's information.
    confidential_from_family = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=500, default="", blank=True)

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            GinIndex(
                SearchVector("title", "description", "source", config="english"),
                name="document_words",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="document_is_about_somebody", condition=Q(about__len__gt=0)
            ),
            models.CheckConstraint(name="document_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="document_withdrawn_at_and_by_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "kind",
            "dated_on",
            "confidential_from_family",
            "recorded_at",
            "withdrawn_at",
        )
        sensitive = ("title", "source", "description", "withdrawn_reason")

    def __str__(self) -> str:
        return self.title

    @property
    def kind_in_words(self) -> str:
        """What kind of document it is, as the register of codes calls it."""
        return code_set("document_kind").label(self.kind)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back as a mistake."""
        return self.withdrawn_at is not None


@recorded
class DocumentChild(models.Model):
    """That a document is about a child: what their page is found by."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="parts")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="document_parts")
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["DocumentChild"]] = models.Manager()

    class Meta:
        verbose_name_plural = "document children"
        constraints = [
            models.UniqueConstraint(
                name="document_about_a_child_once", fields=["document", "child"]
            )
        ]

    class Privacy:
        plain = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.document_id} about {self.child_id}"


class Scan(models.TextChoices):
    """What the virus scanner said of a file."""

    CLEAN = "clean", "Scanned, nothing found"
    NOT_SCANNED = "not_scanned", "Not scanned: no scanner is set up"
    INFECTED = "infected", "Kept back: a virus was found"
    FAILED = "failed", "Kept back: it could not be scanned"


HELD_BACK = (Scan.INFECTED, Scan.FAILED)


class VersionQuerySet(models.QuerySet["DocumentVersion"]):
    """Files, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Of documents the worker may know of: the join leaves out the others."""
        return self.filter(document__pk__isnull=False).select_related("document")


@recorded
class DocumentVersion(models.Model):
    """One file: stored under a random name, outside anything the web server serves.

    `content_type` is what its first bytes say it is, never what the sender claimed.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    about = ArrayField(models.BigIntegerField())
    number = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=64, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=Scan.choices)
    # What the scanner answered, for whoever looks into it.
    scan_answer = models.CharField(max_length=200, default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(name="document_version_numbered", fields=["document", "number"])
        ]

    class Privacy:
        plain = (
            "about",
            "number",
            "stored_as",
            "content_type",
            "size",
            "sha256",
            "scan",
            "scan_answer",
            "recorded_at",
        )
        sensitive = ("file_name",)

    def __str__(self) -> str:
        return f"{self.file_name} version {self.number}"

    @property
    def is_held_back(self) -> bool:
        """Whether nobody may open it, because of what the scanner said."""
        return self.scan in HELD_BACK
