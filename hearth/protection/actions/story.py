"""What strategy discussions and enquiries put into each child's story."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.protection.models import (
    Enquiry,
    EnquiryChild,
    EnquiryOutcome,
    HomeRequest,
    ReturnHome,
    StrategyChild,
    StrategyDecision,
    StrategyDiscussion,
)
from hearth.protection.models.strategy import ENQUIRES
from hearth.records.actions import chronicle
from hearth.records.models import Significance

KIND = "strategy"


def tell_of_discussion(
    discussion: StrategyDiscussion, parts: Sequence[StrategyChild], *, held_on: date, by: User
) -> None:
    """A strategy discussion was held: what was decided of each child, and how they are kept safe.

    A brother or sister left out of the enquiry is not told of as if it were about them.
    """
    decided = StrategyDecision(discussion.decision).label
    of_others = "no enquiry about this child; one about others of the household"
    for left_out, words in ((False, decided), (True, of_others)):
        told = [part for part in parts if _left_out(discussion, part) is left_out]
        if not told:
            continue
        chronicle(
            about=[part.child for part in told],
            kind=KIND,
            title=f"Strategy discussion: {words}",
            text=discussion.rationale,
            texts={part.child_id: _safety(part) for part in told},
            happened_on=held_on,
            source=discussion,
            page="protection:strategy",
            significance=Significance.HIGH,
            by=by,
        )


def _left_out(discussion: StrategyDiscussion, part: StrategyChild) -> bool:
    return discussion.decision in ENQUIRES and not part.in_enquiry


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


def tell_of_no_agreement(request: HomeRequest, *, by: User) -> None:
    """A child is at home while enquiries are made, and no manager had agreed to that."""
    since = timezone.localtime(request.at_home_since)
    chronicle(
        about=[request.child],
        kind=KIND,
        title="At home in the section 47 enquiry without a manager's agreement",
        text=f"Since {in_words(since.date())}, {since:%H:%M}. {request.reason}",
        happened_on=since.date(),
        source=request.enquiry,
        page="protection:enquiry",
        significance=Significance.HIGH,
        by=by,
    )
