"""Who may ask by machine, and each question that was asked."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person


class AskerQuerySet(models.QuerySet["Asker"]):
    """Askers, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """About no child."""
        return self.all()

    def on(self, day: date) -> Self:
        """Allowed to ask on this day."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


@recorded
class Asker(models.Model):
    """A hospital, surgery or other health service that may look children up, and its public key.

    We hold no secret of theirs: they sign with a key that only they have.
    """

    name = models.CharField(max_length=200)
    # What they call themselves by in a question.
    key_name = models.SlugField(max_length=60, unique=True)
    # Their Ed25519 public key, in base64.
    public_key = models.CharField(max_length=60)
    contact = models.CharField(max_length=200)
    an_hour = models.PositiveIntegerField(default=60)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[AskerQuerySet] = AskerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="asker_ends_on_or_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            ),
            models.CheckConstraint(name="asker_asks_some", condition=Q(an_hour__gte=1)),
        ]

    class Privacy:
        plain = (
            "name",
            "key_name",
            "public_key",
            "contact",
            "an_hour",
            "started_on",
            "ended_on",
            "recorded_at",
        )

    def __str__(self) -> str:
        return self.name


class Answer(models.TextChoices):
    """What a question was told."""

    NOT_KNOWN = "not_known", "Not known to us"
    KNOWN = "known", "Known, with neither a plan nor being looked after"
    PROTECTION = "protection", "Has a child protection plan"
    LOOKED_AFTER = "looked_after", "Is looked after"
    BOTH = "both", "Has a child protection plan, and is looked after"


@recorded
class LookUp(models.Model):
    """One question about a child, who asked it, and what they were told.

    `child` is none where nobody was found, or where the record is kept from everybody outside. A
    question sent twice, by its own id, is one question and has one answer.
    """

    asker = models.ForeignKey(Asker, on_delete=models.PROTECT, related_name="look_ups")
    child = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="look_ups"
    )
    asked_id = models.UUIDField()
    asked_by = models.CharField(max_length=200)
    setting = models.CharField(max_length=200)
    answer = models.CharField(max_length=12, choices=Answer.choices)
    contact = models.CharField(max_length=60)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["LookUp"]] = models.Manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["asker", "recorded_at"], name="look_up_of_asker"),
            models.Index(fields=["child", "-recorded_at"], name="look_up_of_child"),
        ]
        constraints = [
            models.UniqueConstraint(name="look_up_asked_once", fields=["asker", "asked_id"])
        ]

    class Privacy:
        plain = ("asked_id", "contact", "recorded_at")
        personal = ("asked_by", "setting")
        sensitive = ("answer",)

    def __str__(self) -> str:
        return f"{self.asker} asked"
