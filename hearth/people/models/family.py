"""Relationships, both ways, and the households people live in."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.people.models.facts import DatedFact, fact_constraints
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

    class Meta:
        constraints = [
            *fact_constraints("relationship"),
            models.CheckConstraint(
                name="relationship_is_between_two_people",
                condition=~Q(person=F("other_person")),
                violation_error_message="Nobody is their own relative",
            ),
        ]

    class Privacy(DatedFact.Privacy):
        personal = ("code", "parental_responsibility", "detail")

    def __str__(self) -> str:
        return f"{self.code}"


@recorded
class Household(models.Model):
    """People who live together. `about` holds everyone who has ever been in it."""

    name = models.CharField(max_length=200)
    about = ArrayField(models.BigIntegerField(), default=list)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["Household"]] = models.Manager()

    class Privacy:
        plain = ("about", "recorded_at")
        personal = ("name",)

    def __str__(self) -> str:
        return self.name


@recorded
class HouseholdMember(DatedFact):
    """Somebody's time in a household."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")

    class Meta:
        constraints = fact_constraints("household_member")

    class Privacy(DatedFact.Privacy):
        pass

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"
