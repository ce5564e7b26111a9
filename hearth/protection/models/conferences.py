"""A child protection conference: what it was asked, what it decided for each child, and why."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import Episode, SignedOffByAnother, Task, signed_off_constraints
from hearth.people.models import Person
from hearth.plans.models import Meeting, Plan, PlanChild
from hearth.protection.models.enquiries import Enquiry


class ConferenceDecision(models.TextChoices):
    """What a conference decides for a child."""

    PLAN = "plan", "A child protection plan is needed"
    CONTINUE = "continue", "The child protection plan goes on"
    IN_NEED = "in_need", "No child protection plan: a child in need plan instead"
    NO_PLAN = "no_plan", "No child protection plan, and no further service"


ENDS = (ConferenceDecision.IN_NEED, ConferenceDecision.NO_PLAN)


class ReportState(models.TextChoices):
    """Where the social worker's report stands, worked out from its dates."""

    WRITING = "writing", "Being written"
    SUBMITTED = "submitted", "With a manager"
    AUTHORISED = "authorised", "Authorised"


class ConferenceQuerySet(models.QuerySet["Conference"]):
    """Conferences, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related(
            "meeting__chair",
            "meeting__room",
            "meeting__note_taker",
            "meeting__approved_by",
            "task",
            "plan",
            "requested_by",
            "accepted_by",
            "decided_by",
            "report__task",
        )

    def of_child(self, child: Person) -> Self:
        """With a part for this child, the newest first."""
        return self.filter(children__child=child).order_by("-pk")


@recorded
class Conference(models.Model):
    """An initial, pre-birth, transfer-in or review conference. Who came is its meeting's.

    The chair is independent of the case and its management. One called off, by a manager with the
    reason, is the meeting cancelled.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="conference")
    about = ArrayField(models.BigIntegerField())
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="conferences"
    )
    # The plan it made, or reviewed.
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="conferences"
    )
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="conference"
    )
    requested_on = models.DateField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_reason = models.TextField(default="", blank=True)
    # Who must be there, as whoever asked for it knows the family.
    must_be_asked = models.TextField(default="", blank=True)
    # The day its time limit is counted from: the discussion that began the enquiry, the notice of a
    # family's move here, the day a birth is expected, or the last conference.
    counted_from = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The day it is to be held by.
    target_on = models.DateField(null=True, blank=True)
    # What the conference found for the family as a whole: danger, strengths, and what must change.
    danger = models.TextField(default="", blank=True)
    strengths = models.TextField(default="", blank=True)
    summary = models.TextField(default="", blank=True)
    core_group_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ConferenceQuerySet] = ConferenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            # The few to come among all there have been; and those held, the newest first.
            models.Index(
                fields=["target_on"], name="conference_to_come", condition=Q(decided_at=None)
            ),
            models.Index(
                fields=["-decided_at", "-id"],
                name="conference_decided",
                condition=Q(decided_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="conference_is_about_somebody", condition=Q(about__len__gt=0)
            ),
            models.CheckConstraint(
                name="conference_requested_on_and_by_together",
                condition=Q(requested_on=None, requested_by=None)
                | Q(requested_on__isnull=False, requested_by__isnull=False),
            ),
            models.CheckConstraint(
                name="conference_accepted_on_and_by_together",
                condition=Q(accepted_on=None, accepted_by=None)
                | Q(accepted_on__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="conference_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "requested_on",
            "counted_from",
            "accepted_on",
            "target_on",
            "core_group_on",
            "next_review_on",
            "decided_at",
            "recorded_at",
        )
        sensitive = ("request_reason", "must_be_asked", "danger", "strengths", "summary")

    def __str__(self) -> str:
        return str(self.meeting)


class ConferenceChildQuerySet(models.QuerySet["ConferenceChild"]):
    """Children's parts of conferences, narrowed in the ways the service asks for them."""

    def to_decide(self) -> Self:
        """Of a conference to come: those without a plan, and those whose plan has not ended since.

        A plan ends without a conference at 18, at death, on transfer, or when the child becomes
        looked after: then there is nothing left to decide for this child.
        """
        return self.filter(Q(plan_part=None) | Q(plan_part__ended_on=None))


@recorded
class ConferenceChild(models.Model):
    """One child's part: whether there is significant harm, what is decided, in what category."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conference_parts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="conference_parts"
    )
    # The period of a plan that it started, went on with or ended.
    plan_part = models.ForeignKey(
        PlanChild, on_delete=models.PROTECT, null=True, blank=True, related_name="conference_parts"
    )
    significant_harm = models.BooleanField(null=True, blank=True)
    decision = models.CharField(
        max_length=10, choices=ConferenceDecision.choices, default="", blank=True
    )
    category = models.CharField(max_length=3, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[ConferenceChildQuerySet] = ConferenceChildQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "conference children"
        constraints = [
            models.UniqueConstraint(
                name="conference_about_a_child_once", fields=["conference", "child"]
            ),
            models.CheckConstraint(
                name="conference_plan_stands_under_a_category",
                condition=~Q(decision__in=["plan", "continue"]) | ~Q(category=""),
                violation_error_message="Choose the category of abuse",
            ),
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("significant_harm", "decision", "category", "reason")

    def __str__(self) -> str:
        return f"{self.conference_id} about {self.child_id}"


@recorded
class ConferenceReport(SignedOffByAnother):
    """The social worker's report to a conference: their analysis; every fact is from the record."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="report")
    about = ArrayField(models.BigIntegerField())
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="conference_report"
    )
    danger = models.TextField(default="", blank=True)
    significant_only = models.BooleanField(default=True)
    shared_on = models.DateField(null=True, blank=True)
    not_shared_reason = models.TextField(default="", blank=True)
    version = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[models.Manager["ConferenceReport"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conference_report_is_about_somebody", condition=Q(about__len__gt=0)
            ),
            *signed_off_constraints("conference_report"),
        ]

    class Privacy:
        plain = (
            "about",
            "significant_only",
            "shared_on",
            "submitted_on",
            "authorised_on",
            "version",
            "recorded_at",
        )
        sensitive = ("danger", "not_shared_reason")

    def __str__(self) -> str:
        return "Report to the conference"

    @property
    def state(self) -> ReportState:
        """Where it stands."""
        if self.authorised_on is not None:
            return ReportState.AUTHORISED
        return ReportState.WRITING if self.submitted_on is None else ReportState.SUBMITTED


@recorded
class ConferenceReportChild(models.Model):
    """The social worker's analysis of one child, theirs alone."""

    report = models.ForeignKey(ConferenceReport, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    analysis = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["ConferenceReportChild"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "conference report children"
        constraints = [
            models.UniqueConstraint(
                name="conference_report_about_a_child_once", fields=["report", "child"]
            )
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("analysis",)

    def __str__(self) -> str:
        return f"{self.report_id} about {self.child_id}"
