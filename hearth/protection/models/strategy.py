"""A strategy discussion: what each agency knows, and whether enquiries are made."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import Episode, Task
from hearth.people.models import Person
from hearth.plans.models import Meeting
from hearth.protection.models.enquiries import Enquiry


class StrategyDecision(models.TextChoices):
    """What a strategy discussion decides."""

    NO_ENQUIRY = "no_enquiry", "The threshold is not met: no section 47 enquiry"
    POLICE_ALONE = "police_alone", "The police enquire alone"
    SINGLE = "single", "Section 47 enquiry by children's social care alone"
    JOINT = "joint", "Joint section 47 enquiry with the police"


ENQUIRES = (StrategyDecision.SINGLE, StrategyDecision.JOINT)


class StrategyQuerySet(models.QuerySet["StrategyDiscussion"]):
    """Strategy discussions, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("meeting__chair", "enquiry", "task")

    def of_child(self, child: Person) -> Self:
        """With a part for this child, the newest first."""
        return self.filter(children__child=child).order_by("-pk")

    def called(self) -> Self:
        """Neither held nor called off."""
        return self.filter(decided_at=None, meeting__cancelled_at=None)


@recorded
class StrategyDiscussion(models.Model):
    """One discussion, in which at least social care, the police and health take part.

    There may be several in one enquiry: the one that began it is marked, because the conference's
    fifteen working days are counted from it (Working Together 2010 and later).
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="strategy")
    about = ArrayField(models.BigIntegerField())
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="strategy"
    )
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="discussions"
    )
    initiating = models.BooleanField(default=False)
    concern = models.TextField(default="", blank=True)
    decision = models.CharField(
        max_length=12, choices=StrategyDecision.choices, default="", blank=True
    )
    rationale = models.TextField(default="", blank=True)
    # Who sees whom, when, the medical, and how it is recorded.
    enquiry_plan = models.TextField(default="", blank=True)
    legal_advice = models.TextField(default="", blank=True)
    # Why an agency that must take part did not, by the code set strategy_missing_reason and in
    # words; and when it was asked since.
    missing_reason = models.CharField(max_length=20, default="", blank=True)
    missing_agency_reason = models.TextField(default="", blank=True)
    missing_consulted_on = models.DateField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[StrategyQuerySet] = StrategyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="strategy_one_begins_an_enquiry",
                fields=["enquiry"],
                condition=Q(initiating=True),
            ),
            models.CheckConstraint(
                name="strategy_initiating_has_an_enquiry",
                condition=Q(initiating=False) | Q(enquiry__isnull=False),
            ),
            models.CheckConstraint(
                name="strategy_decided_at_by_and_why_together",
                condition=Q(decided_at=None, decided_by=None, decision="")
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(decision="")
                    & ~Q(rationale="")
                ),
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "initiating",
            "missing_consulted_on",
            "next_on",
            "decided_at",
            "recorded_at",
        )
        sensitive = (
            "missing_reason",
            "concern",
            "decision",
            "rationale",
            "enquiry_plan",
            "legal_advice",
            "missing_agency_reason",
        )

    def __str__(self) -> str:
        return "Strategy discussion"


@recorded
class StrategyChild(models.Model):
    """One child of the household: whether they are safe now, and what keeps them so tonight."""

    discussion = models.ForeignKey(
        StrategyDiscussion, on_delete=models.PROTECT, related_name="children"
    )
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="strategy_parts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="strategy_parts"
    )
    safe_now = models.BooleanField(null=True, blank=True)
    safety = models.TextField(default="", blank=True)
    staying_with = models.CharField(max_length=250, default="", blank=True)
    # Whether the enquiry includes this child.
    in_enquiry = models.BooleanField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["StrategyChild"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "strategy children"
        constraints = [
            models.UniqueConstraint(
                name="strategy_about_a_child_once", fields=["discussion", "child"]
            )
        ]

    class Privacy:
        plain = ("recorded_at",)
        personal = ("staying_with",)
        sensitive = ("safe_now", "safety", "in_enquiry")

    def __str__(self) -> str:
        return f"{self.discussion_id} about {self.child_id}"
