"""Where people live and how they are reached."""

from django.db import models

from hearth.accounts.history import recorded
from hearth.people.models.facts import DatedFact, fact_constraints
from hearth.people.models.person import Person


class AddressKind(models.TextChoices):
    """What an address is to the person."""

    HOME = "home", "Home"
    TEMPORARY = "temporary", "Temporary"
    OTHER = "other", "Other address used"


@recorded
class Address(DatedFact):
    """An address somebody has or had."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind.choices, default=AddressKind.HOME)
    lines = models.CharField(max_length=300)
    postcode = models.CharField(max_length=8, default="", blank=True)
    uprn = models.CharField(max_length=12, default="", blank=True)
    # Not to be told to the family or shown on letters.
    confidential = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "addresses"
        constraints = fact_constraints("address")
        indexes = [models.Index(fields=["postcode"], name="address_postcode")]

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "kind", "confidential")
        personal = ("lines", "postcode", "uprn")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.lines, self.postcode) if part)


class ContactPointKind(models.TextChoices):
    """How somebody is reached."""

    MOBILE = "mobile", "Mobile"
    PHONE = "phone", "Telephone"
    EMAIL = "email", "Email"


@recorded
class ContactPoint(DatedFact):
    """A telephone number or email address."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactPointKind.choices)
    value = models.CharField(max_length=254)
    note = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = fact_constraints("contact_point")

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "kind")
        personal = ("value", "note")

    def __str__(self) -> str:
        return self.value
