"""What a page about one contact shows of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.casework.process import Step
from hearth.front_door import policies, process
from hearth.front_door.actions.routing import decision_makers
from hearth.front_door.models import (
    AdviceRequest,
    Contact,
    ContactChild,
    ContactDecision,
    ContactDecisionChild,
    Feedback,
    Referral,
    ReferralChild,
    ReportedChild,
    StepNote,
    ThirdContactPrompt,
)
from hearth.front_door.pages.history import Known, known_of
from hearth.front_door.pages.queue import age_in_words, colour_of, time_left
from hearth.people.models import Person


@dataclass(frozen=True, slots=True)
class Prompt:
    """That contacts about a child repeat, and what was made of it."""

    child: Person
    count: int
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A contact as every page about it shows it."""

    contact: Contact
    children: list[ContactChild]
    prompts: list[Prompt]
    advice: list[AdviceRequest]
    age: str
    due_on: date | None
    left: str
    colour: str
    to_match: bool

    @property
    def people(self) -> list[Person]:
        """The children it is about."""
        return [part.child for part in self.children]

    @property
    def unanswered(self) -> list[Prompt]:
        """The prompts nobody has answered."""
        return [prompt for prompt in self.prompts if prompt.answered_at is None]


def facts_of(contact: Contact, *, now: datetime, step: Step | None = None) -> Facts:
    """What a page about a contact shows, with when `step` is due. Two queries.

    The contact's workers, its prompts and its due date are read with its children.
    """
    main = process.DECIDE_CONTACT if contact.screened_at else process.SCREEN_CONTACT
    children = _children(contact, step or main)
    first: Any = children[0] if children else None
    due_on: date | None = first.due_on if first else None
    advice = contact.advice.select_related("asked_by", "answered_by")
    return Facts(
        contact=first.contact if first else contact,
        children=children,
        prompts=[prompt for part in children if (prompt := _prompt(part))],
        advice=list(advice.order_by("asked_at")),
        age=age_in_words(contact.received_at, now),
        due_on=due_on,
        left=time_left(due_on, now) if due_on else "",
        colour=colour_of(due_on, timezone.localtime(now).date()),
        to_match=first is None or first.to_match,
    )


def _children(contact: Contact, step: Step) -> list[ContactChild]:
    waiting = Task.objects.outstanding().of_step(step).filter(record_id=OuterRef("contact"))
    prompts = ThirdContactPrompt.objects.filter(
        contact=OuterRef("contact"), child=OuterRef("child")
    )
    return list(
        contact.children.select_related(
            "child", "contact__recorded_by", "contact__screened_by", "contact__acknowledged_by"
        )
        .select_related("contact__withdrawn_by", "contact__team")
        .annotate(
            due_on=Subquery(waiting.values("due_on")[:1]),
            to_match=Exists(ReportedChild.objects.filter(contact=OuterRef("contact"), child=None)),
            prompted=ArraySubquery(
                prompts.values(
                    json=JSONObject(
                        count="count",
                        answer="answer",
                        at="answered_at",
                        first="answered_by__first_name",
                        last="answered_by__last_name",
                    )
                )
            ),
        )
        .order_by("pk")
    )


def _prompt(part: Any) -> Prompt | None:
    for row in part.prompted:
        at = row["at"]
        return Prompt(
            part.child,
            row["count"],
            row["answer"],
            f"{row['first'] or ''} {row['last'] or ''}".strip(),
            datetime.fromisoformat(at) if at else None,
        )
    return None


def managers_for(contact: Contact, worker: User, *, today: date) -> list[User]:
    """The managers who could decide a contact this worker screens."""
    taken_part: set[int | None] = {worker.pk, contact.recorded_by_id}
    return decision_makers(contact.team, on=today, but_not=taken_part)


@dataclass(frozen=True, slots=True)
class ChildsHistory:
    """Every contact and referral about one child, the latest first."""

    contacts: list[tuple[ContactChild, str]]
    referrals: list[ReferralChild]


def history_of(child: Person) -> ChildsHistory:
    """A child's contacts, with what was decided for them, and their referrals. Three queries."""
    decided = ContactDecisionChild.objects.filter(child=child, decision__superseded_by=None)
    outcomes = {
        part.decision.contact_id: part.get_outcome_display()
        for part in decided.select_related("decision")
    }
    parts = ContactChild.objects.filter(child=child, contact__withdrawn_at=None)
    referrals = ReferralChild.objects.filter(child=child).select_related("referral", "episode")
    return ChildsHistory(
        [
            (part, outcomes.get(part.contact_id, "Not decided yet"))
            for part in parts.select_related("contact").order_by("-contact__received_at")
        ],
        list(referrals.order_by("-referral__received_on", "-pk")),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about a contact, with each child's part and what the referrer was told."""

    decision: ContactDecision
    parts: list[ContactDecisionChild]
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class ContactPage:
    """Everything about one contact, for whoever reads it."""

    facts: Facts
    known: list[Known]
    reported: list[ReportedChild]
    decisions: list[Decided]
    referrals: list[Referral]
    notes: list[StepNote]
    tasks: list[Task]
    refusals: dict[str, list[str]]


def contact_page(contact: Contact, worker: User, *, now: datetime) -> ContactPage:
    """A contact's own page: what was told, what was done, and what may be done next."""
    today = timezone.localtime(now).date()
    facts = facts_of(contact, now=now)
    tasks = _tasks_of(contact)
    shown = {
        "withdraw": policies.withdraw_contact,
        "reopen": policies.reopen_contact,
        "advice": policies.ask_advice,
    }
    return ContactPage(
        facts=facts,
        known=known_of(facts.people, today=today, but_not=contact.pk),
        reported=list(contact.reported.select_related("child")),
        decisions=_decisions(contact),
        referrals=list(contact.referrals.order_by("-pk")),
        notes=[task.front_door_note for task in tasks if hasattr(task, "front_door_note")],
        tasks=[task for task in tasks if task.done_at is None],
        refusals={name: policy.refusals(worker, contact) for name, policy in shown.items()},
    )


def _tasks_of(contact: Contact) -> list[Task]:
    keys = [step.key for step in process.CONTACTS.steps if step != process.FEEDBACK]
    return list(
        Task.objects.filter(step_key__in=keys, record_id=contact.pk, cancelled_at=None)
        .select_related("worker", "team", "front_door_note__written_by")
        .order_by("due_on", "pk")
    )


def _decisions(contact: Contact) -> list[Decided]:
    """Each decision, the latest first, with its parts and its letter. One query."""
    parts = (
        ContactDecisionChild.objects.filter(decision__contact=contact)
        .select_related("child", "decision__decided_by", "decision__threshold_document")
        .select_related("decision__feedback__sent_by")
        .order_by("-decision", "pk")
    )
    found: dict[int, Decided] = {}
    for part in parts:
        decision = part.decision
        letter = getattr(decision, "feedback", None)
        found.setdefault(decision.pk, Decided(decision, [], letter)).parts.append(part)
    return list(found.values())
