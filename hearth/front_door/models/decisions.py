"""What a manager decided about a contact, and what the referrer was told."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.front_door.models.contacts import Contact
from hearth.front_door.models.thresholds import ThresholdDocument
from hearth.people.models import Person


class ContactOutcome(models.TextChoices):
    """What was decided, by the code set contact_outcome."""

    REFERRAL = "referral", "Accept as a referral"
    STRATEGY = "strategy_discussion", "Hold a strategy discussion (section 47)"
    ALLOCATED = "allocated_worker", "Pass to the allocated worker"
    EARLY_HELP = "early_help", "Pass to early help"
    SIGNPOSTING = "signposting", "Point to another service"
    INFORMATION = "information", "Give information or advice"
    OTHER_AUTHORITY = "other_authority", "Pass to another authority"
    NO_ACTION = "no_further_action", "No further action"


# Outcomes that open a referral, and with it each child's episode.
OPENS_A_REFERRAL = (ContactOutcome.REFERRAL, ContactOutcome.STRATEGY)


class ReportQuality(models.TextChoices):
    """How good a professional's report was, so that agencies can be told."""

    GOOD = "good", "Clear and complete"
    ENOUGH = "enough", "Enough to decide on"
    POOR = "poor", "Too little to decide on without asking again"


class ContactDecisionQuerySet(models.QuerySet["ContactDecision"]):
    """Decisions, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.all()

    def standing(self) -> Self:
        """Not replaced by a later decision about the same contact."""
        return self.filter(superseded_by=None)


@recorded
class ContactDecision(models.Model):
    """One decision about a contact, for all its children, with exceptions in the parts.

    Made by a registered manager who neither recorded nor screened the contact. A change of mind is
    a new decision that supersedes this one; both are kept.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="decisions")
    about = ArrayField(models.BigIntegerField(), default=list)
    outcome = models.CharField(max_length=30, choices=ContactOutcome.choices)
    threshold_level = models.CharField(max_length=2)
    threshold_document = models.ForeignKey(
        ThresholdDocument, on_delete=models.PROTECT, related_name="+"
    )
    rationale = models.TextField()
    safety_now = models.TextField(default="", blank=True)
    # Advice given to the referrer or family, and services they were pointed to.
    advice_given = models.TextField(default="", blank=True)
    report_quality = models.CharField(
        max_length=6, choices=ReportQuality.choices, default="", blank=True
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Copied from the contact, so that the database can keep the two apart.
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[ContactDecisionQuerySet] = ContactDecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_decision_gives_a_rationale",
                condition=~Q(rationale="") & ~Q(threshold_level=""),
                violation_error_message="Give the level of need and your reasons",
            ),
            models.CheckConstraint(
                name="contact_not_decided_by_who_screened_it",
                condition=~Q(decided_by=F("screened_by")),
                violation_error_message="Someone else must decide: you screened this contact",
            ),
            models.UniqueConstraint(
                name="contact_decided_first_once",
                fields=["contact"],
                condition=Q(supersedes=None),
                violation_error_message="Someone has already decided this contact",
            ),
        ]
        triggers = [
            # A contact that was decided never stays in the queue, whatever wrote the decision.
            pgtrigger.Trigger(
                name="contact_knows_it_was_decided",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM front_door_contact
                        WHERE id = NEW.contact_id AND first_decision_id IS NULL
                    ) THEN
                        RAISE EXCEPTION 'contact % was decided, and does not say so', NEW.contact_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    class Privacy:
        plain = ("about", "decided_at", "report_quality", "recorded_at")
        sensitive = ("outcome", "threshold_level", "rationale", "safety_now", "advice_given")

    def __str__(self) -> str:
        return self.get_outcome_display()


@recorded
class ContactDecisionChild(models.Model):
    """What was decided for one child: the family's decision, or their own exception."""

    decision = models.ForeignKey(ContactDecision, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_decisions")
    outcome = models.CharField(max_length=30, choices=ContactOutcome.choices)
    threshold_level = models.CharField(max_length=2)
    is_exception = models.BooleanField(default=False)
    # Why this child's is not the family's, where the rationale does not say.
    note = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["ContactDecisionChild"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="contact_decided_for_a_child_once", fields=["decision", "child"]
            )
        ]

    class Privacy:
        plain = ("is_exception", "recorded_at")
        sensitive = ("outcome", "threshold_level", "note")

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} for {self.child_id}"


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Feedback, narrowed in the ways the service asks for it."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out what concerns anyone the worker may not know of."""
        return self.all()

    def unsent(self) -> Self:
        """Neither sent nor withheld."""
        return self.filter(sent_at=None, withheld_reason="")


@recorded
class Feedback(models.Model):
    """What the referrer is told was decided: drafted from the record, and recorded when sent."""

    class How(models.TextChoices):
        EMAIL = "email", "Secure email"
        LETTER = "letter", "Letter"
        PHONE = "phone", "Telephone"
        IN_PERSON = "in_person", "In person"

    decision = models.OneToOneField(
        ContactDecision, on_delete=models.PROTECT, related_name="feedback"
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="feedback")
    about = ArrayField(models.BigIntegerField(), default=list)
    to_name = models.CharField(max_length=200, default="", blank=True)
    text = models.TextField()
    drafted_at = models.DateTimeField(db_default=Now())
    how = models.CharField(max_length=10, choices=How.choices, default="", blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why the referrer is not told, where telling would put somebody at more risk.
    withheld_reason = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[FeedbackQuerySet] = FeedbackQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(
                name="feedback_sent_at_by_and_how_together",
                condition=Q(sent_at=None, sent_by=None, how="")
                | (Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(how="")),
            )
        ]

    class Privacy:
        plain = ("about", "drafted_at", "how", "sent_at", "recorded_at")
        personal = ("to_name",)
        sensitive = ("text", "withheld_reason")

    def __str__(self) -> str:
        return f"Feedback to {self.to_name or 'the referrer'}"
