"""A section 47 enquiry: what was found of a family, with a part and an outcome for each child."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import (
    CancelledUntilAuthorised,
    Episode,
    SignedOffByAnother,
    Task,
    cancelled_constraint,
    signed_off_constraints,
)
from hearth.people.models import Person


class EnquiryState(models.TextChoices):
    """Where an enquiry stands, worked out from its dates."""

    IN_PROGRESS = "in_progress", "Under way"
    SUBMITTED = "submitted", "Waiting to be authorised"
    AUTHORISED = "authorised", "Authorised"
    CANCELLED = "cancelled", "Cancelled"


class EnquiryOutcome(models.TextChoices):
    """What an enquiry finds for a child."""

    NOT_SUBSTANTIATED = "not_substantiated", "Concerns not substantiated"
    NO_CONTINUING_RISK = (
        "no_continuing_risk",
        "Concerns substantiated; the child is not judged to be at continuing risk",
    )
    CONFERENCE = "conference", "Concerns substantiated: hold a child protection conference"
    LEGAL = "legal", "Concerns substantiated: legal planning or an order"


# Substantiated with no conference: a service manager agrees, with the reason.
NEEDS_SENIOR = (EnquiryOutcome.NO_CONTINUING_RISK, EnquiryOutcome.LEGAL)


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Enquiries, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related(
            "task__worker__staff", "task__team", "task__done_by", "co_worker__staff"
        )

    def open(self) -> Self:
        """Neither authorised nor cancelled."""
        return self.filter(authorised_on=None, cancelled_on=None)

    def of_child(self, child: Person) -> Self:
        """With a part for this child, the newest first."""
        return self.filter(children__child=child).order_by("-started_on", "-pk")


@recorded
class Enquiry(SignedOffByAnother, CancelledUntilAuthorised):
    """An enquiry under section 47 of the Children Act 1989, made once for a family.

    Begun by a strategy discussion. One brought in from a return has no task and no words.
    """

    about = ArrayField(models.BigIntegerField())
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiry"
    )
    # Who works on it with the lead worker; the lead is whoever its task waits for.
    co_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # With the police, or by children's social care alone.
    joint = models.BooleanField(null=True, blank=True)
    started_on = models.DateField()
    reason = models.TextField(default="", blank=True)
    plan = models.TextField(default="", blank=True)
    # Of the family as a whole.
    home_seen_on = models.DateField(null=True, blank=True)
    home = models.TextField(default="", blank=True)
    history = models.TextField(default="", blank=True)
    analysis = models.TextField(default="", blank=True)
    family_told_on = models.DateField(null=True, blank=True)
    agencies_told_on = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[EnquiryQuerySet] = EnquiryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "section 47 enquiry"
        verbose_name_plural = "section 47 enquiries"
        indexes = [
            models.Index(
                fields=["started_on"],
                name="enquiry_open",
                condition=Q(authorised_on=None, cancelled_on=None),
            )
        ]
        constraints = [
            *signed_off_constraints("enquiry"),
            cancelled_constraint("enquiry"),
            models.CheckConstraint(name="enquiry_is_about_somebody", condition=Q(about__len__gt=0)),
            models.CheckConstraint(
                name="enquiry_authorised_on_or_after_it_starts",
                condition=Q(authorised_on=None) | Q(authorised_on__gte=F("started_on")),
                violation_error_message="An enquiry cannot be authorised before it starts",
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "joint",
            "started_on",
            "home_seen_on",
            "family_told_on",
            "agencies_told_on",
            "submitted_on",
            "authorised_on",
            "cancelled_on",
            "version",
            "recorded_at",
        )
        sensitive = ("reason", "plan", "home", "history", "analysis", "cancelled_reason")

    def __str__(self) -> str:
        return "Section 47 enquiry"

    @property
    def state(self) -> EnquiryState:
        """Where it stands."""
        if self.cancelled_on is not None:
            return EnquiryState.CANCELLED
        if self.authorised_on is not None:
            return EnquiryState.AUTHORISED
        if self.submitted_on is not None:
            return EnquiryState.SUBMITTED
        return EnquiryState.IN_PROGRESS

    @property
    def due_on(self) -> date | None:
        """The day it is to be finished by, as its task has it."""
        return self.task.due_on if self.task else None


@recorded
class EnquiryChild(models.Model):
    """One child's part: seen and alone, what they said, what was found and what follows.

    `conference_target_on` is the day the conference is to be held by, `no_conference` whether it
    was decided that none is needed: the CIN census takes both.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enquiry_parts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiry_parts"
    )
    # When first seen in the enquiry, and alone; the words of each visit are the visit's.
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_alone_at = models.DateTimeField(null=True, blank=True)
    not_seen_why = models.TextField(default="", blank=True)
    # By the code set seen_alone_reason.
    not_alone_reason = models.CharField(max_length=20, default="", blank=True)
    bedroom_seen = models.BooleanField(null=True, blank=True)
    words = models.TextField(default="", blank=True)
    presentation = models.TextField(default="", blank=True)
    medical_needed = models.BooleanField(null=True, blank=True)
    medical_why_not = models.TextField(default="", blank=True)
    analysis = models.TextField(default="", blank=True)
    outcome = models.CharField(
        max_length=20, choices=EnquiryOutcome.choices, default="", blank=True
    )
    outcome_reason = models.TextField(default="", blank=True)
    # Substantiated with no conference: why, and the service manager who agreed.
    no_conference = models.BooleanField(default=False)
    no_conference_reason = models.TextField(default="", blank=True)
    no_conference_agreed_at = models.DateTimeField(null=True, blank=True)
    no_conference_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    conference_target_on = models.DateField(null=True, blank=True)
    # The day the outcome was authorised, or the enquiry cancelled. One brought in from a return is
    # worked on by nobody here, so it has ended.
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["EnquiryChild"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "enquiry children"
        indexes = [models.Index(fields=["child"], name="enquiry_of_child")]
        constraints = [
            models.UniqueConstraint(name="enquiry_about_a_child_once", fields=["enquiry", "child"]),
            # CIN census, rule 8839.
            models.UniqueConstraint(
                name="enquiry_one_open_for_a_child",
                fields=["child"],
                condition=Q(ended_on=None),
                violation_error_message="This child has an open section 47 enquiry already",
            ),
            models.CheckConstraint(
                name="enquiry_child_seen_alone_was_seen",
                condition=Q(seen_alone_at=None) | Q(seen_at__isnull=False),
                violation_error_message="A child seen alone was seen",
            ),
            models.CheckConstraint(
                name="enquiry_no_conference_agreed_with_a_reason",
                condition=Q(no_conference_agreed_at=None, no_conference_agreed_by=None)
                | (
                    Q(no_conference_agreed_at__isnull=False, no_conference_agreed_by__isnull=False)
                    & ~Q(no_conference_reason="")
                ),
            ),
        ]

    class Privacy:
        plain = (
            "seen_at",
            "seen_alone_at",
            "bedroom_seen",
            "medical_needed",
            "no_conference_agreed_at",
            "conference_target_on",
            "ended_on",
            "recorded_at",
        )
        sensitive = (
            "not_seen_why",
            "not_alone_reason",
            "words",
            "presentation",
            "medical_why_not",
            "analysis",
            "outcome",
            "outcome_reason",
            "no_conference",
            "no_conference_reason",
        )

    def __str__(self) -> str:
        return f"{self.enquiry_id} for {self.child_id}"
