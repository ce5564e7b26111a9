"""Screening a contact, and what is done while it is screened."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions import complete, open_next
from hearth.casework.models import Task
from hearth.front_door import policies, process, rules
from hearth.front_door.actions import checks, story
from hearth.front_door.actions.contacts import consent_answers, open_harm_step
from hearth.front_door.actions.routing import decision_makers
from hearth.front_door.models import AdviceRequest, Contact, ContactOutcome, StepNote
from hearth.lib.errors import CannotDo
from hearth.people.models import Person


@transaction.atomic
def screen_contact(
    *,
    contact: Contact,
    concerns: Sequence[str],
    consent: str,
    rationale: str,
    recommended_threshold: str,
    recommended_outcome: str = "",
    lawful_basis: str = "",
    consent_note: str = "",
    risk_score: int | None = None,
    third_contact_answer: str = "",
    decision_maker: User | None = None,
    late_reason: str = "",
    at: datetime,
    by: User,
) -> Contact:
    """Say what the contact amounts to and what is recommended, and send it to a manager."""
    contact, day = checks.locked(contact), checks.day_of(at)
    checks.allowed(policies.screen_contact, by, contact)
    task = checks.waiting(process.SCREEN_CONTACT, contact.pk)
    if task is None:
        raise CannotDo("This contact has already been screened and sent to a manager")
    children = _matched_children(contact)
    given = {"consent": consent, "lawful_basis": lawful_basis, "consent_note": consent_note}
    for name, value in consent_answers(given, day).items():
        setattr(contact, name, value)
    if contact.consent != "given" and not contact.lawful_basis:
        raise CannotDo("The family has not agreed, so give the lawful reason for going on")
    contact.concerns = checks.codes("contact_concern", concerns, on=day)
    contact.significant_harm |= rules.suggests_harm(contact.concerns)
    contact.domestic_abuse = not rules.DOMESTIC_ABUSE.isdisjoint(contact.concerns)
    contact.risk_score = risk_score if risk_score is not None else contact.risk_score
    contact.screening_rationale = checks.words(
        rationale, "Your reasons", needed="Give your reasons for what you recommend"
    )
    contact.recommended_threshold = checks.code(
        "threshold_level", recommended_threshold, on=day, needed="Recommend a level of need"
    )
    contact.recommended_outcome = checks.one_of(ContactOutcome, recommended_outcome)
    contact.screened_at, contact.screened_by = at, by
    contact.save(update_fields=SCREENED)
    trail.record("Screened a contact", contact, by=by)
    if third_contact_answer:
        answer_third_contact(contact=contact, answer=third_contact_answer, at=at, by=by)
    _send_to_manager(contact, task, children, decision_maker, late_reason, at, by)
    return contact


SCREENED = (
    "consent",
    "lawful_basis",
    "consent_note",
    "concerns",
    "significant_harm",
    "domestic_abuse",
    "risk_score",
    "screening_rationale",
    "recommended_threshold",
    "recommended_outcome",
    "screened_at",
    "screened_by",
)


def _matched_children(contact: Contact) -> list[Person]:
    unmatched = contact.reported.filter(child=None).first()
    if unmatched is not None:
        raise CannotDo(f"Say whose record {unmatched} is before the contact is screened")
    return list(Person.objects.filter(contact_parts__contact=contact))


def _send_to_manager(
    contact: Contact,
    task: Task,
    children: Sequence[Person],
    decision_maker: User | None,
    late_reason: str,
    at: datetime,
    by: User,
) -> None:
    day = checks.day_of(at)
    makers = decision_makers(contact.team, on=day, but_not={by.pk, contact.recorded_by_id})
    if decision_maker is not None and decision_maker not in makers:
        raise CannotDo(
            f"{decision_maker} cannot decide this contact. Choose a registered manager of the "
            "front door who neither recorded nor screened it"
        )
    complete(
        task, outcome="sent_to_manager", on=day, by=by, late_reason=late_reason, opens_next=False
    )
    open_next(
        task,
        trigger=contact.received_at,
        outcome="sent_to_manager",
        children=children,
        worker=decision_maker or next(iter(makers), None),
        team=contact.team,
        by=by,
    )
    if contact.significant_harm:
        open_harm_step(contact, children, by)
        story.weigh_as_harm(contact, by=by)


@transaction.atomic
def answer_third_contact(*, contact: Contact, answer: str, at: datetime, by: User) -> None:
    """Say what three contacts or more in twelve months add up to, for every child prompted."""
    contact = checks.locked(contact)
    checks.allowed(policies.answer_third_contact, by, contact)
    text = checks.words(
        answer, "Your answer", needed="Say what these contacts add up to, taken together"
    )
    waiting = contact.prompts.filter(answered_at=None)
    if not waiting.exists():
        raise CannotDo("There is nothing waiting to be answered about repeated contacts")
    waiting.update(answer=text, answered_at=at, answered_by=by)
    trail.record("Answered a third-contact prompt", contact, by=by)


@transaction.atomic
def consider_harm(
    *, contact: Contact, safety_now: str, late_reason: str = "", at: datetime, by: User
) -> None:
    """Record, the same day, a manager's thought on signs of significant harm."""
    contact = checks.locked(contact)
    checks.allowed(policies.consider_harm, by, contact)
    task = checks.waiting(process.CONSIDER_HARM, contact.pk)
    if task is None:
        raise CannotDo("A manager has already considered this")
    contact.safety_now = checks.words(
        safety_now, "Your answer", needed="Say what keeps the children safe until it is decided"
    )
    contact.save(update_fields=["safety_now"])
    complete(task, outcome="considered", on=checks.day_of(at), by=by, late_reason=late_reason)
    trail.record("Considered signs of significant harm", contact, by=by)


