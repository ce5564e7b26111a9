"""Relationships, both ways, and the households people live in."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.lib.codes import words
from hearth.people.models.facts import (
    DatedFact,
    FactQuerySet,
    fact_constraints,
    once_while_it_lasts,
)
from hearth.people.models.person import Person


@recorded
class Relationship(DatedFact):
    """What one person is to another: `person` is the `code` of `other_person`.

    One row says both ways: the code set `relationship` knows each code's inverse. Parental
    responsibility is `person`'s for `other_person` (Children Act 1989, section 3).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_from")
    other_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="relationships_to"
    )
    code = models.CharField(max_length=40)
    parental_responsibility = models.BooleanField(null=True, blank=True)
    detail = models.CharField(max_length=300, default="", blank=True)

    SLOT = ("other_person_id", "code")

    class Meta:
        constraints = [
            *fact_constraints("relationship"),
            once_while_it_lasts("relationship_once", ("person", "other_person", "code")),
            models.CheckConstraint(
                name="relationship_is_between_two_people",
                condition=~Q(person=F("other_person")),
                violation_error_message="Nobody is their own relative",
            ),
        ]

    class Privacy(DatedFact.Privacy):
        personal = ("code", "parental_responsibility", "detail")

    def __str__(self) -> str:
        return words("relationship", self.code)


class HouseholdQuerySet(models.QuerySet["Household"]):
    """Households, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Those with somebody in them whom the worker may know of."""
        members = HouseholdMember.objects.standing().filter(household=OuterRef("pk"))
        return self.filter(Exists(members))


@recorded
class Household(models.Model):
    """People who live together, or did.

    It has no words of its own: it is called after those of its members whom a worker may know of,
    so that it tells nothing of the others.
    """

    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[HouseholdQuerySet] = HouseholdQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        plain = ("recorded_at",)

    def __str__(self) -> str:
        return f"Household {self.pk}"


class HouseholdMemberQuerySet(FactQuerySet):
    """Who lives where."""

    def with_any_of(self, people: Any) -> Self:
        """Everybody in a home that any of these people is in, themselves too: `on` a day first."""
        return self.filter(household__in=self.filter(person__in=people).values("household"))


@recorded
class HouseholdMember(DatedFact):
    """Somebody's time in a household."""

    SLOT = ("household_id",)

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")

    objects: ClassVar[HouseholdMemberQuerySet] = HouseholdMemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            *fact_constraints("household_member"),
            once_while_it_lasts("household_member_once", ("person", "household")),
        ]

    class Privacy(DatedFact.Privacy):
        pass

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"
