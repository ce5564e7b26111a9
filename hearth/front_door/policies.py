"""Who may record, screen and decide contacts and referrals."""

from collections.abc import Iterator

from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import (
    FRONT_DOOR,
    MANAGERS,
    PRACTITIONERS,
    QUALIFIED,
    RECORD_READERS,
    SENIOR,
    Role,
)
from hearth.casework.models import Allocation, Task
from hearth.front_door.models import Contact, Feedback, NightWatch, Referral, ThresholdDocument
from hearth.people.models import Person
from hearth.workforce.rules import why_not_registered

TAKE_CONTACTS = (*FRONT_DOOR, *PRACTITIONERS, *MANAGERS)
SCREEN = (Role.SCREENING_OFFICER, *QUALIFIED, *MANAGERS)


@policy("See the front-door queue", subject=None, roles=[*FRONT_DOOR, *QUALIFIED, *MANAGERS])
def queue(_worker: User, _subject: None) -> Iterator[str]:
    """Those who take, screen and decide contacts; what is restricted stays out of sight."""
    yield from ()


@policy("Record a contact", subject=None, roles=TAKE_CONTACTS)
def record_contact(_worker: User, _subject: None) -> Iterator[str]:
    """Whoever is told writes it down: qualification is not needed to listen."""
    yield from ()


@policy("Look for the children a contact is about", subject=None, roles=TAKE_CONTACTS)
def start_contact(_worker: User, _subject: None) -> Iterator[str]:
    """Search comes first, so that nobody is put on record twice."""
    yield from ()


@policy("View a contact", subject=Contact, roles=RECORD_READERS)
def contact(_worker: User, _contact: Contact) -> Iterator[str]:
    """As for a child's record."""
    yield from ()


@policy("View a child's contacts and referrals", subject=Person, roles=RECORD_READERS)
def contacts_of_child(_worker: User, _child: Person) -> Iterator[str]:
    """As for a child's record."""
    yield from ()


@policy("Say which child a contact is about", subject=Contact, roles=TAKE_CONTACTS)
def match_child(_worker: User, _contact: Contact) -> Iterator[str]:
    """Whoever takes contacts may find the child's record, or make one."""
    yield from ()


@policy("Screen a contact", subject=Contact, roles=SCREEN)
def screen_contact(_worker: User, _contact: Contact) -> Iterator[str]:
    """A screening officer need not be qualified: they recommend, and a manager decides."""
    yield from ()


@policy("Ask a specialist about a contact", subject=Contact, roles=TAKE_CONTACTS)
def ask_advice(_worker: User, _contact: Contact) -> Iterator[str]:
    """Whoever works on the contact may ask health, housing, domestic abuse or legal advisers."""
    yield from ()


@policy("Answer a third-contact prompt", subject=Contact, roles=SCREEN)
def answer_third_contact(_worker: User, _contact: Contact) -> Iterator[str]:
    """Whoever screens or decides says what they make of the pattern."""
    yield from ()


@policy("Consider signs of significant harm", subject=Contact, roles=MANAGERS)
def consider_harm(worker: User, _contact: Contact) -> Iterator[str]:
    """A registered manager, on the day it is received (Children Act 1989, section 47)."""
    yield from _not_registered(worker)


@policy("Decide a contact", subject=Contact, roles=MANAGERS)
def decide_contact(worker: User, contact: Contact) -> Iterator[str]:
    """A registered manager decides every outcome, no further action among them.

    Never their own work: whoever recorded or screened the contact may not decide it (Working
    Together 2023, chapter 3; the service's rule that nobody authorises what they wrote).
    """
    yield from _not_registered(worker)
    if worker.pk in (contact.recorded_by_id, contact.screened_by_id):
        yield "You recorded or screened this contact, so another manager must decide it"


@policy("Reopen a decided contact", subject=Contact, roles=MANAGERS)
def reopen_contact(worker: User, _contact: Contact) -> Iterator[str]:
    """A registered manager may think again; the earlier decision is kept."""
    yield from _not_registered(worker)


@policy("Withdraw a contact recorded in error", subject=Contact, roles=MANAGERS)
def withdraw_contact(_worker: User, _contact: Contact) -> Iterator[str]:
    """A manager: a contact about the wrong family must not stay on their record as if true."""
    yield from ()


@policy(
    "See out-of-hours contacts not yet acknowledged", subject=None, roles=[*FRONT_DOOR, *MANAGERS]
)
def out_of_hours(_worker: User, _subject: None) -> Iterator[str]:
    """The out-of-hours service sees that its work was taken up; the day service, what waits."""
    yield from ()


@policy(
    "See contacts closed with signs of harm",
    subject=None,
    roles=[*MANAGERS, Role.DIRECTOR, Role.PRINCIPAL_SOCIAL_WORKER],
)
def closed_in_doubt(_worker: User, _subject: None) -> Iterator[str]:
    """Those who answer for thresholds read them each day; what is restricted stays out of sight."""
    yield from ()


