"""Referrals: a contact accepted as asking for our service, for one child or several."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import Episode
from hearth.front_door.models.contacts import Contact
from hearth.front_door.models.thresholds import ThresholdDocument
from hearth.people.models import Person
from hearth.workforce.models import Team


class ReferralOutcome(models.TextChoices):
    """What a referral leads to."""

    ASSESS = "assess", "Assess"
    STRATEGY = "strategy_discussion", "Hold a strategy discussion (section 47)"
    OTHER_SERVICE = "other_service", "Give another service of ours"
    EARLY_HELP = "early_help", "Pass to early help"
    NO_ACTION = "no_further_action", "No further action"


# Outcomes after which the child's episode stays open.
KEEPS_THE_EPISODE = (ReferralOutcome.ASSESS, ReferralOutcome.STRATEGY)


class Priority(models.TextChoices):
    """How soon a child must be seen."""

    TODAY = "today", "Today"
    TOMORROW = "next_day", "By the next working day"
    ROUTINE = "routine", "Within the time for the assessment"


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.all()

    def undecided(self) -> Self:
        """Waiting for a manager to say what they lead to."""
        return self.filter(decided_at=None)

    def about_child(self, child: Person) -> Self:
        """About this child, alone or with others."""
        return self.filter(pk__in=ReferralChild.objects.filter(child=child).values("referral_id"))


@recorded
class Referral(models.Model):
    """A family's referral: when and from whom, why, and what a manager decided about it.

    `received_on` is the date the CIN census calls CINreferralDate: time limits run from it.
    """

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    about = ArrayField(models.BigIntegerField(), default=list)
    received_on = models.DateField()
    source = models.CharField(max_length=2)
    reason = models.TextField()
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    family_told = models.BooleanField(null=True, blank=True)
    family_not_told_reason = models.TextField(default="", blank=True)
    outcome = models.CharField(
        max_length=20, choices=ReferralOutcome.choices, default="", blank=True
    )
    threshold_level = models.CharField(max_length=2, default="", blank=True)
    threshold_document = models.ForeignKey(
        ThresholdDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rationale = models.TextField(default="", blank=True)
    direction = models.TextField(default="", blank=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ReferralQuerySet] = ReferralQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["-received_on"], name="referral_received")]
        constraints = [
            models.CheckConstraint(
                name="referral_decided_at_by_and_outcome_together",
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | (
                    Q(
                        decided_at__isnull=False,
                        decided_by__isnull=False,
                        threshold_document__isnull=False,
                    )
                    & ~Q(outcome="")
                    & ~Q(rationale="")
                    & ~Q(threshold_level="")
                ),
            ),
        ]

    class Privacy:
        plain = ("about", "received_on", "decided_at", "recorded_at")
        sensitive = (
            "source",
            "reason",
            "family_told",
            "family_not_told_reason",
            "outcome",
            "threshold_level",
            "rationale",
            "direction",
            "priority",
        )

    def __str__(self) -> str:
        return f"Referral of {self.received_on:%-d %B %Y}"


@recorded
class ReferralChild(models.Model):
    """One child's part of a referral: their need, their episode, and what was decided for them."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referral_parts")
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="referral_part")
    # The last episode before this one, where it began within the twelve months of a re-referral.
    previous = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="re_referrals"
    )
    primary_need = models.CharField(max_length=2, default="", blank=True)
    outcome = models.CharField(
        max_length=20, choices=ReferralOutcome.choices, default="", blank=True
    )
    note = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["ReferralChild"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="referral_of_a_child_once", fields=["referral", "child"])
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("primary_need", "outcome", "note")

    def __str__(self) -> str:
        return f"{self.referral_id} of {self.child_id}"
