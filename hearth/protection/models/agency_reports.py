"""What an agency writes for a conference, through a link that one browser opens once."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person
from hearth.plans.models import MeetingMember
from hearth.protection.models.conferences import Conference
from hearth.records.models import Document


class AgencyReportQuerySet(models.QuerySet["AgencyReport"]):
    """Agencies' reports, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("conference__meeting", "member", "document", "asked_by")

    def overdue(self, on: date) -> Self:
        """Asked for, not sent, and past the day it was wanted by."""
        return self.filter(sent_at=None, due_on__lt=on)


@recorded
class AgencyReport(models.Model):
    """One agency's report to a conference: asked for, written by them, sent.

    Nobody of ours writes in it. Its words before it is sent are theirs alone: they are kept so that
    nothing is lost, and shown to nobody but the browser that writes them.
    """

    conference = models.ForeignKey(
        Conference, on_delete=models.PROTECT, related_name="agency_reports"
    )
    member = models.OneToOneField(
        MeetingMember, on_delete=models.PROTECT, related_name="agency_report"
    )
    about = ArrayField(models.BigIntegerField())
    due_on = models.DateField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Of the family as a whole.
    family = models.TextField(default="", blank=True)
    chronology = models.TextField(default="", blank=True)
    # What the family must not be told, and why.
    not_for_family = models.TextField(default="", blank=True)
    # Who wrote it, as they say themselves.
    written_by = models.CharField(max_length=200, default="", blank=True)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField(null=True, blank=True)
    # When the family had it, before the conference.
    shared_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[AgencyReportQuerySet] = AgencyReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["due_on"], name="agency_report_awaited", condition=Q(sent_at=None))
        ]
        constraints = [
            models.CheckConstraint(
                name="agency_report_is_about_somebody", condition=Q(about__len__gt=0)
            ),
            models.CheckConstraint(
                name="agency_report_sent_says_who_wrote_it",
                condition=Q(sent_at=None) | ~Q(written_by=""),
            ),
            models.CheckConstraint(
                name="agency_report_shared_when_it_was_sent",
                condition=Q(shared_on=None) | Q(sent_at__isnull=False),
            ),
        ]

    class Privacy:
        plain = ("about", "due_on", "asked_on", "version", "sent_at", "shared_on", "recorded_at")
        personal = ("written_by",)
        sensitive = ("family", "chronology", "not_for_family")

    def __str__(self) -> str:
        return f"Report of {self.member}"


@recorded
class AgencyReportChild(models.Model):
    """What an agency says of one child, theirs alone."""

    report = models.ForeignKey(AgencyReport, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known = models.TextField(default="", blank=True)
    worries = models.TextField(default="", blank=True)
    strengths = models.TextField(default="", blank=True)
    wanted = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["AgencyReportChild"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "agency report children"
        constraints = [
            models.UniqueConstraint(
                name="agency_report_about_a_child_once", fields=["report", "child"]
            )
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("known", "worries", "strengths", "wanted")

    def __str__(self) -> str:
        return f"{self.report_id} about {self.child_id}"


@recorded
class ReportLink(models.Model):
    """The link by which one agency writes its report: made once, opened once, by one browser.

    Only digests are kept, of the link and of what the browser that opened it was given: whoever
    reads this table can open nothing.
    """

    report = models.ForeignKey(AgencyReport, on_delete=models.PROTECT, related_name="links")
    about = ArrayField(models.BigIntegerField())
    digest = models.CharField(max_length=64, unique=True)
    sent_to = models.EmailField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    browser = models.CharField(max_length=64, default="", blank=True)
    # When another took its place.
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["ReportLink"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="report_link_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("recorded_at")),
            ),
            models.CheckConstraint(
                name="report_link_opened_by_one_browser",
                condition=Q(opened_at=None, browser="")
                | (Q(opened_at__isnull=False) & ~Q(browser="")),
            ),
            models.UniqueConstraint(
                name="report_link_one_at_a_time",
                fields=["report"],
                condition=Q(replaced_at=None),
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "digest",
            "recorded_at",
            "expires_at",
            "opened_at",
            "browser",
            "replaced_at",
        )
        personal = ("sent_to",)

    def __str__(self) -> str:
        return f"Link to report {self.report_id}"
