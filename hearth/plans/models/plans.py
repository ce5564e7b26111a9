"""A plan made once for a family: for each child a dated period, and the category it is under."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import Episode, Task
from hearth.casework.models.ranges import no_overlap, period
from hearth.people.models import Person


class PlanKind(models.TextChoices):
    """Under which duty a plan is made. The values are those of what a child is to the service."""

    CHILD_IN_NEED = "child_in_need", "Child in need plan"
    PROTECTION = "protection", "Child protection plan"


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("task")

    def of_child(self, child: Person) -> Self:
        """In which this child has a part."""
        return self.filter(pk__in=PlanChild.objects.filter(child=child).values("plan_id"))


@recorded
class Plan(models.Model):
    """What is to be done for the children of a family, written once, with a part for each.

    One brought in from a return has only its periods.
    """

    about = ArrayField(models.BigIntegerField())
    kind = models.CharField(max_length=15, choices=PlanKind.choices)
    # What we are worried about, what is going well, and what life should be like when it ends.
    worries = models.TextField(default="", blank=True)
    strengths = models.TextField(default="", blank=True)
    aim = models.TextField(default="", blank=True)
    parents_view = models.TextField(default="", blank=True)
    parents_agree = models.BooleanField(null=True, blank=True)
    # The day by which the family is expected to need it no longer.
    planned_end_on = models.DateField(null=True, blank=True)
    # The task by which a manager agrees a child in need plan.
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="plan"
    )
    # The day it was agreed, and whoever did. Until then nobody is asked to do what it says.
    issued_on = models.DateField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[PlanQuerySet] = PlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(name="plan_is_about_somebody", condition=Q(about__len__gt=0)),
            models.CheckConstraint(
                name="plan_issued_on_and_by_together",
                condition=Q(issued_on=None, issued_by=None)
                | Q(issued_on__isnull=False, issued_by__isnull=False),
            ),
        ]

    class Privacy:
        plain = ("about", "kind", "planned_end_on", "issued_on", "version", "recorded_at")
        sensitive = ("worries", "strengths", "aim", "parents_view", "parents_agree")

    def __str__(self) -> str:
        return PlanKind(self.kind).label


@recorded
class PlanNeeds(models.Model):
    """What one child needs from a plan, and what they say of it themselves."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="needs")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    needs = models.TextField(default="", blank=True)
    views = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["PlanNeeds"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "plan needs"
        constraints = [
            models.UniqueConstraint(name="plan_needs_of_a_child_once", fields=["plan", "child"])
        ]

    class Privacy:
        plain = ("recorded_at",)
        sensitive = ("needs", "views")

    def __str__(self) -> str:
        return f"{self.plan_id} for {self.child_id}"


class PlanChildQuerySet(models.QuerySet["PlanChild"]):
    """Children's parts of plans, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those of children the worker may not know of."""
        return self.select_related("plan", "child")

    def on(self, day: date) -> Self:
        """Standing on this day."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def current(self) -> Self:
        """Not ended."""
        return self.filter(ended_on=None)

    def of_kind(self, kind: PlanKind) -> Self:
        """Under one duty."""
        return self.filter(kind=kind)

    def plans_elsewhere(self, children: Sequence[int]) -> dict[int, int]:
        """How many protection plans each had in other places, as their last plan here says."""
        told = self.of_kind(PlanKind.PROTECTION).filter(child__in=children).order_by("started_on")
        return dict(told.values_list("child_id", "earlier_plans"))


@recorded
class PlanChild(models.Model):
    """One child's time under a plan: half-open, and never two at once, of whichever kind.

    `kind` repeats the plan's, so that the register is one table. A plan's own frequency of visits,
    in working days, stands in place of the service's where it is set.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_parts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_parts"
    )
    kind = models.CharField(max_length=15, choices=PlanKind.choices)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    period = period()
    # By the code set plan_end_reason.
    end_reason = models.CharField(max_length=20, default="", blank=True)
    # Protection plans before this record begins, or in another authority (CIN census).
    earlier_plans = models.PositiveSmallIntegerField(default=0)
    needs = models.TextField(default="", blank=True)
    visit_days = models.PositiveSmallIntegerField(null=True, blank=True)
    visit_reason = models.TextField(default="", blank=True)
    visit_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    read_at: ClassVar = ("plans:plan", "plan_id")

    objects: ClassVar[PlanChildQuerySet] = PlanChildQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "plan children"
        indexes = [
            models.Index(fields=["child", "-started_on"], name="plan_of_child"),
            models.Index(fields=["kind"], name="plan_current", condition=Q(ended_on=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="plan_part_ends_on_or_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message="A plan cannot end before it starts",
            ),
            # CIN census, rule 8840.
            models.CheckConstraint(
                name="plan_part_protection_lasts_a_day",
                condition=~Q(kind=PlanKind.PROTECTION)
                | Q(ended_on=None)
                | Q(ended_on__gt=F("started_on")),
                violation_error_message="A child protection plan cannot end the day it starts",
            ),
            models.CheckConstraint(
                name="plan_part_ends_with_a_reason",
                condition=Q(ended_on=None, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="plan_part_visits_are_some_days_apart",
                condition=Q(visit_days=None) | Q(visit_days__gte=1, visit_days__lte=60),
                violation_error_message="Visits are from 1 to 60 working days apart",
            ),
            no_overlap(
                "plan_part_one_at_a_time",
                message="This child has a plan already on those days",
            ),
        ]

    class Privacy:
        plain = ("kind", "started_on", "ended_on", "period", "visit_days", "recorded_at")
        sensitive = ("end_reason", "earlier_plans", "needs", "visit_reason")

    def __str__(self) -> str:
        return f"{PlanKind(self.kind).label} from {self.started_on:%-d %B %Y}"

    @property
    def category(self) -> str:
        """The category of abuse it stands under now, by the code set cp_category."""
        found = sorted(self.categories.all(), key=lambda one: (one.since, one.pk))
        return found[-1].category if found else ""


@recorded
class PlanCategory(models.Model):
    """The category of abuse a child's plan stood under from a day on. The latest stands."""

    part = models.ForeignKey(PlanChild, on_delete=models.PROTECT, related_name="categories")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=3)
    since = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["PlanCategory"]] = models.Manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name_plural = "plan categories"
        constraints = [
            models.UniqueConstraint(name="plan_category_once_a_day", fields=["part", "since"]),
            models.CheckConstraint(name="plan_category_is_given", condition=~Q(category="")),
        ]

    class Privacy:
        plain = ("since", "recorded_at")
        sensitive = ("category",)

    def __str__(self) -> str:
        return f"{self.category} from {self.since:%-d %B %Y}"
