"""Who may ask that a child goes home in an enquiry, agree to it, and record that they did.

Nobody agrees to what they asked for (Lambeth 2017, findings, paragraph 4).
"""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, RECORD_READERS
from hearth.protection.models import Enquiry, HomeRequest, HomeState
from hearth.protection.policies.agreements import SIGNS, WRITERS, not_open
from hearth.protection.policies.enquiries import not_on_it
from hearth.protection.policies.strategy import not_registered


def _not_theirs(worker: User, enquiry: Enquiry) -> Iterator[str]:
    yield from not_open(enquiry)
    if not worker.has_role(*MANAGERS):
        yield from not_on_it(worker, enquiry)


@policy("Ask whether a child may go home", subject=Enquiry, roles=WRITERS)
def ask_return_home(worker: User, enquiry: Enquiry) -> Iterator[str]:
    """The social workers on the enquiry, managers, and whoever is on duty at night."""
    yield from _not_theirs(worker, enquiry)


@policy("Read a request to go home", subject=HomeRequest, roles=RECORD_READERS)
def home_request(_worker: User, _request: HomeRequest) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()


@policy("Agree that a child goes home", subject=HomeRequest, roles=SIGNS)
def decide_return_home(worker: User, request: HomeRequest) -> Iterator[str]:
    """A registered manager who neither asked nor wrote the paper; at night the one on call."""
    yield from not_open(request.enquiry)
    if request.state != HomeState.WAITING:
        yield "This is not waiting for a manager"
    if request.recorded_by_id == worker.pk:
        yield "You asked for this, so another manager must agree"
    paper = request.risk_assessment
    if paper is not None and paper.recorded_by_id == worker.pk:
        yield "You wrote the risk assessment, so another manager must agree"
    yield from not_registered(worker)


@policy("Record that a child went home", subject=HomeRequest, roles=WRITERS)
def record_return_home(worker: User, request: HomeRequest) -> Iterator[str]:
    """Once a manager agreed: the social workers on it, managers, and whoever is on duty."""
    if request.state != HomeState.AGREED:
        yield "No agreement waits for this"
    yield from _not_theirs(worker, request.enquiry)


@policy("Take back a request to go home", subject=HomeRequest, roles=WRITERS)
def take_back_return_home(worker: User, request: HomeRequest) -> Iterator[str]:
    """While it is not settled: the social workers on it, managers, and whoever is on duty."""
    if request.settled_at is not None:
        yield "This is settled"
    yield from _not_theirs(worker, request.enquiry)
