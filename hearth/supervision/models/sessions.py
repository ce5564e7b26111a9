"""Supervision sessions, and the part of each that stays between the two people in it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, Role
from hearth.workforce.models import TeamMembership


class Kind(models.TextChoices):
    """What kind of supervision it is. Only the first two meet the duty to supervise."""

    ONE_TO_ONE = "one_to_one", "One to one"
    ASYE = "asye", "First year (ASYE)"
    GROUP = "group", "Group"
    UNPLANNED = "unplanned", "Unplanned, on a case"


MEETS_THE_DUTY = (Kind.ONE_TO_ONE, Kind.ASYE)


class Absence(models.TextChoices):
    """Why a session was not held."""

    LEAVE = "leave", "The worker was on leave"
    SICK = "sick", "The worker was off sick"
    PARENTAL = "parental", "The worker was on maternity, paternity or adoption leave"
    SUPERVISOR_AWAY = "supervisor_away", "The supervisor was away"
    URGENT_WORK = "urgent_work", "Urgent work with a child came first"
    LEFT = "left", "The worker left"
    OTHER = "other", "Another reason"


# Nobody can be supervised while they are away, so the duty waits for their return.
AWAY = (Absence.LEAVE, Absence.SICK, Absence.PARENTAL)
SEES_EVERYBODYS = (Role.SERVICE_MANAGER, Role.PRINCIPAL_SOCIAL_WORKER, Role.SYSTEM)


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, narrowed in the ways the service asks for them."""

    def visible_to(self, worker: User) -> Self:
        """One's own, and those of one's team; all, to whoever answers for supervision."""
        found = self.select_related("worker", "supervisor")
        if worker.has_role(*SEES_EVERYBODYS):
            return found
        held = TeamMembership.objects.on(timezone.localdate())
        teams = held.filter(staff__user=worker, manages=True).values("team")
        theirs = held.filter(team__in=teams).values("staff__user")
        own = Q(worker=worker) | Q(supervisor=worker)
        managers = [role.value for role in MANAGERS]
        return found.filter(own | (Q(worker__in=theirs) & ~Q(worker__roles__overlap=managers)))

    def of(self, worker: User) -> Self:
        """Supervision of this worker."""
        return self.filter(worker=worker)

    def held(self) -> Self:
        """Held, whether or not it has been recorded."""
        return self.filter(held_on__isnull=False)

    def planned(self) -> Self:
        """Still to be held."""
        return self.filter(held_on=None, not_held="")

    def meeting_the_duty(self) -> Self:
        """Of the kinds that count as a worker's regular supervision."""
        return self.filter(kind__in=MEETS_THE_DUTY)

    def unrecorded(self) -> Self:
        """Held, and not yet written up."""
        return self.held().filter(finished_at=None)

    def unsigned(self) -> Self:
        """Written up, and not yet signed by the worker."""
        return self.filter(finished_at__isnull=False, signed_at=None)


@recorded
class Session(models.Model):
    """One supervision: planned, then held or not held with why, recorded, and signed by both.

    Held and recorded are told apart: a session held and never written down is worth nothing to
    the child. The supervisor signs by finishing the record; the worker by signing it.
    """

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervision"
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervising"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ONE_TO_ONE)
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    not_held = models.CharField(max_length=20, choices=Absence.choices, default="", blank=True)
    not_held_why = models.TextField(default="", blank=True)
    # What was thought together about the work, what was questioned, and what is to be learnt.
    reflection = models.TextField(default="", blank=True)
    challenge = models.TextField(default="", blank=True)
    learning = models.TextField(default="", blank=True)
    next_on = models.DateField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the worker adds when they sign: where they see it otherwise, above all.
    comment = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["worker", "-held_on"], name="session_of_worker")]
        constraints = [
            models.CheckConstraint(
                name="session_nobody_supervises_themself",
                condition=~Q(worker=F("supervisor")) & ~Q(finished_by=F("worker")),
                violation_error_message="Nobody supervises themself",
            ),
            models.CheckConstraint(
                name="session_held_or_not_held",
                condition=Q(held_on=None) | Q(not_held=""),
            ),
            models.CheckConstraint(
                name="session_finished_at_and_by_together",
                condition=Q(finished_at=None, finished_by=None)
                | (
                    Q(
                        finished_at__isnull=False,
                        finished_by__isnull=False,
                        held_on__isnull=False,
                        next_on__isnull=False,
                    )
                    & ~Q(reflection="")
                ),
            ),
            models.CheckConstraint(
                name="session_signed_at_and_by_together_by_the_worker",
                condition=Q(signed_at=None, signed_by=None)
                | Q(
                    signed_at__isnull=False,
                    signed_by=F("worker"),
                    finished_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="session_next_comes_after",
                condition=Q(next_on=None) | Q(held_on=None) | Q(next_on__gt=F("held_on")),
            ),
            models.UniqueConstraint(
                name="session_one_planned_at_a_time",
                fields=["worker"],
                condition=Q(held_on=None, not_held=""),
            ),
        ]

    class Privacy:
        plain = (
            "kind",
            "planned_on",
            "held_on",
            "next_on",
            "finished_at",
            "signed_at",
            "recorded_at",
        )
        personal = ("not_held", "not_held_why")
        sensitive = ("reflection", "challenge", "learning", "comment")

    def __str__(self) -> str:
        return f"Supervision of {self.worker}"

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be held."""
        return self.held_on is None and not self.not_held

    @property
    def is_open(self) -> bool:
        """Whether it was held and its record is still being written."""
        return self.held_on is not None and self.finished_at is None


@recorded
class Personal(models.Model):
    """How the worker is: read by the two of them and by nobody else.

    The database shows these rows to nobody but the worker and the supervisor of that day.
    """

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="personal")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    wellbeing = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["Personal"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="personal_is_between_two", condition=~Q(worker=F("supervisor"))
            )
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("wellbeing",)

    def __str__(self) -> str:
        return f"Personal part of session {self.session_id}"
