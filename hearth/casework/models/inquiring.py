"""What an assessment and a section 47 enquiry have in common: whom each hears, and its signing off.

Each room keeps tables of its own, made of these.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint
from django.db.models.functions import Now

from hearth.lib.codes import code_set
from hearth.people.models import Person


class SignedOffByAnother(models.Model):
    """Work that one sends for authorising, and another authorises."""

    submitted_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    authorised_on = models.DateField(null=True, blank=True)
    authorised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


def signed_off_constraints(name: str) -> list[BaseConstraint]:
    """The constraints of such work, under its own name: it is authorised by another, once sent."""
    return [
        models.CheckConstraint(
            name=f"{name}_submitted_on_and_by_together",
            condition=Q(submitted_on=None, submitted_by=None)
            | Q(submitted_on__isnull=False, submitted_by__isnull=False),
        ),
        # One brought in from a return says when it was authorised, and not by whom.
        models.CheckConstraint(
            name=f"{name}_authorised_by_another",
            condition=Q(authorised_by=None)
            | (
                Q(authorised_on__isnull=False, submitted_by__isnull=False)
                & ~Q(authorised_by=F("submitted_by"))
            ),
            violation_error_message="Someone else must authorise this",
        ),
    ]


class CancelledUntilAuthorised(models.Model):
    """Work that may be cancelled, with the reason, until it is authorised."""

    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_reason = models.TextField(default="", blank=True)

    class Meta:
        abstract = True


def cancelled_constraint(name: str) -> BaseConstraint:
    """Its constraint, under its own name."""
    return models.CheckConstraint(
        name=f"{name}_cancelled_on_by_and_reason_together",
        condition=Q(cancelled_on=None, cancelled_by=None, cancelled_reason="")
        | (
            Q(cancelled_on__isnull=False, cancelled_by__isnull=False, authorised_on=None)
            & ~Q(cancelled_reason="")
        ),
    )


class ParentHeard(models.Model):
    """A parent or carer: when they were spoken to, or why they were not.

    `person` where they are on record; the name as given where they are not.
    """

    about = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200, default="", blank=True)
    relationship = models.CharField(max_length=200, default="", blank=True)
    seen_on = models.DateField(null=True, blank=True)
    # By the code set parent_not_seen_reason.
    not_seen_reason = models.CharField(max_length=20, default="", blank=True)
    not_seen_detail = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name


class AgencyAsked(models.Model):
    """An agency asked about the children: whom, when, and what they said.

    `child` where the answer is about one of them alone, and is kept from the others' copies.
    """

    about = ArrayField(models.BigIntegerField())
    child = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.CharField(max_length=40)
    contact = models.CharField(max_length=250, default="", blank=True)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    said = models.TextField(default="", blank=True)
    # Why there is no answer, where it was given up on.
    no_answer = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["asked_on", "pk"]

    @property
    def agency_name(self) -> str:
        """The kind of agency, in words."""
        return code_set("agency_type").label(self.agency)
