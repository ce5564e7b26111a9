"""The numbers that other services know somebody by."""

from typing import Any

from django.db import models
from django.db.models import Q

from hearth.accounts.history import recorded
from hearth.people.models.facts import DatedFact, fact_constraints, once_while_it_lasts
from hearth.people.models.person import Person


class IdentifierKind(models.TextChoices):
    """Whose number it is. The LA child id is on the person, for it never changes."""

    UPN = "upn", "Unique pupil number"
    FORMER_UPN = "former_upn", "Former unique pupil number"
    NHS = "nhs", "NHS number"
    ULN = "uln", "Unique learner number"
    HOME_OFFICE = "home_office", "Home Office reference"
    LEGACY = "legacy", "Number in an earlier system"


ONE_NUMBER_AT_A_TIME = (IdentifierKind.UPN, IdentifierKind.NHS, IdentifierKind.ULN)


@recorded
class Identifier(DatedFact):
    """A number another service knows somebody by.

    Two people may hold one number: it is for a worker to find out which is wrong (UPN, rule UN5).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=IdentifierKind.choices)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [
            *fact_constraints("identifier"),
            once_while_it_lasts("identifier_once", ("person", "kind", "value")),
            models.UniqueConstraint(
                name="identifier_one_of_a_kind",
                fields=["person", "kind"],
                condition=Q(withdrawn_at=None, ended_on=None, kind__in=ONE_NUMBER_AT_A_TIME),
                violation_error_message="They have a number of this kind recorded already",
            ),
        ]
        indexes = [models.Index(fields=["kind", "value"], name="identifier_value")]

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "kind")
        personal = ("value",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"

    def slot(self) -> dict[str, Any]:
        """One UPN, NHS number and ULN at a time; any number of others."""
        if self.kind in ONE_NUMBER_AT_A_TIME:
            return {"kind": self.kind}
        return {"kind": self.kind, "value": self.value}
