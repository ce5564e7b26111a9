"""Where people live and how they are reached."""

from typing import Any

from django.db import models
from django.db.models import Q

from hearth.accounts.history import recorded
from hearth.people.models.facts import (
    DatedFact,
    fact_constraints,
    once_while_it_lasts,
    one_at_a_time,
)
from hearth.people.models.person import Person


class AddressKind(models.TextChoices):
    """What an address is to the person."""

    HOME = "home", "Home"
    TEMPORARY = "temporary", "Temporary"
    OTHER = "other", "Other address used"


ONE_ADDRESS_AT_A_TIME = (AddressKind.HOME, AddressKind.TEMPORARY)


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
        constraints = [
            *fact_constraints("address"),
            *(
                one_at_a_time(
                    f"address_one_{kind.value}",
                    f"{kind.label} address: another is recorded for those days",
                    only=Q(kind=kind.value),
                )
                for kind in ONE_ADDRESS_AT_A_TIME
            ),
        ]
        indexes = [models.Index(fields=["postcode"], name="address_postcode")]

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "kind", "confidential")
        personal = ("lines", "postcode", "uprn")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.lines, self.postcode) if part)

    def slot(self) -> dict[str, Any]:
        """One home and one temporary address at a time; any number of others."""
        if self.kind in ONE_ADDRESS_AT_A_TIME:
            return {"kind": self.kind}
        return {"kind": self.kind, "lines": self.lines, "postcode": self.postcode}


class ContactPointKind(models.TextChoices):
    """How somebody is reached."""

    MOBILE = "mobile", "Mobile"
    PHONE = "phone", "Telephone"
    EMAIL = "email", "Email"


@recorded
class ContactPoint(DatedFact):
    """A telephone number or email address."""

    SLOT = ("kind", "value")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactPointKind.choices)
    value = models.CharField(max_length=254)
    note = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            *fact_constraints("contact_point"),
            once_while_it_lasts("contact_point_once", ("person", "kind", "value")),
        ]

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "kind")
        personal = ("value", "note")

    def __str__(self) -> str:
        return self.value