@policy("Acknowledge an out-of-hours contact", subject=Contact, roles=MANAGERS)
def acknowledge_out_of_hours(worker: User, contact: Contact) -> Iterator[str]:
    """A manager of the day service, never whoever took the contact."""
    if worker.pk == contact.recorded_by_id:
        yield "You took this contact, so a manager of the day service must acknowledge it"


@policy(
    "Acknowledge a contact about a child you work with",
    subject=Contact,
    roles=[*PRACTITIONERS, *MANAGERS],
)
def read_contact(worker: User, contact: Contact) -> Iterator[str]:
    """The worker whose list it is on, one of the children's workers, or a manager."""
    if worker.has_role(*MANAGERS):
        return
    waiting = Task.objects.filter(
        step_key="front_door.read_contact", record_id=contact.pk, worker=worker
    )
    theirs = Allocation.objects.current().filter(worker=worker, child__in=contact.about)
    if not (waiting.exists() or theirs.exists()):
        yield "You do not work with any of these children"


@policy(
    "Tell a referrer what was decided",
    subject=Feedback,
    roles=[*SCREEN, Role.BUSINESS_SUPPORT],
)
def send_feedback(_worker: User, _feedback: Feedback) -> Iterator[str]:
    """Business support sends letters; what they say was decided by a manager."""
    yield from ()


@policy("Withhold feedback from a referrer", subject=Feedback, roles=MANAGERS)
def withhold_feedback(_worker: User, _feedback: Feedback) -> Iterator[str]:
    """A manager: not telling a referrer is a decision about risk."""
    yield from ()


@policy("View a referral", subject=Referral, roles=RECORD_READERS)
def referral(_worker: User, _referral: Referral) -> Iterator[str]:
    """As for a child's record."""
    yield from ()


@policy("Decide a referral", subject=Referral, roles=MANAGERS)
def decide_referral(worker: User, _referral: Referral) -> Iterator[str]:
    """A registered manager (Working Together 2023, chapter 3)."""
    yield from _not_registered(worker)


@policy("Hand a family over", subject=Task, roles=[*MANAGERS, Role.SCREENING_OFFICER])
def hand_over(worker: User, task: Task) -> Iterator[str]:
    """Whoever the step is done by."""
    if not worker.has_role(*task.step.done_by):
        yield "Your role does not do this"
    if task.step.qualified:
        yield from _not_registered(worker)


@policy("See the threshold documents", subject=None, roles=RECORD_READERS)
def threshold_documents(_worker: User, _subject: None) -> Iterator[str]:
    """They are published."""
    yield from ()


@policy("Publish a threshold document", subject=None, roles=SENIOR)
def publish_threshold_document(_worker: User, _subject: None) -> Iterator[str]:
    """A service manager or the director, once the safeguarding partners have agreed it."""
    yield from ()


@policy("Read a threshold document", subject=ThresholdDocument, roles=RECORD_READERS)
def threshold_document(_worker: User, _document: ThresholdDocument) -> Iterator[str]:
    """They are published."""
    yield from ()


@policy(
    "See the children to keep in mind at night",
    subject=None,
    roles=[*FRONT_DOOR, *PRACTITIONERS, *MANAGERS, Role.DIRECTOR],
)
def night_watches(_worker: User, _subject: None) -> Iterator[str]:
    """Whoever is on duty at night, and those who asked; what is restricted stays out of sight."""
    yield from ()


@policy(
    "Ask the out-of-hours team to keep a child in mind",
    subject=Person,
    roles=[*PRACTITIONERS, *MANAGERS],
)
def ask_for_watch(_worker: User, child: Person) -> Iterator[str]:
    """Whoever works with children by day."""
    if child.merged_into_id is not None:
        yield "This record was merged into another: use that one"
    if not child.is_child_record:
        yield f"{child} has no child's record"


@policy("See what the out-of-hours team was asked", subject=NightWatch, roles=RECORD_READERS)
def night_watch(_worker: User, _watch: NightWatch) -> Iterator[str]:
    """As for a child's record."""
    yield from ()


@policy(
    "Say that a child need no longer be kept in mind at night",
    subject=NightWatch,
    roles=[*PRACTITIONERS, *MANAGERS],
)
def end_watch(_worker: User, watch: NightWatch) -> Iterator[str]:
    """Whoever may ask for it."""
    if not watch.stands_on(max(timezone.localdate(), watch.starts_on)):
        yield "This is over already"


@policy(
    "Record what happened to a child in the night",
    subject=NightWatch,
    roles=[Role.OUT_OF_HOURS, *QUALIFIED, *MANAGERS],
)
def report_night(_worker: User, _watch: NightWatch) -> Iterator[str]:
    """Whoever was on duty; also the morning after the last night."""
    yield from ()


@policy(
    "Say what will be done about a night",
    subject=NightWatch,
    roles=[*PRACTITIONERS, *MANAGERS],
)
def read_night(_worker: User, _watch: NightWatch) -> Iterator[str]:
    """Whoever has the case, or their manager: the day service answers for it."""
    yield from ()


def _not_registered(worker: User) -> Iterator[str]:
    """A qualified act needs a registration that stands today: a policy stands at the door."""
    if why := why_not_registered(worker, on=timezone.localdate()):
        yield why
