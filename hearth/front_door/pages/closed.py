"""Contacts closed although something in them asks for another look: read each day by a manager."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from hearth.accounts.models import User
from hearth.front_door import policies
from hearth.front_door.models import (
    AdviceRequest,
    ContactDecision,
    ContactDecisionChild,
    ContactOutcome,
    ThirdContactPrompt,
)

# Outcomes after which nobody here does anything more for the child.
CLOSED = (ContactOutcome.SIGNPOSTING, ContactOutcome.INFORMATION, ContactOutcome.NO_ACTION)
DAYS = {"1": "Since yesterday", "7": "The last 7 days", "30": "The last 30 days"}
USUAL = "7"


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """One closed contact: for whom, by whom and why, and what asks for another look."""

    decision: ContactDecision
    names: str
    why: list[str]
    href: str


def closed_in_doubt(*, days: str, today: date) -> QuerySet[ContactDecision]:
    """Decisions that stand and close a contact with signs of harm, or a third one or later.

    The gravest first, then the latest. Both are read from the record, whatever the reasons given.
    """
    since = today - timedelta(int(days if days in DAYS else USUAL))
    closed = ContactDecisionChild.objects.filter(decision=OuterRef("pk"), outcome__in=CLOSED)
    repeated = ThirdContactPrompt.objects.filter(contact=OuterRef("contact"))
    asked = AdviceRequest.objects.filter(contact=OuterRef("contact"))
    return (
        ContactDecision.objects.standing()
        .filter(decided_at__date__gte=since, contact__withdrawn_at=None)
        .annotate(is_repeated=Exists(repeated), was_asked=Exists(asked))
        .filter(Exists(closed))
        .filter(Q(contact__significant_harm=True) | Q(is_repeated=True))
        .select_related("contact", "decided_by")
        .order_by("-contact__significant_harm", "-decided_at", "pk")
    )


def closed_rows(decisions: Sequence[ContactDecision], worker: User) -> list[ClosedRow]:
    """These decisions as rows. One query, however many there are."""
    parts = ContactDecisionChild.objects.filter(decision__in=decisions, outcome__in=CLOSED)
    names: dict[int, list[str]] = {}
    for part in parts.select_related("child").order_by("pk"):
        names.setdefault(part.decision_id, []).append(
            f"{part.child.name}: {part.get_outcome_display().lower()}"
        )
    may = worker.has_role(*policies.reopen_contact.roles)
    return [
        ClosedRow(
            decision,
            ". ".join(names.get(decision.pk, [])),
            _why(decision),
            reverse("front_door:reopen_contact", args=[decision.contact_id]) if may else "",
        )
        for decision in decisions
    ]


def _why(decision: ContactDecision) -> list[str]:
    said = []
    if decision.contact.significant_harm:
        said.append("Signs of significant harm")
    if getattr(decision, "is_repeated", False):
        said.append("Third contact or later in 12 months")
    if not getattr(decision, "was_asked", True):
        said.append("No other agency was asked")
    return said
