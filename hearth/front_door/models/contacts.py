"""What somebody told us about one child, or about a family's children."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.lib.codes import words
from hearth.people.models import Person
from hearth.workforce.models import Team


class ReferrerKind(models.TextChoices):
    """In what capacity somebody told us."""

    PROFESSIONAL = "professional", "Somebody whose work it is: a teacher, nurse, police officer"
    PUBLIC = "public", "A relative, neighbour, the child or another member of the public"
    ANONYMOUS = "anonymous", "Somebody who would not say who they are"


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out contacts about anyone the worker may not know of."""
        return self.all()

    def standing(self) -> Self:
        """Not withdrawn as recorded in error."""
        return self.filter(withdrawn_at=None)

    def undecided(self) -> Self:
        """Standing, and waiting for a manager's decision."""
        return self.standing().filter(first_decision=None)

    def unacknowledged(self) -> Self:
        """Taken out of hours, and not yet acknowledged by the day service."""
        return self.standing().filter(out_of_hours=True, acknowledged_at=None)

    def about_child(self, child: Person) -> Self:
        """About this child, alone or with others."""
        return self.filter(
            pk__in=ContactChild.objects.filter(child=child).values("contact_id")
        ).standing()


@recorded
class Contact(models.Model):
    """One report about one child or several: who told us, how, when, and what they said.

    `received_at` is when it reached us; `recorded_at` is when it was written down here.
    """

    # Made by the form, so that sending it twice makes one contact.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    about = ArrayField(models.BigIntegerField(), default=list)
    # What the queue calls the family before its children are known to us.
    family = models.CharField(max_length=200, default="", blank=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="contacts")
    method = models.CharField(max_length=30)
    referrer_kind = models.CharField(max_length=12, choices=ReferrerKind.choices)
    referrer_name = models.CharField(max_length=200, default="", blank=True)
    # What they are to the child, or their job.
    referrer_role = models.CharField(max_length=200, default="", blank=True)
    referrer_agency = models.CharField(max_length=30, default="", blank=True)
    referrer_organisation = models.CharField(max_length=200, default="", blank=True)
    referrer_phone = models.CharField(max_length=40, default="", blank=True)
    referrer_email = models.CharField(max_length=254, default="", blank=True)
    referrer_address = models.CharField(max_length=300, default="", blank=True)
    source = models.CharField(max_length=2)
    reason = models.TextField()
    # By the code set contact_concern.
    concerns = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    significant_harm = models.BooleanField(default=False)
    domestic_abuse = models.BooleanField(default=False)
    # Ticks on the risk checklist the police and others use for domestic abuse.
    risk_score = models.PositiveSmallIntegerField(null=True, blank=True)
    consent = models.CharField(max_length=20, default="not_asked")
    lawful_basis = models.CharField(max_length=30, default="", blank=True)
    consent_note = models.TextField(default="", blank=True)
    stated_threshold = models.CharField(max_length=2, default="", blank=True)
    out_of_hours = models.BooleanField(default=False)
    # What the out-of-hours worker did at the time.
    action_taken = models.TextField(default="", blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    acknowledgement = models.TextField(default="", blank=True)
    # What is done today to keep the children safe, while the rest is found out.
    safety_now = models.TextField(default="", blank=True)
    screened_at = models.DateTimeField(null=True, blank=True)
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    screening_rationale = models.TextField(default="", blank=True)
    recommended_threshold = models.CharField(max_length=2, default="", blank=True)
    recommended_outcome = models.CharField(max_length=30, default="", blank=True)
    # Set with the first decision and never changed: those without one are the queue.
    first_decision = models.OneToOneField(
        "front_door.ContactDecision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(default="", blank=True)

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["-received_at"], name="contact_received"),
            models.Index(
                fields=["received_at"],
                name="contact_unacknowledged",
                condition=Q(out_of_hours=True, acknowledged_at=None),
            ),
            models.Index(
                fields=["-significant_harm", "received_at", "id"],
                name="contact_undecided",
                condition=Q(first_decision=None, withdrawn_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="contact_gives_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Say what they told you",
            ),
            models.CheckConstraint(
                name="contact_received_before_it_was_recorded",
                condition=Q(received_at__lte=models.F("recorded_at")),
                violation_error_message="A contact cannot be received in the future",
            ),
            models.CheckConstraint(
                name="contact_professional_names_an_agency",
                condition=~Q(referrer_kind="professional")
                | (~Q(referrer_agency="") & ~Q(referrer_name="")),
                violation_error_message="Say who the professional is, and from which agency",
            ),
            models.CheckConstraint(
                name="contact_anonymous_has_no_name",
                condition=~Q(referrer_kind="anonymous")
                | Q(referrer_name="", referrer_phone="", referrer_email="", referrer_address=""),
                violation_error_message="An anonymous referrer has no name or address",
            ),
            models.CheckConstraint(
                name="contact_screened_with_consent_or_a_lawful_basis",
                condition=Q(screened_at=None) | Q(consent="given") | ~Q(lawful_basis=""),
                violation_error_message="Record the family's agreement, or the lawful reason",
            ),
            models.CheckConstraint(
                name="contact_screened_at_and_by_together",
                condition=Q(screened_at=None, screened_by=None)
                | (
                    Q(screened_at__isnull=False, screened_by__isnull=False)
                    & ~Q(screening_rationale="")
                ),
            ),
            models.CheckConstraint(
                name="contact_acknowledged_at_and_by_together",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_withdrawn_at_and_by_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
            ),
            models.CheckConstraint(
                name="contact_acknowledged_by_another",
                condition=Q(acknowledged_by=None) | ~Q(acknowledged_by=models.F("recorded_by")),
                violation_error_message="The day service must acknowledge this, not who took it",
            ),
        ]

    class Privacy:
        plain = (
            "form_key",
            "about",
            "received_at",
            "recorded_at",
            "method",
            "referrer_kind",
            "out_of_hours",
            "acknowledged_at",
            "screened_at",
            "withdrawn_at",
        )
        personal = (
            "family",
            "referrer_name",
            "referrer_role",
            "referrer_agency",
            "referrer_organisation",
            "referrer_phone",
            "referrer_email",
            "referrer_address",
        )
        sensitive = (
            "source",
            "reason",
            "concerns",
            "significant_harm",
            "domestic_abuse",
            "risk_score",
            "consent",
            "lawful_basis",
            "consent_note",
            "stated_threshold",
            "action_taken",
            "acknowledgement",
            "safety_now",
            "screening_rationale",
            "recommended_threshold",
            "recommended_outcome",
            "withdrawn_reason",
        )

    def __str__(self) -> str:
        return f"Contact about {self.family or 'a family'}"

    @property
    def received_on(self) -> date:
        """The day it reached us, in England."""
        return timezone.localtime(self.received_at).date()

    @property
    def from_whom(self) -> str:
        """Who told us, without the name of a member of the public, who may not want it known."""
        if self.referrer_kind == ReferrerKind.ANONYMOUS:
            return "somebody who did not give their name"
        if self.referrer_kind == ReferrerKind.PUBLIC:
            return "a relative, neighbour or other member of the public"
        return self.referrer_organisation or words("agency_type", self.referrer_agency).lower()

    @property
    def referrer(self) -> str:
        """Who told us, in one line."""
        if self.referrer_kind == ReferrerKind.ANONYMOUS:
            return "Anonymous"
        parts = (self.referrer_name, self.referrer_role, self.referrer_organisation)
        return ", ".join(part for part in parts if part) or self.get_referrer_kind_display()


@recorded
class ContactChild(models.Model):
    """One child a contact is about: how old they were, and what was said of them alone."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_parts")
    # In words, as it was then: unborn, 3 weeks, 9 years, not known.
    age = models.CharField(max_length=20, default="", blank=True)
    said = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["ContactChild"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="contact_about_a_child_once",
                fields=["contact", "child"],
                violation_error_message="This child is already on the contact",
            )
        ]

    class Privacy:
        plain = ("recorded_at",)
        personal = ("age",)
        sensitive = ("said",)

    def __str__(self) -> str:
        return f"{self.contact_id} about {self.child_id}"


@recorded
class ReportedChild(models.Model):
    """A child as the referrer described them, before we knew whose record this is.

    Kept as told, whoever it turns out to be. `child` is set once a worker has said which record it
    is, or made one.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="reported")
    child = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reported_as"
    )
    given_names = models.CharField(max_length=200, default="", blank=True)
    family_name = models.CharField(max_length=200, default="", blank=True)
    born_on = models.DateField(null=True, blank=True)
    # Expected, when the child is not yet born.
    is_unborn = models.BooleanField(default=False)
    sex = models.CharField(max_length=1, default="U")
    address = models.CharField(max_length=300, default="", blank=True)
    postcode = models.CharField(max_length=8, default="", blank=True)
    said = models.TextField(default="", blank=True)
    is_new_record = models.BooleanField(default=False)
    matched_at = models.DateTimeField(null=True, blank=True)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["ReportedChild"]] = models.Manager()

    class Meta:
        verbose_name_plural = "reported children"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="reported_child_matched_at_and_by_together",
                condition=Q(child=None, matched_at=None, matched_by=None)
                | Q(child__isnull=False, matched_at__isnull=False, matched_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reported_child_is_called_something",
                condition=~Q(given_names="", family_name=""),
                violation_error_message="Give the child a name, even if only a family name",
            ),
        ]

    class Privacy:
        plain = ("is_new_record", "matched_at", "recorded_at")
        personal = ("given_names", "family_name", "born_on", "address", "postcode", "is_unborn")
        sensitive = ("sex", "said")

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


@recorded
class ThirdContactPrompt(models.Model):
    """A child's third or later contact in twelve months, and what a worker made of the pattern.

    It must be answered before the contact is decided: small worries add up, and nobody who hears
    only the last of them can see it.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="prompts")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_prompts")
    count = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField(db_default=Now())
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["ThirdContactPrompt"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="third_contact_prompted_once", fields=["contact", "child"]
            ),
            models.CheckConstraint(
                name="third_contact_answered_at_and_by_together",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]

    class Privacy:
        plain = ("count", "raised_at", "answered_at", "recorded_at")
        sensitive = ("answer",)

    def __str__(self) -> str:
        return f"Contact number {self.count} in twelve months"
