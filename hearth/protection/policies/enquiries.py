"""Who may make, read and authorise a section 47 enquiry.

Only a qualified, experienced social worker makes one; a manager who took no part authorises it; a
service manager agrees where harm was found and no conference is held.
"""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, PRACTITIONERS, QUALIFIED, RECORD_READERS, SENIOR, Role
from hearth.casework.actions.sign_off import why_not_sign_off
from hearth.casework.whose import works_on
from hearth.protection.models import Enquiry, EnquiryCheck, EnquiryState, MedicalExamination
from hearth.protection.policies.strategy import not_registered

NOT_YOURS = "You are not working on this enquiry"
NOT_BEING_MADE = {
    EnquiryState.SUBMITTED: "This is with a manager. It can be changed if they return it",
    EnquiryState.AUTHORISED: "This enquiry has been authorised, so it no longer changes",
    EnquiryState.CANCELLED: "This enquiry was cancelled",
}
AT_NIGHT = (*QUALIFIED, Role.OUT_OF_HOURS)


def _being_made(enquiry: Enquiry) -> Iterator[str]:
    if enquiry.state in NOT_BEING_MADE:
        yield NOT_BEING_MADE[enquiry.state]


def not_on_it(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """Why this is not this worker's enquiry. At night it is everybody's who is on duty."""
    if not (_is_mine(worker, enquiry) or worker.has_role(Role.OUT_OF_HOURS)):
        yield NOT_YOURS


def _is_mine(worker: User, enquiry: Enquiry) -> bool:
    """Whether they work on it: asked of the database once, however many policies ask."""
    known: dict[int, bool] = enquiry.__dict__.setdefault("_is_mine", {})
    if worker.pk not in known:
        mine = worker.pk == enquiry.co_worker_id or works_on(worker, enquiry.task)
        known[worker.pk] = mine
    return known[worker.pk]


@policy("Read a section 47 enquiry", subject=Enquiry, roles=RECORD_READERS)
def enquiry(_worker: User, _enquiry: Enquiry) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()


@policy("Write a section 47 enquiry", subject=Enquiry, roles=QUALIFIED)
def write_enquiry(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """The registered social workers on it."""
    yield from _being_made(enquiry)
    yield from not_on_it(worker, enquiry)
    yield from not_registered(worker)


@policy("Record what was found out in an enquiry", subject=Enquiry, roles=AT_NIGHT)
def find_out(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """The social workers on it, and whoever is on duty at night."""
    yield from _being_made(enquiry)
    yield from not_on_it(worker, enquiry)


@policy("Record what an agency said in an enquiry", subject=EnquiryCheck, roles=AT_NIGHT)
def answer_check(worker: User, check: EnquiryCheck) -> Iterator[str]:
    """The social workers on it, and whoever is on duty at night."""
    yield from _being_made(check.enquiry)
    yield from not_on_it(worker, check.enquiry)


@policy("Record what came of a medical", subject=MedicalExamination, roles=AT_NIGHT)
def record_medical(worker: User, medical: MedicalExamination) -> Iterator[str]:
    """The social workers on it, and whoever is on duty at night."""
    yield from _being_made(medical.enquiry)
    yield from not_on_it(worker, medical.enquiry)


@policy("Record where children sleep in an enquiry", subject=Enquiry, roles=(*AT_NIGHT, *MANAGERS))
def record_nights(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """The social workers on it, managers, and whoever is on duty at night."""
    if enquiry.state not in (EnquiryState.IN_PROGRESS, EnquiryState.SUBMITTED):
        yield "This enquiry is finished"
    if not worker.has_role(*MANAGERS):
        yield from not_on_it(worker, enquiry)


@policy("Say who leads an enquiry", subject=Enquiry, roles=MANAGERS)
def assign_enquiry(_worker: User, enquiry: Enquiry) -> Iterator[str]:
    """A manager."""
    yield from _being_made(enquiry)


@policy("Send an enquiry to a manager", subject=Enquiry, roles=QUALIFIED)
def submit_enquiry(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """The social worker who leads it, or works on it with them."""
    yield from _being_made(enquiry)
    lead = enquiry.task.worker_id if enquiry.task else None
    if worker.pk not in {lead, enquiry.co_worker_id}:
        yield "The worker who leads this enquiry sends it to a manager"


@policy("Decide on an enquiry", subject=Enquiry, roles=MANAGERS)
def decide_enquiry(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """A registered manager who had no part in it authorises it, or returns it."""
    if enquiry.state != EnquiryState.SUBMITTED:
        yield "This is not waiting to be authorised"
    if enquiry.task and (why := why_not_sign_off(enquiry.task, worker)):
        yield why
    yield from not_registered(worker)


@policy("Agree that there is no conference", subject=Enquiry, roles=SENIOR)
def agree_no_conference(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """A service manager who had no part in it, where harm was found."""
    if enquiry.state not in (EnquiryState.IN_PROGRESS, EnquiryState.SUBMITTED):
        yield "This enquiry is finished"
    if enquiry.task and worker.pk in enquiry.task.worked_by:
        yield "You did some of this work, so someone else must agree it"


@policy("Cancel an enquiry", subject=Enquiry, roles=MANAGERS)
def cancel_enquiry(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """A registered manager, with the reason."""
    yield from _being_made(enquiry)
    yield from not_registered(worker)


@policy(
    "Record that the family and agencies were told",
    subject=Enquiry,
    roles=(*QUALIFIED, *MANAGERS, Role.BUSINESS_SUPPORT),
)
def record_told(_worker: User, enquiry: Enquiry) -> Iterator[str]:
    """When the outcome has been authorised."""
    if enquiry.state != EnquiryState.AUTHORISED:
        yield "The outcome has not been authorised yet"


@policy(
    "See the open enquiries",
    subject=None,
    roles=(*PRACTITIONERS, *MANAGERS, Role.OUT_OF_HOURS, Role.DIRECTOR, Role.AUDITOR),
)
def enquiries(_worker: User, _subject: None) -> Iterator[str]:
    """Whoever works with the teams. The database leaves out children kept from the worker."""
    yield from ()
