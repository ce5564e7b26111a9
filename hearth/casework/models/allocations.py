"""Who has the case."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models.episodes import Episode
from hearth.casework.models.ranges import no_overlap, period
from hearth.people.models import Person
from hearth.workforce.models import Registration, Team


class AllocationRole(models.TextChoices):
    """What a worker is to the case."""

    LEAD = "lead", "Lead worker"
    CO_WORKER = "co_worker", "Co-worker"
    SUPERVISING = "supervising", "Supervising"


class AllocationQuerySet(models.QuerySet["Allocation"]):
    """Allocations, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those of children the worker may not know of."""
        return self.select_related("child", "worker", "team", "allocated_by")

    def on(self, day: date) -> Self:
        """Holding on this day."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def current(self) -> Self:
        """Not ended."""
        return self.filter(ended_on=None)

    def leading(self) -> Self:
        """As lead worker."""
        return self.filter(role=AllocationRole.LEAD)

    def able(self, day: date) -> Self:
        """With a worker who can act on this day: signs in, works here, and is registered.

        Only a registered social worker leads a case (Children and Social Work Act 2017, part 2).
        """
        registered = Registration.objects.filter(
            staff__user=OuterRef("pk"), started_on__lte=day, expires_on__gt=day
        )
        # Asked of each worker once, and not of each of their cases.
        workers = User.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=day),
            Q(staff__ended_on=None) | Q(staff__ended_on__gt=day),
            Exists(registered),
            is_active=True,
        )
        return self.filter(worker__in=workers)


@recorded
class Allocation(models.Model):
    """A spell of one worker having one child's episode, with the manager's direction."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="allocations")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="allocations")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="allocations"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="allocations")
    role = models.CharField(
        max_length=12, choices=AllocationRole.choices, default=AllocationRole.LEAD
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    period = period()
    direction = models.TextField(default="", blank=True)
    # Why the worker changed, by the code set social_worker_change_reason.
    change_reason = models.CharField(max_length=10, default="", blank=True)
    # Why a caseload over the limit was accepted.
    over_limit_reason = models.TextField(default="", blank=True)
    allocated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    read_at: ClassVar = ("casework:episode", "episode_id")

    objects: ClassVar[AllocationQuerySet] = AllocationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["worker", "child"], name="allocation_current", condition=Q(ended_on=None)
            ),
            models.Index(
                fields=["team", "worker"], name="allocation_of_team", condition=Q(ended_on=None)
            ),
            models.Index(
                fields=["ended_on"],
                name="allocation_lead_ended",
                condition=Q(role=AllocationRole.LEAD),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="allocation_ends_on_or_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            ),
            no_overlap(
                "allocation_one_lead_at_a_time",
                condition=Q(role=AllocationRole.LEAD),
                message="This child already has a lead worker then",
            ),
            no_overlap(
                "allocation_one_part_a_worker",
                also=["worker_id"],
                message="This worker has this child's case already then",
            ),
        ]

    class Privacy:
        plain = ("role", "started_on", "ended_on", "period", "change_reason", "recorded_at")
        sensitive = ("direction", "over_limit_reason")

    def __str__(self) -> str:
        return f"{self.get_role_display()} from {self.started_on:%-d %B %Y}"


def works_with(worker: User, child: Person) -> bool:
    """Whether this worker now has this child's case, in any part."""
    return Allocation.objects.current().filter(worker=worker, child=child).exists()
