"""What was found out in an enquiry: from parents, agencies and doctors; and where a child slept."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import AgencyAsked, ParentHeard
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.protection.models.enquiries import Enquiry

# An examination after sexual abuse is within so many hours of what happened.
MOST_HOURS = 72


@recorded
class EnquiryParent(ParentHeard):
    """A parent or carer in an enquiry: when they were seen and what they say; or why not."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="parents")
    account = models.TextField(default="", blank=True)

    objects: ClassVar[models.Manager["EnquiryParent"]] = models.Manager()

    class Meta(ParentHeard.Meta):
        constraints = [
            models.UniqueConstraint(
                name="enquiry_parent_once_a_person",
                fields=["enquiry", "person"],
                condition=Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="enquiry_parent_names_somebody",
                condition=Q(person__isnull=False) | ~Q(name=""),
            ),
        ]

    class Privacy:
        plain = ("about", "recorded_at")
        personal = ("name", "relationship", "seen_on")
        sensitive = ("account", "not_seen_reason", "not_seen_detail")


class CheckQuerySet(models.QuerySet["EnquiryCheck"]):
    """Agencies asked, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("enquiry__task__worker", "enquiry__co_worker")


class MedicalQuerySet(models.QuerySet["MedicalExamination"]):
    """Medicals, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those of anyone the worker may not know of."""
        return self.select_related("enquiry__task__worker", "enquiry__co_worker", "child")


@recorded
class EnquiryCheck(AgencyAsked):
    """An agency asked in an enquiry, and what it knows. `child` where it is about one alone."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="checks")

    objects: ClassVar[CheckQuerySet] = CheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(AgencyAsked.Meta):
        constraints = [
            models.CheckConstraint(
                name="enquiry_check_answered_on_and_said_together",
                condition=Q(answered_on=None, said="")
                | (Q(answered_on__gte=F("asked_on")) & ~Q(said="")),
                violation_error_message="They cannot have answered before they were asked",
            ),
        ]

    class Privacy:
        plain = ("about", "agency", "asked_on", "answered_on", "recorded_at")
        personal = ("contact",)
        sensitive = ("said", "no_answer")

    def __str__(self) -> str:
        return f"{self.agency_name} asked on {self.asked_on:%-d %B %Y}"


@recorded
class MedicalExamination(models.Model):
    """A child protection medical, or examination after sexual abuse: asked for, and what came."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="medicals")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # By the code set medical_kind.
    kind = models.CharField(max_length=20)
    # When the harm is thought to have happened, or was told: an examination is within 72 hours.
    incident_at = models.DateTimeField(null=True, blank=True)
    requested_at = models.DateTimeField()
    provider = models.CharField(max_length=250, default="", blank=True)
    offered_for = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    findings = models.TextField(default="", blank=True)
    not_done_reason = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[MedicalQuerySet] = MedicalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["requested_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="medical_done_after_it_was_asked_for",
                condition=Q(done_at=None) | Q(done_at__gte=F("requested_at")),
                violation_error_message="It cannot have been done before it was asked for",
            ),
            models.CheckConstraint(
                name="medical_done_or_not",
                condition=Q(done_at=None) | Q(not_done_reason=""),
            ),
        ]

    class Privacy:
        plain = ("kind", "incident_at", "requested_at", "offered_for", "done_at", "recorded_at")
        personal = ("provider",)
        sensitive = ("findings", "not_done_reason")

    def __str__(self) -> str:
        return f"Medical of {self.child_id}"

    @property
    def kind_in_words(self) -> str:
        """What kind of examination it is."""
        return code_set("medical_kind").label(self.kind)

    @property
    def hours(self) -> int | None:
        """Hours from what happened to when it was done, or is offered for."""
        until = self.done_at or self.offered_for
        if until is None or self.incident_at is None:
            return None
        return int((until - self.incident_at).total_seconds() // 3600)

    @property
    def is_beyond_72_hours(self) -> bool:
        """Whether an examination after sexual abuse is, or was, later than it does most good."""
        return self.kind == "sexual_abuse" and (self.hours or 0) > MOST_HOURS


# Whatever wrote the row: a night at home follows a recorded, agreed return home.
HOME_WAS_AGREED = """
    IF NEW.at_home AND NOT EXISTS (
        SELECT FROM protection_returnhome r
        WHERE r.enquiry_id = NEW.enquiry_id AND r.child_id = NEW.child_id
          AND r.happened_at
              < ((NEW.night_of + 1)::timestamp + interval '6 hours') AT TIME ZONE 'Europe/London'
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'A night at home follows a return home that a manager agreed';
    END IF;
    RETURN NEW;
"""


@recorded
class NightPlace(models.Model):
    """Where a child slept on a night of an enquiry, with whom, and who decided that and why."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="nights")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    night_of = models.DateField()
    at_home = models.BooleanField()
    place = models.CharField(max_length=250)
    with_whom = models.CharField(max_length=250)
    decided_by_name = models.CharField(max_length=200)
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["NightPlace"]] = models.Manager()

    class Meta:
        ordering = ["night_of", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="night_at_home_was_agreed",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=HOME_WAS_AGREED,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="night_place_once_a_night", fields=["enquiry", "child", "night_of"]
            ),
            models.CheckConstraint(
                name="night_place_is_whole",
                condition=~Q(place="") & ~Q(with_whom="") & ~Q(decided_by_name="") & ~Q(reason=""),
            ),
        ]

    class Privacy:
        plain = ("night_of", "at_home", "recorded_at")
        personal = ("place", "with_whom", "decided_by_name")
        sensitive = ("reason",)

    def __str__(self) -> str:
        return f"Night of {self.night_of:%-d %B %Y}"
