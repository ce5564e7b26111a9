"""Who may write, sign and end the papers that keep a child safe.

Nobody signs their own; an agreement holds when a manager has signed it (Lambeth 2017, findings,
paragraph 4).
"""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, PRACTITIONERS, RECORD_READERS, Role
from hearth.plans.models import Plan, PlanChild
from hearth.plans.policies import LEADS, NOT_YOURS, leads
from hearth.protection.agreeing import agrees, standing_contingencies
from hearth.protection.models import Enquiry, EnquiryState, SafetyAgreement
from hearth.protection.policies.enquiries import AT_NIGHT, not_on_it
from hearth.protection.policies.strategy import not_registered

SIGNS = (*MANAGERS, Role.OUT_OF_HOURS)


def not_open(enquiry: Enquiry) -> Iterator[str]:
    """Why nothing more is done in an enquiry."""
    if enquiry.state not in (EnquiryState.IN_PROGRESS, EnquiryState.SUBMITTED):
        yield "This enquiry is finished"


def _standing(agreement: SafetyAgreement) -> Iterator[str]:
    if agreement.ended_on is not None:
        yield "This has ended, or a later version took its place"


@policy("Write a paper that keeps a child safe", subject=Enquiry, roles=AT_NIGHT)
def write_agreement(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """The social workers on the enquiry, and whoever is on duty at night."""
    yield from not_open(enquiry)
    yield from not_on_it(worker, enquiry)


@policy("Read a paper that keeps a child safe", subject=SafetyAgreement, roles=RECORD_READERS)
def agreement(_worker: User, _agreement: SafetyAgreement) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()


@policy("Sign a paper as a manager", subject=SafetyAgreement, roles=SIGNS)
def sign_agreement(worker: User, agreement: SafetyAgreement) -> Iterator[str]:
    """A registered manager who did not write it; at night and weekends the manager on call."""
    yield from _standing(agreement)
    if agreement.signed_at is not None:
        yield "A manager has signed this already"
    if agreement.recorded_by_id == worker.pk:
        yield "You wrote this, so another manager must sign it"
    yield from not_registered(worker)


WRITERS = (*AT_NIGHT, *MANAGERS)


@policy("Confirm that a paper agrees with the plan", subject=SafetyAgreement, roles=MANAGERS)
def confirm_agreement(worker: User, agreement: SafetyAgreement) -> Iterator[str]:
    """A registered manager who did not write it, once it is signed, while a plan stands."""
    yield from _standing(agreement)
    if agreement.signed_at is None:
        yield "A manager signs it first"
    if agreement.recorded_by_id == worker.pk:
        yield "You wrote this, so another manager must confirm it"
    plan = agreement.plan_beside
    if plan is None or not standing_contingencies(plan):
        yield "There is no plan beside it that says what is done if it fails"
    elif agrees(agreement, plan):
        yield "A manager has confirmed this already"
    yield from not_registered(worker)


@policy("Write a paper that keeps a child safe under a plan", subject=Plan, roles=LEADS)
def write_plan_agreement(worker: User, plan: Plan) -> Iterator[str]:
    """The lead worker or a manager, while the plan stands for any child."""
    if not PlanChild.objects.current().filter(plan=plan).exists():
        yield "This plan has ended, or was never agreed"
    if not leads(worker, plan.about):
        yield NOT_YOURS


@policy("Record who signed a paper", subject=SafetyAgreement, roles=(*WRITERS, *PRACTITIONERS))
def record_signature(_worker: User, agreement: SafetyAgreement) -> Iterator[str]:
    """Whoever works with the family."""
    yield from _standing(agreement)


@policy("Change a paper that keeps a child safe", subject=SafetyAgreement, roles=WRITERS)
def change_agreement(_worker: User, agreement: SafetyAgreement) -> Iterator[str]:
    """By a new version, which must be signed again."""
    yield from _standing(agreement)


@policy("End a paper that keeps a child safe", subject=SafetyAgreement, roles=WRITERS)
def end_agreement(_worker: User, agreement: SafetyAgreement) -> Iterator[str]:
    """With the reason."""
    yield from _standing(agreement)


@policy(
    "See the papers that nobody has signed, or that are to be looked at again",
    subject=None,
    roles=(*PRACTITIONERS, *MANAGERS, Role.OUT_OF_HOURS, Role.DIRECTOR, Role.AUDITOR),
)
def agreements(_worker: User, _subject: None) -> Iterator[str]:
    """Whoever works with the teams. The database leaves out children kept from the worker."""
    yield from ()
