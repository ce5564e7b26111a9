"""What strategy discussions and enquiries put into each child's story."""

from collections.abc import Sequence
from datetime import date

from hearth.accounts.models import User
from hearth.protection.models import (
    Enquiry,
    EnquiryChild,
    EnquiryOutcome,
    ReturnHome,
    StrategyChild,
    StrategyDecision,
    StrategyDiscussion,
)
from hearth.records.actions import chronicle
from hearth.records.models import Significance

KIND = "strategy"


def tell_of_discussion(
    discussion: StrategyDiscussion, parts: Sequence[StrategyChild], *, held_on: date, by: User
) -> None:
    """A strategy discussion was held: what was decided, and how each child is kept safe."""
    chronicle(
        about=[part.child for part in parts],
        kind=KIND,
        title=f"Strategy discussion: {StrategyDecision(discussion.decision).label}",
        text=discussion.rationale,
        texts={part.child_id: _safety(part) for part in parts},
        happened_on=held_on,
        source=discussion,
        page="protection:strategy",
        significance=Significance.HIGH,
        by=by,
    )


def _safety(part: StrategyChild) -> str:
    lead = "Safe now" if part.safe_now else "Not safe now"
    where = f" Staying with {part.staying_with}." if part.staying_with else ""
    return f"{lead}: {part.safety}{where}"


def tell_of_outcome(enquiry: Enquiry, parts: Sequence[EnquiryChild], *, on: date, by: User) -> None:
    """An enquiry was authorised: what was found for each child is in their own story alone."""
    chronicle(
        about=[part.child for part in parts],
        kind=KIND,
        title="Section 47 enquiry finished",
        text=enquiry.analysis,
        texts={
            part.child_id: f"{EnquiryOutcome(part.outcome).label}.\n\n{part.outcome_reason}"
            for part in parts
        },
        happened_on=on,
        source=enquiry,
        page="protection:enquiry",
        significance=Significance.HIGH,
        by=by,
    )


def tell_of_home(returned: ReturnHome, *, on: date, by: User) -> None:
    """A child is at home while enquiries are made, and who agreed to that."""
    chronicle(
        about=[returned.child],
        kind=KIND,
        title="At home during the section 47 enquiry",
        text=f"Agreed by {returned.agreed_by}: {returned.agreement}",
        happened_on=on,
        source=returned.enquiry,
        page="protection:enquiry",
        significance=Significance.HIGH,
        by=by,
    )
