"""Who may ask for a conference, arrange it, chair it and send what it decided."""

from collections.abc import Iterator

from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import (
    INDEPENDENT,
    MANAGERS,
    QUALIFIED,
    RECORD_READERS,
    SENIOR,
    Role,
)
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.plans.models import (
    CONFERENCES,
    Distribution,
    Meeting,
    MeetingMember,
    MeetingRoom,
)
from hearth.protection.models import Conference
from hearth.protection.process import (
    INITIAL_CONFERENCE,
    REQUEST_CONFERENCE,
    REVIEW_CONFERENCE,
)
from hearth.protection.rules.conference import ASKED_BY_ENQUIRY, REVIEW_IS_MOVED

SERVICE = (*INDEPENDENT, Role.BUSINESS_SUPPORT)
SENDERS = (*SERVICE, *QUALIFIED, *MANAGERS)
SEES_THE_LIST = (*SENDERS, Role.DIRECTOR, Role.PRINCIPAL_SOCIAL_WORKER, Role.AUDITOR)
DECIDED = "The decisions of this conference have been issued"
STOOD_DOWN = "This conference was stood down"
NOT_DECIDED = "The decisions have not been issued yet"


def of_a_conference(meeting: Meeting) -> Iterator[str]:
    """Refuse a meeting that is none."""
    if meeting.kind not in CONFERENCES:
        yield "This is not about a conference"


def to_come(conference: Conference) -> Iterator[str]:
    """Refuse one that has decided or was stood down."""
    if conference.decided_at is not None:
        yield DECIDED
    elif conference.meeting.cancelled_at is not None:
        yield STOOD_DOWN


def booked(conference: Conference) -> Iterator[str]:
    """Refuse one that has no day yet, or is over."""
    yield from to_come(conference)
    if conference.meeting.planned_from is None:
        yield "This conference has not been booked yet"


@policy("See the list of conferences", subject=None, roles=SEES_THE_LIST)
def conferences(_user: User, _nothing: None) -> Iterator[str]:
    """Whoever arranges, chairs or comes to them. Children kept from the worker are left out."""
    yield from ()


@policy("See a chair's diary", subject=None, roles=(*SERVICE, *MANAGERS))
def chair_diary(_user: User, _nothing: None) -> Iterator[str]:
    """Whoever arranges conferences, and managers."""
    yield from ()


@policy("Keep the list of meeting rooms", subject=None, roles=SERVICE)
def rooms(_user: User, _nothing: None) -> Iterator[str]:
    """Business support and the chairs, who book them."""
    yield from ()


@policy("Take a meeting room off the list", subject=MeetingRoom, roles=SERVICE)
def close_room(_user: User, room: MeetingRoom) -> Iterator[str]:
    """Business support and the chairs, once."""
    if room.closed_on is not None:
        yield "This room is closed already"


@policy("Ask for a child protection conference", subject=Task, roles=MANAGERS)
def request_conference(_user: User, task: Task) -> Iterator[str]:
    """A social work manager decides to convene one (Working Together 2023, chapter 3)."""
    if task.step_key != REQUEST_CONFERENCE.key:
        yield "This task does not ask for a conference"
    if task.done_at or task.cancelled_at:
        yield "This task is no longer waiting to be done"


@policy("Ask for a pre-birth or transfer-in conference", subject=Person, roles=MANAGERS)
def call_conference(_user: User, child: Person) -> Iterator[str]:
    """A social work manager, for a child on record."""
    if not child.is_child_record:
        yield "A conference is about a child on record"
    elif child.is_merged:
        yield "This record was merged into another"


@policy("Go to the conference a task asks for", subject=Task, roles=RECORD_READERS)
def conference_of_task(_user: User, task: Task) -> Iterator[str]:
    """Whoever opens children's records."""
    if task.step_key not in (INITIAL_CONFERENCE.key, REVIEW_CONFERENCE.key):
        yield "This task does not ask for a conference"


@policy("Open a conference", subject=Conference, roles=RECORD_READERS)
def conference(_user: User, _conference: Conference) -> Iterator[str]:
    """Whoever opens children's records reads what was decided about them."""
    yield from ()


@policy("Accept a conference that was asked for", subject=Conference, roles=SERVICE)
def accept_conference(_user: User, conference: Conference) -> Iterator[str]:
    """The conference service, once."""
    yield from to_come(conference)
    if conference.accepted_on is not None:
        yield "This conference was accepted already"


@policy("Book a conference, or move it", subject=Conference, roles=SERVICE)
def book_conference(_user: User, conference: Conference) -> Iterator[str]:
    """Business support and the chairs, until it is held."""
    yield from to_come(conference)


@policy("Say who is asked to a conference", subject=Conference, roles=(*SERVICE, *QUALIFIED))
def invite(_user: User, conference: Conference) -> Iterator[str]:
    """Business support, the chair, and the social worker who knows the family."""
    yield from to_come(conference)


@policy("Change how somebody is asked to a conference", subject=MeetingMember, roles=SERVICE)
def change_invitation(_user: User, member: MeetingMember) -> Iterator[str]:
    """Business support and the chair; the chair alone keeps somebody out."""
    yield from of_a_conference(member.meeting)
    if member.removed_at is not None or member.meeting.held_at is not None:
        yield "This can no longer be changed"


