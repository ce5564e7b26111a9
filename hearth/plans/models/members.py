"""Those asked to a meeting: who they are, whether they came, and what they were sent."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.plans.models.meetings import Attendance, Meeting
from hearth.records.models import DocumentVersion

CAME = (Attendance.IN_PERSON, Attendance.VIDEO, Attendance.TELEPHONE)


class MemberQuerySet(models.QuerySet["MeetingMember"]):
    """Members, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("person", "worker", "meeting__plan")

    def came(self) -> Self:
        """Who took part."""
        return self.filter(attendance__in=CAME)


@recorded
class MeetingMember(models.Model):
    """One asked to a meeting: an agency's worker, one of ours, or a member of the family.

    `person` is a member of the family on record, `worker` one of our own; anybody else is named as
    they are known. `agency` is by the code set agency_type, empty for the family.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="members")
    about = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.CharField(max_length=40, default="", blank=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    # A member who must always be sent the record.
    is_key = models.BooleanField(default=True)
    # Their report is wanted before the meeting.
    report_wanted = models.BooleanField(default=False)
    interpreter = models.CharField(max_length=200, default="", blank=True)
    # Why a parent or carer is kept out of all or part of it. The chair decides.
    excluded_reason = models.TextField(default="", blank=True)
    attendance = models.CharField(max_length=10, choices=Attendance.choices, default="", blank=True)
    # One of those who carry the plan on from here, between conferences.
    in_core_group = models.BooleanField(default=False)
    # What they told the meeting, and where they did not agree.
    shared = models.TextField(default="", blank=True)
    dissent = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MemberQuerySet] = MemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="meeting_member_is_named", condition=~Q(name="")),
            models.UniqueConstraint(
                name="meeting_member_once_a_person",
                fields=["meeting", "person"],
                condition=Q(person__isnull=False, removed_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="meeting_member_once_a_worker",
                fields=["meeting", "worker"],
                condition=Q(worker__isnull=False, removed_at__isnull=True),
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "agency",
            "is_key",
            "report_wanted",
            "in_core_group",
            "recorded_at",
            "removed_at",
        )
        personal = ("name", "role", "email", "phone", "interpreter", "attendance")
        sensitive = ("excluded_reason", "shared", "dissent")

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name

    @property
    def agency_name(self) -> str:
        """The kind of agency, in words; empty for the family."""
        return code_set("agency_type").label(self.agency) if self.agency else ""

    @property
    def took_part(self) -> bool:
        """Whether they came, in the room or from elsewhere."""
        return self.attendance in CAME


class Paper(models.TextChoices):
    """What is sent to those who were asked to a meeting."""

    INVITATION = "invitation", "Invitation"
    REPORT = "report", "Social worker's report"
    DECISIONS = "decisions", "Decisions and outline plan"
    RECORD = "record", "Full record"
    MINUTES = "minutes", "Minutes"
    PLAN = "plan", "Plan"


class DistributionQuerySet(models.QuerySet["Distribution"]):
    """Sendings, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("meeting", "member", "sent_by", "withheld_by")

    def standing(self) -> Self:
        """Not come back undelivered."""
        return self.filter(returned_at=None)

    def withheld(self) -> Self:
        """Kept from somebody, now or until they were let have it."""
        kept = self.filter(withheld_by__isnull=False)
        return kept.select_related("member", "withheld_by", "lifted_by")


@recorded
class Distribution(models.Model):
    """One paper sent to one member, with its receipt; or kept from them, and who agreed to that.

    A paper that came back was not sent; one that they were let have after all is kept no longer,
    from `returned_at`, and says who let them and why.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sendings")
    member = models.ForeignKey(MeetingMember, on_delete=models.PROTECT, related_name="sendings")
    about = ArrayField(models.BigIntegerField())
    paper = models.CharField(max_length=12, choices=Paper.choices)
    # By the code set sending_method.
    how = models.CharField(max_length=20, default="", blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The copy that went, as it was then, where Hearth made it.
    kept = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="sendings"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    withheld_reason = models.TextField(default="", blank=True)
    withheld_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_reason = models.TextField(default="", blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[DistributionQuerySet] = DistributionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="distribution_sent_or_withheld",
                condition=Q(
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                    withheld_reason="",
                    withheld_by=None,
                )
                | (
                    Q(sent_at=None, sent_by=None, withheld_by__isnull=False)
                    & ~Q(withheld_reason="")
                ),
            ),
            models.CheckConstraint(
                name="distribution_lifted_by_somebody_with_a_reason",
                condition=Q(lifted_by=None, lifted_reason="")
                | (
                    Q(
                        lifted_by__isnull=False,
                        withheld_by__isnull=False,
                        returned_at__isnull=False,
                    )
                    & ~Q(lifted_reason="")
                ),
            ),
            models.UniqueConstraint(
                name="distribution_one_paper_once",
                fields=["member", "paper"],
                condition=Q(returned_at=None),
            ),
        ]

    class Privacy:
        plain = ("about", "paper", "how", "sent_at", "received_at", "returned_at", "recorded_at")
        sensitive = ("withheld_reason", "lifted_reason")

    def __str__(self) -> str:
        return f"{Paper(self.paper).label} to {self.member_id}"
