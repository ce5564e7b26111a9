"""The professionals and organisations around a child."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.lib.codes import words
from hearth.people.models.facts import DatedFact, fact_constraints
from hearth.people.models.person import Person


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """All: an organisation is nobody's record."""
        return self.all()

    def open_on(self, day: date) -> Self:
        """Not closed by a day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def named_like(self, text: str) -> Self:
        """With every one of these words somewhere in the name, address or number."""
        found = self
        for word in text.split():
            found = found.filter(Q(name__icontains=word) | Q(address__icontains=word) | Q(urn=word))
        return found.order_by("name", "id")


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

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

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

    @property
    def agency_in_words(self) -> str:
        """What kind of organisation it is."""
        return words("agency_type", self.agency)


class ProfessionalQuerySet(models.QuerySet["Professional"]):
    """Professionals, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """All: somebody's work elsewhere is not a restricted matter."""
        return self.all()

    def working_on(self, day: date) -> Self:
        """Not left by a day."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=day))

    def named_like(self, text: str) -> Self:
        """With every one of these words in the name, job or organisation."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(job_title__icontains=word)
                | Q(organisation__name__icontains=word)
            )
        return found.order_by("name", "id")


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
    left_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[ProfessionalQuerySet] = ProfessionalQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        plain = ("job_title", "left_on", "recorded_at")
        personal = ("name", "phone", "email")

    def __str__(self) -> str:
        return self.name


@recorded
class NetworkMember(DatedFact):
    """A professional's or organisation's time with a child, and in what part."""

    SLOT = ("professional_id", "organisation_id", "part")

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