@policy("Record invitations sent", subject=Conference, roles=SERVICE)
def send_invitations(_user: User, conference: Conference) -> Iterator[str]:
    """Business support and the chairs, once it is booked."""
    yield from booked(conference)


@policy("Stand a conference down", subject=Conference, roles=MANAGERS)
def stand_down(user: User, conference: Conference) -> Iterator[str]:
    """A manager, with the reason; a service manager where an enquiry found harm; never a review."""
    yield from to_come(conference)
    if conference.enquiry_id is not None and not user.has_role(*SENIOR):
        yield ASKED_BY_ENQUIRY
    if conference.plan_id is not None:
        yield REVIEW_IS_MOVED


def _chairs(user: User, conference: Conference) -> Iterator[str]:
    yield from booked(conference)
    yield from _is_chair(user, conference)


def _is_chair(user: User, conference: Conference) -> Iterator[str]:
    if conference.meeting.chair_id != user.pk:
        yield "Only its chair does this. To change the chair, book it again"


@policy("Chair a conference and issue its decisions", subject=Conference, roles=INDEPENDENT)
def decide_conference(user: User, conference: Conference) -> Iterator[str]:
    """The chair alone, who is independent of the case, on or after the day it is booked for.

    Once it is issued the action refuses it, and not the door: whoever chaired from another window
    is shown by whom and when it was issued, with all that they typed.
    """
    if conference.decided_at is None:
        yield from _chairs(user, conference)
    else:
        yield from _is_chair(user, conference)


@policy("Call a conference again that was not quorate", subject=Conference, roles=INDEPENDENT)
def reconvene(user: User, conference: Conference) -> Iterator[str]:
    """The chair alone, once it has begun."""
    yield from _chairs(user, conference)
    planned = conference.meeting.planned_from
    if planned is not None and planned > timezone.now():
        yield "This conference has not begun yet"


@policy("Write the record of a conference", subject=Conference, roles=SERVICE)
def write_record(_user: User, conference: Conference) -> Iterator[str]:
    """The note taker and the chair, from when it is booked until the chair approves it."""
    if conference.meeting.cancelled_at is not None:
        yield STOOD_DOWN
    if conference.meeting.planned_from is None:
        yield "This conference has not been booked yet"
    if conference.meeting.approved_at is not None:
        yield "The chair has approved this record, so it no longer changes"


@policy("Approve the record of a conference", subject=Conference, roles=INDEPENDENT)
def approve_record(user: User, conference: Conference) -> Iterator[str]:
    """The chair who held it."""
    if conference.decided_at is None:
        yield NOT_DECIDED
    elif conference.meeting.approved_at is not None:
        yield "The record was approved already"
    if conference.meeting.chair_id != user.pk:
        yield "Only its chair approves the record"


@policy("Read or print what a conference decided", subject=Conference, roles=RECORD_READERS)
def conference_decisions(_user: User, conference: Conference) -> Iterator[str]:
    """Whoever opens children's records, once it is issued."""
    if conference.decided_at is None:
        yield NOT_DECIDED


@policy("Take a conference out on paper", subject=Conference, roles=SENDERS)
def conference_copies(_user: User, conference: Conference) -> Iterator[str]:
    """Whoever sends its papers: the invitation once it is booked, the rest once it is decided."""
    if conference.meeting.cancelled_at is not None:
        yield STOOD_DOWN
    elif conference.meeting.planned_from is None:
        yield "This conference has not been booked yet"


@policy("Send a conference's decisions", subject=Conference, roles=SENDERS)
def send_decisions(_user: User, conference: Conference) -> Iterator[str]:
    """Business support, the chair, the social worker or a manager, once they are issued."""
    if conference.decided_at is None:
        yield NOT_DECIDED


@policy("Send a conference's full record", subject=Conference, roles=SENDERS)
def send_record(_user: User, conference: Conference) -> Iterator[str]:
    """As for the decisions, once the chair has approved it."""
    if conference.decided_at is None:
        yield NOT_DECIDED
    elif conference.meeting.approved_at is None:
        yield "The chair has not approved the record yet"


@policy(
    "Keep a conference's paper from somebody, or let them have it",
    subject=MeetingMember,
    roles=(*MANAGERS, *INDEPENDENT),
)
def keep_from(_user: User, member: MeetingMember) -> Iterator[str]:
    """A manager or the chair, with the reason: it would put somebody at risk, or no longer does."""
    yield from of_a_conference(member.meeting)
    if member.meeting.held_at is None:
        yield "This meeting has not been held"


@policy("Record that a paper arrived, or came back", subject=Distribution, roles=SENDERS)
def mark_received(_user: User, sending: Distribution) -> Iterator[str]:
    """Whoever sends them."""
    yield from of_a_conference(sending.meeting)
    if sending.sent_at is None:
        yield "This was kept back, not sent"
    elif sending.returned_at is not None:
        yield "This came back undelivered"


@policy("See a child's conferences", subject=Person, roles=RECORD_READERS)
def child_conferences(_user: User, _child: Person) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()
