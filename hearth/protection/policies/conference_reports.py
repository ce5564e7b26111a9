"""Who writes the reports to a conference, asks agencies for theirs, and reads them."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, QUALIFIED, RECORD_READERS
from hearth.casework.actions.sign_off import why_not_sign_off
from hearth.plans.models import CONFERENCES, MeetingKind, MeetingMember
from hearth.protection.actions.agency_reports import why_not_ask
from hearth.protection.models import Conference, ConferenceReport, ReportState
from hearth.protection.policies.conference import SERVICE, booked, of_a_conference, to_come
from hearth.protection.policies.strategy import not_registered

ASKS = (*SERVICE, *QUALIFIED, *MANAGERS)


@policy("Read the reports to a conference", subject=Conference, roles=RECORD_READERS)
def conference_reports(_user: User, _conference: Conference) -> Iterator[str]:
    """Whoever opens children's records: what agencies sent, and what is still to come."""
    yield from ()


@policy("Ask an agency for its report", subject=MeetingMember, roles=ASKS)
def ask_for_report(_user: User, member: MeetingMember) -> Iterator[str]:
    """The chair, the note taker, the social worker or a manager, until the conference begins."""
    yield from of_a_conference(member.meeting)
    if member.meeting.kind in CONFERENCES and (why := why_not_ask(member)):
        yield why


@policy(
    "Record when the family had the reports",
    subject=Conference,
    roles=ASKS,
)
def record_reports_shared(_user: User, conference: Conference) -> Iterator[str]:
    """Whoever shares them, until the conference is stood down."""
    if conference.meeting.cancelled_at is not None:
        yield "This conference was stood down"


@policy("Read the social worker's report", subject=Conference, roles=RECORD_READERS)
def conference_report(_user: User, _conference: Conference) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()


@policy("Write the report to a conference", subject=Conference, roles=QUALIFIED)
def write_report(_user: User, conference: Conference) -> Iterator[str]:
    """A social worker, until it is with a manager."""
    yield from booked(conference)
    yield from _not_being_written(conference)


@policy("Send the report to a manager", subject=Conference, roles=QUALIFIED)
def submit_report(user: User, conference: Conference) -> Iterator[str]:
    """A registered social worker, who reads it as the family will first."""
    yield from booked(conference)
    yield from _not_being_written(conference)
    yield from not_registered(user)


@policy("Authorise the report to a conference", subject=Conference, roles=MANAGERS)
def decide_report(user: User, conference: Conference) -> Iterator[str]:
    """A registered manager who wrote none of it."""
    yield from to_come(conference)
    report = _report(conference)
    if report is None or report.state != ReportState.SUBMITTED:
        yield "This is not waiting to be authorised"
    elif report.task is not None and (why := why_not_sign_off(report.task, user)):
        yield why
    yield from not_registered(user)


@policy(
    "Add a brother or sister to a review",
    subject=Conference,
    roles=ASKS,
)
def add_to_review(_user: User, conference: Conference) -> Iterator[str]:
    """The conference service, the social worker or a manager, until its decisions are issued."""
    yield from to_come(conference)
    if conference.meeting.kind != MeetingKind.REVIEW_CONFERENCE:
        yield "An initial conference is about the children its enquiry named"


def _report(conference: Conference) -> ConferenceReport | None:
    return getattr(conference, "report", None)


def _not_being_written(conference: Conference) -> Iterator[str]:
    report = _report(conference)
    if report is None:
        yield "This report is asked for when the conference is booked"
    elif report.state == ReportState.SUBMITTED:
        yield "This is with a manager. It can be changed if they return it"
    elif report.state == ReportState.AUTHORISED:
        yield "This report has been authorised, so it no longer changes"
