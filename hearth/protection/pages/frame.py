"""What stands round every page of a discussion, an enquiry or a paper: whose it is, and how."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from hearth.accounts.models import User
from hearth.design.components.lists import Place
from hearth.people.models import Person
from hearth.plans.models import MeetingState, Plan
from hearth.protection import policies
from hearth.protection.models import Enquiry, EnquiryState, SafetyAgreement, StrategyDiscussion

MEETING_COLOURS = {
    MeetingState.CALLED: "yellow",
    MeetingState.BOOKED: "blue",
    MeetingState.HELD: "green",
    MeetingState.CANCELLED: "grey",
}
ENQUIRY_COLOURS = {
    EnquiryState.IN_PROGRESS: "blue",
    EnquiryState.SUBMITTED: "yellow",
    EnquiryState.AUTHORISED: "green",
    EnquiryState.CANCELLED: "grey",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The banner and the side of a page."""

    name: str
    state: str
    colour: str
    today: date
    children: Sequence[Person]
    facts: Sequence[tuple[str, str]] = field(default_factory=list)
    places: Sequence[Place] = field(default_factory=list)
    due_on: date | None = None


def strategy_frame(discussion: StrategyDiscussion, current: str, *, today: date) -> Frame:
    """Round the pages of a strategy discussion."""
    meeting = discussion.meeting
    record = reverse("protection:strategy", args=[discussion.pk])
    places = [Place("The discussion", record, is_current=current == "record")]
    if discussion.decided_at is None and meeting.cancelled_at is None:
        hold = reverse("protection:hold_strategy", args=[discussion.pk])
        places.append(Place("Hold and record it", hold, is_current=current == "hold"))
    if discussion.decided_at is not None:
        send = reverse("protection:send_strategy", args=[discussion.pk])
        places.append(Place("Send the record", send, is_current=current == "send"))
    if discussion.enquiry_id is not None:
        enquiry = reverse("protection:enquiry", args=[discussion.enquiry_id])
        places.append(Place("The section 47 enquiry", enquiry))
    waiting = discussion.task if discussion.decided_at is None else None
    return Frame(
        name="Strategy discussion",
        state=MeetingState(meeting.state).label,
        colour=MEETING_COLOURS[meeting.state],
        today=today,
        children=children_of(discussion.about),
        facts=[("Held by", str(meeting.chair))] if meeting.chair else [],
        places=places,
        due_on=waiting.due_on if waiting and meeting.cancelled_at is None else None,
    )


# The pages on which an enquiry is written, and the policy of each.
WRITTEN = (
    ("write", "Write the enquiry", "write_enquiry", policies.write_enquiry),
    ("parents", "Parents and carers", "enquiry_parents", policies.find_out),
    ("agencies", "Agencies", "enquiry_agencies", policies.find_out),
    ("medicals", "Medicals", "enquiry_medicals", policies.find_out),
    ("nights", "Where they sleep", "enquiry_nights", policies.record_nights),
    ("agreements", "Agreements and going home", "enquiry_agreements", policies.write_agreement),
    ("check", "Check and send", "submit_enquiry", policies.submit_enquiry),
)


def enquiry_frame(
    enquiry: Enquiry,
    current: str,
    *,
    worker: User,
    today: date,
    children: Sequence[Person] | None = None,
) -> Frame:
    """Round the pages of a section 47 enquiry: those that this worker may open."""
    whole = reverse("protection:enquiry", args=[enquiry.pk])
    places = [Place("The whole enquiry", whole, is_current=current == "whole")]
    if enquiry.state == EnquiryState.IN_PROGRESS:
        may = {name: policy.allows(worker, enquiry) for _, _, name, policy in WRITTEN}
        places += [
            Place(text, reverse(f"protection:{name}", args=[enquiry.pk]), is_current=current == key)
            for key, text, name, _ in WRITTEN
            if may[name]
        ]
    lead = enquiry.task.worker if enquiry.task else None
    facts = [("Led by", str(lead) if lead else "nobody yet")]
    if enquiry.co_worker:
        facts.append(("With", str(enquiry.co_worker)))
    is_open = enquiry.state in (EnquiryState.IN_PROGRESS, EnquiryState.SUBMITTED)
    return Frame(
        name="Joint section 47 enquiry" if enquiry.joint else "Section 47 enquiry",
        state=EnquiryState(enquiry.state).label,
        colour=ENQUIRY_COLOURS[enquiry.state],
        today=today,
        children=children_of(enquiry.about) if children is None else children,
        facts=facts,
        places=places,
        due_on=enquiry.due_on if is_open else None,
    )


def agreement_frame(agreement: SafetyAgreement, *, today: date) -> Frame:
    """Round the page of a paper that keeps a child safe."""
    state, colour = agreement_state(agreement, today)
    places = [Place("This paper", reverse("protection:agreement", args=[agreement.pk]), True)]  # noqa: FBT003
    if agreement.enquiry_id is not None:
        enquiry = reverse("protection:enquiry", args=[agreement.enquiry_id])
        places.append(Place("The section 47 enquiry", enquiry))
    if agreement.plan_id is not None:
        places.append(Place("The plan", reverse("plans:plan", args=[agreement.plan_id])))
    return Frame(
        name=f"{agreement}, version {agreement.number}",
        state=state,
        colour=colour,
        today=today,
        children=children_of(agreement.about),
        facts=[("Written by", str(agreement.recorded_by))],
        places=places,
    )


def plan_frame(plan: Plan, children: Sequence[Person], *, today: date) -> Frame:
    """Round the page of the papers under a plan."""
    papers = reverse("protection:plan_agreements", args=[plan.pk])
    return Frame(
        name=str(plan),
        state="Agreed" if plan.issued_on else "Being written",
        colour="green" if plan.issued_on else "blue",
        today=today,
        children=children,
        places=[
            Place("The plan", reverse("plans:plan", args=[plan.pk])),
            Place("Agreements under it", papers, True),  # noqa: FBT003
        ],
    )


def agreement_state(agreement: SafetyAgreement, today: date) -> tuple[str, str]:
    """Where a paper stands, in words and in its colour."""
    if agreement.ended_on is not None:
        return "Ended", "grey"
    if agreement.signed_at is None:
        return "No manager has signed it", "red"
    if agreement.review_on < today:
        return "To be looked at again", "orange"
    return "In force", "green"


def children_of(about: Sequence[int]) -> list[Person]:
    """The children a record is about, the eldest first."""
    return list(Person.objects.filter(pk__in=about).order_by("born_on", "pk"))
