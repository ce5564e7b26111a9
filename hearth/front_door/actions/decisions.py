"""A manager's decision about a contact, and everything that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions import complete, lead_worker, open_next, open_step
from hearth.casework.models import Episode, Task
from hearth.front_door import policies, process
from hearth.front_door.actions import checks, story
from hearth.front_door.actions.contacts import tell_who_works_with_them
from hearth.front_door.actions.feedback import draft_feedback
from hearth.front_door.actions.referrals import Terms, accept_referral, terms_from
from hearth.front_door.actions.screening import answer_third_contact
from hearth.front_door.models import (
    Contact,
    ContactDecision,
    ContactDecisionChild,
    ContactOutcome,
    ReportQuality,
)
from hearth.front_door.models.decisions import OPENS_A_REFERRAL
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.workforce.models import Team


@dataclass(frozen=True, slots=True, kw_only=True)
class ForOneChild:
    """A decision for one child that is not the family's. What is left blank is as the family's."""

    outcome: str = ""
    threshold_level: str = ""
    note: str = ""


@transaction.atomic
def decide_contact(
    *,
    contact: Contact,
    outcome: str,
    threshold_level: str,
    rationale: str,
    exceptions: Mapping[int, ForOneChild] | None = None,
    safety_now: str = "",
    advice_given: str = "",
    report_quality: str = "",
    third_contact_answer: str = "",
    feedback_withheld_reason: str = "",
    late_reason: str = "",
    referred_on: date | None = None,
    primary_need: str = "",
    direction: str = "",
    priority: str = "",
    family_told: bool | None = None,
    family_not_told_reason: str = "",
    team: Team | None = None,
    worker: User | None = None,
    over_limit_reason: str = "",
    at: datetime,
    by: User,
) -> ContactDecision:
    """Decide a contact for all its children, with exceptions, and do what follows at once.

    A referral opens each child's episode. Where a team is named the referral is decided in the same
    step: to be assessed by that team, and by that worker if one is named. The referrer's letter is
    drafted, and whoever must act finds it on their list.
    """
    given = dict(locals())
    contact, task, children = _take(contact, by)
    _answer_what_was_asked(contact, given)
    decision = _write(contact, given, children, by)
    _carry_out(decision, task, given)
    return decision


def _answer_what_was_asked(contact: Contact, given: Mapping[str, Any]) -> None:
    """What several contacts add up to is said before the last of them is decided."""
    if answer := given["third_contact_answer"]:
        answer_third_contact(contact=contact, answer=answer, at=given["at"], by=given["by"])
    if contact.prompts.filter(answered_at=None).exists():
        raise CannotDo("Say what these contacts add up to, taken together, before you decide")


def _carry_out(decision: ContactDecision, task: Task, given: Mapping[str, Any]) -> None:
    """Finish the step, tell the decision in each child's story, and open what follows of it."""
    at, by, late_reason = given["at"], given["by"], given["late_reason"]
    parts = list(decision.children.select_related("child").order_by("pk"))
    complete(
        task,
        outcome=decision.outcome,
        on=checks.day_of(at),
        by=by,
        late_reason=late_reason,
        opens_next=False,
    )
    trail.record("Decided a contact", decision, by=by)
    story.tell_of_decision(decision, parts, by=by)
    _consider_with_it(decision.contact, late_reason, at, by)
    _follow(decision, parts, task, terms_from(given), at, by)
    withheld = given["feedback_withheld_reason"]
    draft_feedback(decision, parts, withheld_reason=withheld, at=at, by=by)


def _take(contact: Contact, by: User) -> tuple[Contact, Task, list[Person]]:
    contact = checks.locked(contact)
    checks.allowed(policies.decide_contact, by, contact)
    task = checks.waiting(process.DECIDE_CONTACT, contact.pk)
    if task is None:
        checks.still_undecided(contact)
        raise CannotDo("This contact has not been screened and sent to a manager yet")
    return contact, task, list(Person.objects.filter(contact_parts__contact=contact).order_by("pk"))


def _write(
    contact: Contact, given: Mapping[str, Any], children: Sequence[Person], by: User
) -> ContactDecision:
    day = checks.day_of(checks.past(given["at"], "The time of the decision"))
    if given["at"] < contact.received_at:
        raise CannotDo("A contact cannot be decided before it was received")
    assert contact.screened_by_id is not None  # noqa: S101 - or it would not wait to be decided
    before = contact.decisions.filter(superseded_by=None).first()
    decision = ContactDecision.objects.create(
        contact=contact,
        about=contact.about,
        outcome=checks.one_of(ContactOutcome, given["outcome"], needed="Choose what is decided"),
        threshold_level=checks.code(
            "threshold_level", given["threshold_level"], on=day, needed="Choose the level of need"
        ),
        threshold_document=checks.edition_on(day),
        rationale=checks.words(given["rationale"], "Your reasons", needed="Give your reasons"),
        safety_now=checks.words(given["safety_now"], "What keeps the children safe"),
        advice_given=checks.words(given["advice_given"], "The advice"),
        report_quality=checks.one_of(ReportQuality, given["report_quality"]),
        decided_at=given["at"],
        decided_by=by,
        screened_by_id=contact.screened_by_id,
        supersedes=before,
    )
    if before is None:
        contact.first_decision = decision
        contact.save(update_fields=["first_decision"])
    _write_parts(decision, given["exceptions"] or {}, children, day)
    return decision


