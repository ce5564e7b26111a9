"""The professionals and organisations around a child."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.people.models.facts import DatedFact, fact_constraints
from hearth.people.models.person import Person


@recorded
class Organisation(models.Model):
    """A school, surgery, police team or other body the service works with."""

    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=40)
    urn = models.CharField(max_length=20, default="", blank=True)
    address = models.CharField(max_length=300, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    closed_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["Organisation"]] = models.Manager()

    class Privacy:
        plain = (
            "name",
            "agency",
            "urn",
            "address",
            "phone",
            "email",
            "closed_on",
            "recorded_at",
        )

    def __str__(self) -> str:
        return self.name


@recorded
class Professional(models.Model):
    """Somebody who works with children elsewhere: a teacher, health visitor, police officer."""

    name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200, default="", blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="professionals", null=True, blank=True
    )
    phone = models.CharField(max_length=40, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["Professional"]] = models.Manager()

    class Privacy:
        plain = ("job_title", "recorded_at")
        personal = ("name", "phone", "email")

    def __str__(self) -> str:
        return self.name


@recorded
class NetworkMember(DatedFact):
    """A professional's or organisation's time with a child, and in what part."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="network")
    professional = models.ForeignKey(
        Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="network"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="network"
    )
    part = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *fact_constraints("network_member"),
            models.CheckConstraint(
                name="network_member_names_somebody",
                condition=models.Q(professional__isnull=False)
                | models.Q(organisation__isnull=False),
            ),
        ]

    class Privacy(DatedFact.Privacy):
        personal = ("part",)

    def __str__(self) -> str:
        return self.part