@transaction.atomic
def acknowledge_out_of_hours(
    *, contact: Contact, acknowledgement: str, late_reason: str = "", at: datetime, by: User
) -> None:
    """Record that the day service has taken up what the out-of-hours service took."""
    contact = checks.locked(contact)
    checks.allowed(policies.acknowledge_out_of_hours, by, contact)
    task = checks.waiting(process.ACKNOWLEDGE_OUT_OF_HOURS, contact.pk)
    if task is None or contact.acknowledged_at is not None:
        raise CannotDo("This has already been acknowledged")
    contact.acknowledgement = checks.words(
        acknowledgement, "Your answer", needed="Say what the day service will do"
    )
    contact.acknowledged_at, contact.acknowledged_by = at, by
    contact.save(update_fields=["acknowledgement", "acknowledged_at", "acknowledged_by"])
    complete(task, outcome="acknowledged", on=checks.day_of(at), by=by, late_reason=late_reason)
    trail.record("Acknowledged an out-of-hours contact", contact, by=by)


@transaction.atomic
def read_contact(
    *, contact: Contact, will_do: str, late_reason: str = "", at: datetime, by: User
) -> None:
    """Record that a child's worker has read a contact, and what they will do about it."""
    contact = checks.locked(contact)
    checks.allowed(policies.read_contact, by, contact)
    waiting = Task.objects.outstanding().of_step(process.READ_CONTACT).filter(record_id=contact.pk)
    task = waiting.filter(worker=by).first() or waiting.first()
    if task is None:
        raise CannotDo("This has already been read and answered")
    text = checks.words(will_do, "Your answer", needed="Say what you will do about it")
    StepNote.objects.create(
        task=task, contact=contact, about=task.about, text=text, written_at=at, written_by=by
    )
    complete(task, outcome="read", on=checks.day_of(at), by=by, late_reason=late_reason)
    trail.record("Read a contact about a child they work with", contact, by=by)


@transaction.atomic
def ask_advice(
    *, contact: Contact, agency: str, asked_of: str, question: str, asked_at: datetime, by: User
) -> AdviceRequest:
    """Record a question put to a specialist, and when."""
    contact = checks.locked(contact)
    checks.allowed(policies.ask_advice, by, contact)
    day = checks.day_of(checks.past(asked_at, "The time you asked"))
    if asked_at < contact.received_at:
        raise CannotDo("Advice cannot have been asked before the contact was received")
    request = AdviceRequest.objects.create(
        contact=contact,
        about=contact.about,
        agency=checks.code("agency_type", agency, on=day, needed="Say what kind of adviser it was"),
        asked_of=checks.line(asked_of, "The name") or "Duty adviser",
        question=checks.words(question, "The question", needed="Say what you asked"),
        asked_at=asked_at,
        asked_by=by,
    )
    trail.record("Asked a specialist about a contact", request, by=by)
    return request


@transaction.atomic
def answer_advice(*, request: AdviceRequest, answer: str, answered_at: datetime, by: User) -> None:
    """Record what a specialist said, and when."""
    request = AdviceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    checks.allowed(policies.ask_advice, by, request.contact)
    if request.answered_at is not None:
        raise CannotDo("This has already been answered")
    checks.past(answered_at, "The time they answered")
    if answered_at < request.asked_at:
        raise CannotDo("They cannot have answered before they were asked")
    request.answer = checks.words(answer, "The answer", needed="Say what they answered")
    request.answered_at, request.answered_by = answered_at, by
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    trail.record("Recorded a specialist's advice on a contact", request, by=by)
