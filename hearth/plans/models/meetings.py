"""A meeting of agencies and family about children, with a part for each child."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils import timezone

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models.ranges import OneChild
from hearth.people.models import Person
from hearth.plans.models.plans import Plan


class MeetingKind(models.TextChoices):
    """What a meeting is for."""

    STRATEGY = "strategy", "Strategy discussion"
    INITIAL_CONFERENCE = "initial_conference", "Initial child protection conference"
    PRE_BIRTH_CONFERENCE = "pre_birth_conference", "Pre-birth child protection conference"
    TRANSFER_CONFERENCE = "transfer_conference", "Transfer-in child protection conference"
    REVIEW_CONFERENCE = "review_conference", "Review child protection conference"
    CORE_GROUP = "core_group", "Core group"
    IN_NEED_PLANNING = "in_need_planning", "Child in need planning meeting"
    IN_NEED_REVIEW = "in_need_review", "Child in need review"


CONFERENCES = (
    MeetingKind.INITIAL_CONFERENCE,
    MeetingKind.PRE_BIRTH_CONFERENCE,
    MeetingKind.TRANSFER_CONFERENCE,
    MeetingKind.REVIEW_CONFERENCE,
)


class MeetingState(models.TextChoices):
    """Where a meeting stands, worked out from its dates."""

    CALLED = "called", "To be arranged"
    BOOKED = "booked", "Booked"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class How(models.TextChoices):
    """How a meeting is held."""

    IN_PERSON = "in_person", "In one room"
    MIXED = "mixed", "In one room, with some joining from elsewhere"
    VIDEO = "video", "By video"
    TELEPHONE = "telephone", "By telephone"


class Attendance(models.TextChoices):
    """Whether somebody asked to a meeting took part."""

    IN_PERSON = "in_person", "Came"
    VIDEO = "video", "Joined by video"
    TELEPHONE = "telephone", "Joined by telephone"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Did not come"


class RoomQuerySet(models.QuerySet["MeetingRoom"]):
    """Rooms, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """A room is about nobody: whoever books may see them all."""
        return self.all()

    def open_on(self, day: date) -> Self:
        """Still used on this day."""
        return self.filter(models.Q(closed_on=None) | models.Q(closed_on__gt=day))


@recorded
class MeetingRoom(models.Model):
    """A room where meetings are held."""

    name = models.CharField(max_length=100, unique=True)
    address = models.CharField(max_length=250, default="", blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    step_free = models.BooleanField(default=True)
    closed_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[RoomQuerySet] = RoomQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]

    class Privacy:
        plain = ("name", "address", "seats", "step_free", "closed_on", "recorded_at")

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("chair", "note_taker", "room", "plan")

    def of_child(self, child: Person) -> Self:
        """In which this child has a part, the newest first."""
        return self.filter(pk__in=MeetingChild.objects.filter(child=child).values("meeting_id"))

    def coming(self) -> Self:
        """Neither held nor cancelled."""
        return self.filter(held_at=None, cancelled_at=None)

    def held(self) -> Self:
        """Held, and not cancelled."""
        return self.filter(held_at__isnull=False, cancelled_at=None)


@recorded
class Meeting(models.Model):
    """A meeting, called, booked and held. What it decided is the record of the room above.

    `version` rises with each edit, so that two who keep the record at once see each other's words.
    `quorate` is what the chair found on the day; one that goes ahead without says why.
    """

    about = ArrayField(models.BigIntegerField())
    kind = models.CharField(max_length=20, choices=MeetingKind.choices)
    # The plan it carries on: of a core group, or of a child in need review.
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    how = models.CharField(max_length=10, choices=How.choices, default=How.IN_PERSON)
    planned_from = models.DateTimeField(null=True, blank=True)
    planned_to = models.DateTimeField(null=True, blank=True)
    planned = models.GeneratedField(
        expression=Func(F("planned_from"), F("planned_to"), function="tstzrange"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    room = models.ForeignKey(
        MeetingRoom, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    place = models.CharField(max_length=250, default="", blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)
    quorate = models.BooleanField(null=True, blank=True)
    quorate_reason = models.TextField(default="", blank=True)
    late_reason = models.TextField(default="", blank=True)
    # What was said, as the meeting's own record has it; the rest of the record is drawn from facts.
    minutes = models.TextField(default="", blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_reason = models.TextField(default="", blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["chair", "planned_from"], name="meeting_of_chair"),
            models.Index(fields=["kind", "planned_from"], name="meeting_of_kind"),
        ]
        constraints = [
            models.CheckConstraint(name="meeting_is_about_somebody", condition=Q(about__len__gt=0)),
            models.CheckConstraint(
                name="meeting_planned_from_and_to_together",
                condition=Q(planned_from=None, planned_to=None)
                | Q(planned_to__gt=F("planned_from")),
                violation_error_message="A meeting must end after it starts",
            ),
            models.CheckConstraint(
                name="meeting_without_quorum_says_why",
                condition=Q(quorate=None) | Q(quorate=True) | ~Q(quorate_reason=""),
                violation_error_message="Say why it went ahead, or not, without a quorum",
            ),
            models.CheckConstraint(
                name="meeting_approved_at_and_by_together",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False, held_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_at_by_and_reason_together",
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_reason="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False, held_at=None)
                    & ~Q(cancelled_reason="")
                ),
            ),
            ExclusionConstraint(
                name="meeting_one_at_a_time_in_a_room",
                expressions=[
                    (OneChild(F("room_id"), F("room_id"), Value("[]")), RangeOperators.OVERLAPS),
                    ("planned", RangeOperators.OVERLAPS),
                ],
                condition=Q(
                    room__isnull=False, planned_from__isnull=False, cancelled_at__isnull=True
                ),
                violation_error_message="That room is taken then",
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "kind",
            "how",
            "planned_from",
            "planned_to",
            "planned",
            "held_at",
            "quorate",
            "approved_at",
            "cancelled_at",
            "version",
            "recorded_at",
        )
        personal = ("place",)
        sensitive = ("quorate_reason", "late_reason", "minutes", "cancelled_reason")

    def __str__(self) -> str:
        return MeetingKind(self.kind).label

    @property
    def state(self) -> MeetingState:
        """Where it stands."""
        if self.cancelled_at is not None:
            return MeetingState.CANCELLED
        if self.held_at is not None:
            return MeetingState.HELD
        return MeetingState.CALLED if self.planned_from is None else MeetingState.BOOKED

    @property
    def is_late(self) -> bool:
        """Whether its time has passed with nobody saying it was held."""
        return self.state == MeetingState.BOOKED and bool(
            self.planned_to and self.planned_to < timezone.now()
        )


@recorded
class MeetingChild(models.Model):
    """One child's part of a meeting: how they took part, who spoke for them, and their words."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="meeting_parts")
    # By the code set meeting_participation.
    participation = models.CharField(max_length=20, default="", blank=True)
    views = models.TextField(default="", blank=True)
    views_heard_by = models.CharField(max_length=200, default="", blank=True)
    advocate_offered = models.BooleanField(null=True, blank=True)
    advocate_name = models.CharField(max_length=200, default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["MeetingChild"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="meeting_about_a_child_once", fields=["meeting", "child"])
        ]

    class Privacy:
        plain = ("recorded_at", "advocate_offered")
        personal = ("views_heard_by", "advocate_name")
        sensitive = ("participation", "views")

    def __str__(self) -> str:
        return f"{self.meeting_id} about {self.child_id}"
