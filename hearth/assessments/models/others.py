"""Those who were asked: the parents and carers, and the agencies that know the children."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.assessments.models.assessment import Assessment
from hearth.casework.models import AgencyAsked, ParentHeard


@recorded
class ParentView(ParentHeard):
    """What a parent or carer thinks, and when they were spoken to; or why they were not.

    `person` where they are on record; the name as given where they are not.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="parents")
    views = models.TextField(default="", blank=True)

    objects: ClassVar[models.Manager["ParentView"]] = models.Manager()

    class Meta(ParentHeard.Meta):
        constraints = [
            models.UniqueConstraint(
                name="parent_view_once_a_person",
                fields=["assessment", "person"],
                condition=Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="parent_view_names_somebody", condition=Q(person__isnull=False) | ~Q(name="")
            ),
        ]

    class Privacy:
        plain = ("about", "recorded_at")
        personal = ("name", "relationship", "seen_on")
        sensitive = ("views", "not_seen_reason", "not_seen_detail")


class AgencyQuerySet(models.QuerySet["AgencyConsulted"]):
    """Agencies asked, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.all()

    def waiting(self) -> Self:
        """Asked, and neither answered nor given up on."""
        return self.filter(answered_on=None, no_answer="")


@recorded
class AgencyConsulted(AgencyAsked):
    """An agency asked about the children: whom, when, what they said, and each time of chasing.

    `child` where the answer is about one of them alone, and is kept from the others' copies.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="agencies")
    chased_on = ArrayField(models.DateField(), default=list, blank=True)

    objects: ClassVar[AgencyQuerySet] = AgencyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(AgencyAsked.Meta):
        verbose_name_plural = "agencies consulted"
        constraints = [
            models.CheckConstraint(
                name="agency_answered_on_and_said_together",
                condition=Q(answered_on=None, said="")
                | (Q(answered_on__isnull=False) & ~Q(said="")),
            ),
            models.CheckConstraint(
                name="agency_answered_on_or_after_asked",
                condition=Q(answered_on=None) | Q(answered_on__gte=models.F("asked_on")),
                violation_error_message="They cannot have answered before they were asked",
            ),
        ]

    class Privacy:
        plain = ("about", "agency", "asked_on", "chased_on", "answered_on", "recorded_at")
        personal = ("contact",)
        sensitive = ("said", "no_answer")

    def __str__(self) -> str:
        return f"{self.agency_name} ({self.contact})" if self.contact else self.agency_name

    @property
    def is_waiting(self) -> bool:
        """Whether their answer is still awaited."""
        return self.answered_on is None and not self.no_answer

    @property
    def last_asked_on(self) -> date:
        """The day they were last asked or chased."""
        return max([self.asked_on, *self.chased_on])