def _write_parts(
    decision: ContactDecision,
    exceptions: Mapping[int, ForOneChild],
    children: Sequence[Person],
    day: date,
) -> None:
    if stray := set(exceptions) - {child.pk for child in children}:
        raise CannotDo(f"{len(stray)} of the children decided on are not on this contact")
    for child in children:
        own = exceptions.get(child.pk, ForOneChild())
        outcome = checks.one_of(ContactOutcome, own.outcome) or decision.outcome
        level = checks.code("threshold_level", own.threshold_level, on=day)
        _check_outcome_fits(outcome, child)
        ContactDecisionChild.objects.create(
            decision=decision,
            child=child,
            outcome=outcome,
            threshold_level=level or decision.threshold_level,
            is_exception=(outcome, level or decision.threshold_level)
            != (decision.outcome, decision.threshold_level),
            note=checks.words(own.note, "Why this child is different"),
        )


def _check_outcome_fits(outcome: str, child: Person) -> None:
    is_open = Episode.objects.open().filter(child=child).exists()
    if outcome == ContactOutcome.REFERRAL and is_open:
        raise CannotDo(
            f"{child}'s case is already open. Pass this to the allocated worker, "
            "or hold a strategy discussion"
        )
    if outcome == ContactOutcome.ALLOCATED and lead_worker(child) is None:
        raise CannotDo(f"{child} has no allocated worker to pass this to")


def _consider_with_it(contact: Contact, late_reason: str, at: datetime, by: User) -> None:
    task = checks.waiting(process.CONSIDER_HARM, contact.pk)
    if task is not None:
        complete(
            task,
            outcome="considered",
            on=checks.day_of(at),
            by=by,
            late_reason=late_reason or "Considered when the contact was decided",
        )


def _follow(
    decision: ContactDecision,
    parts: Sequence[ContactDecisionChild],
    task: Task,
    terms: Terms,
    at: datetime,
    by: User,
) -> None:
    """Open what each outcome leads to, for the children it was decided for."""
    already = _settled_before(decision)
    grouped: dict[str, list[Person]] = {}
    for part in parts:
        if already.get(part.child_id) != part.outcome:
            grouped.setdefault(part.outcome, []).append(part.child)
    accepted = {o: children for o, children in grouped.items() if o in OPENS_A_REFERRAL}
    fresh = {
        o: [c for c in children if not Episode.objects.open().filter(child=c).exists()]
        for o, children in accepted.items()
    }
    if any(fresh.values()):
        accept_referral(decision, fresh, task=task, terms=terms, at=at, by=by)
    for outcome, children in grouped.items():
        if outcome == ContactOutcome.ALLOCATED:
            tell_who_works_with_them(decision.contact, children, by)
        elif outcome != ContactOutcome.REFERRAL:
            open_next(
                task,
                trigger=checks.day_of(at),
                outcome=outcome,
                children=children,
                team=terms.team or decision.contact.team,
                by=by,
            )


def _settled_before(decision: ContactDecision) -> dict[int, str]:
    """What an earlier decision already set going, child by child."""
    if decision.supersedes is None:
        return {}
    before = dict(decision.supersedes.children.values_list("child_id", "outcome"))
    for part in decision.children.select_related("child"):
        earlier = before.get(part.child_id)
        if earlier in OPENS_A_REFERRAL and part.outcome != earlier:
            raise CannotDo(
                f"A referral of {part.child} is already under way. Decide or close that instead"
            )
    return before


@transaction.atomic
def reopen_contact(*, contact: Contact, reason: str, at: datetime, by: User) -> Task:
    """Think again about a decided contact: put it back before a manager, with why."""
    contact = checks.locked(contact)
    checks.allowed(policies.reopen_contact, by, contact)
    if not contact.decisions.exists() or checks.waiting(process.DECIDE_CONTACT, contact.pk):
        raise CannotDo("This contact is still waiting for its first decision")
    why = checks.words(reason, "The reason", needed="Say why this is to be decided again")
    children = list(Person.objects.filter(contact_parts__contact=contact))
    task = open_step(
        process.DECIDE_CONTACT,
        children=children,
        trigger=checks.day_of(at),
        record_id=contact.pk,
        team=contact.team,
        by=by,
    )
    trail.record("Reopened a contact", contact, by=by, reason=why)
    return task
