"""What the front door writes into a child's chronology."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from hearth.accounts.models import User
from hearth.front_door.actions import checks
from hearth.front_door.models import (
    Contact,
    ContactChild,
    ContactDecision,
    ContactDecisionChild,
    Referral,
    ReferralChild,
)
from hearth.records.actions import change_significance, chronicle, withdraw_chronicle
from hearth.records.models.chronology import ChronologyEntry, Significance

P = TypeVar("P", ContactDecisionChild, ReferralChild)


def tell_of_contact(contact: Contact, parts: Sequence[ContactChild], *, by: User) -> None:
    """Put a contact into the story of the children it is about, and of no one else."""
    chronicle(
        about=[part.child for part in parts],
        kind="contact",
        title=f"Contact from {contact.from_whom}",
        text=contact.reason,
        texts={part.child_id: part.said for part in parts},
        happened_on=contact.received_on,
        source=contact,
        page="front_door:contact",
        significance=Significance.HIGH if contact.significant_harm else Significance.MEDIUM,
        by=by,
    )


def tell_of_decision(
    decision: ContactDecision, parts: Sequence[ContactDecisionChild], *, by: User
) -> None:
    """Put each child's own decision into their story."""
    for outcome, group in _by_outcome(parts):
        chronicle(
            about=[part.child for part in group],
            kind="decision",
            title=f"Contact decided: {group[0].get_outcome_display().lower()}",
            text=decision.rationale,
            texts={part.child_id: part.note for part in group},
            happened_on=checks.day_of(decision.decided_at),
            source=decision.contact,
            page="front_door:contact",
            significance=Significance.LOW if outcome == "information" else Significance.MEDIUM,
            by=by,
        )


def tell_of_referral(referral: Referral, parts: Sequence[ReferralChild], *, by: User) -> None:
    """Put a referral into the story of each child it opens an episode for."""
    chronicle(
        about=[part.child for part in parts],
        kind="referral",
        title="Accepted as a referral",
        text=referral.reason,
        happened_on=referral.received_on,
        source=referral,
        page="front_door:referral",
        significance=Significance.HIGH,
        by=by,
    )


def tell_of_referral_decision(
    referral: Referral, parts: Sequence[ReferralChild], *, by: User
) -> None:
    """Put what a referral leads to into each child's story."""
    assert referral.decided_at is not None  # noqa: S101 - it has just been decided
    for _, group in _by_outcome(parts):
        chronicle(
            about=[part.child for part in group],
            kind="decision",
            title=f"Referral decided: {group[0].get_outcome_display().lower()}",
            text=referral.rationale,
            texts={part.child_id: part.note for part in group},
            happened_on=checks.day_of(referral.decided_at),
            source=referral,
            page="front_door:referral",
            by=by,
        )


def weigh_as_harm(contact: Contact, *, by: User) -> None:
    """Raise the weight of a contact in which signs of significant harm were seen afterwards."""
    entries = ChronologyEntry.objects.of_source(contact).standing()
    for entry in entries.exclude(significance=Significance.HIGH):
        change_significance(
            entry=entry,
            significance=Significance.HIGH,
            reason="Signs of significant harm were seen when the contact was screened",
            by=by,
        )


def take_back(contact: Contact, *, reason: str, by: User) -> None:
    """Take a contact recorded in error out of the children's stories."""
    withdraw_chronicle(source=contact, reason=reason, by=by)


def _by_outcome(parts: Iterable[P]) -> list[tuple[str, list[P]]]:
    grouped: dict[str, list[P]] = {}
    for part in parts:
        grouped.setdefault(part.outcome, []).append(part)
    return list(grouped.items())
