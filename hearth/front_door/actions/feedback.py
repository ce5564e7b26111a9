"""Telling the referrer what was decided."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions import cancel, complete, open_step
from hearth.front_door import policies, process
from hearth.front_door.actions import checks
from hearth.front_door.letters import feedback_text
from hearth.front_door.models import (
    ContactDecision,
    ContactDecisionChild,
    Feedback,
    ReferrerKind,
)
from hearth.lib.errors import CannotDo


def draft_feedback(
    decision: ContactDecision,
    parts: Sequence[ContactDecisionChild],
    *,
    withheld_reason: str,
    at: datetime,
    by: User,
) -> Feedback | None:
    """Draft the referrer's letter from the decision; nobody can be told if they are anonymous."""
    contact = decision.contact
    if contact.referrer_kind == ReferrerKind.ANONYMOUS:
        return None
    outcomes = [(part.child.name, part.outcome) for part in parts]
    feedback = Feedback.objects.create(
        decision=decision,
        contact=contact,
        about=decision.about,
        to_name=contact.referrer_name,
        text=feedback_text(contact, decision, outcomes),
        withheld_reason=checks.words(withheld_reason, "The reason"),
    )
    _drop_earlier(decision, by)
    trail.record("Drafted feedback to a referrer", feedback, by=by)
    if not feedback.withheld_reason:
        open_step(
            process.FEEDBACK,
            children=[part.child for part in parts],
            trigger=checks.day_of(at),
            record_id=feedback.pk,
            team=contact.team,
            by=by,
        )
    return feedback


def _drop_earlier(decision: ContactDecision, by: User) -> None:
    """A letter about a decision since replaced must not go out."""
    before = Feedback.objects.filter(decision=decision.supersedes).first()
    task = checks.waiting(process.FEEDBACK, before.pk) if before else None
    if task is not None:
        cancel(task, reason="The contact was decided again", by=by)


@transaction.atomic
def send_feedback(
    *, feedback: Feedback, text: str, how: str, late_reason: str = "", at: datetime, by: User
) -> None:
    """Record that the referrer was told, how, by whom and in what words."""
    feedback = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    checks.allowed(policies.send_feedback, by, feedback)
    task = checks.waiting(process.FEEDBACK, feedback.pk)
    if feedback.sent_at is not None or task is None:
        raise CannotDo("The referrer has already been told, or the letter has been replaced")
    feedback.text = checks.words(text, "The letter", needed="The letter is empty")
    feedback.how = checks.one_of(Feedback.How, how, needed="Say how the referrer was told")
    feedback.sent_at, feedback.sent_by = checks.past(at, "The time it was sent"), by
    feedback.save(update_fields=["text", "how", "sent_at", "sent_by"])
    complete(task, outcome="sent", on=checks.day_of(at), by=by, late_reason=late_reason)
    trail.record("Told a referrer what was decided", feedback, by=by)


@transaction.atomic
def withhold_feedback(*, feedback: Feedback, reason: str, by: User) -> None:
    """Record why a referrer is not told: telling them would put somebody at more risk."""
    feedback = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    checks.allowed(policies.withhold_feedback, by, feedback)
    task = checks.waiting(process.FEEDBACK, feedback.pk)
    if feedback.sent_at is not None or task is None:
        raise CannotDo("The referrer has already been told, or the letter has been replaced")
    feedback.withheld_reason = checks.words(
        reason, "The reason", needed="Say why the referrer must not be told"
    )
    feedback.save(update_fields=["withheld_reason"])
    cancel(task, reason="The referrer is not to be told", by=by)
    trail.record("Withheld feedback from a referrer", feedback, by=by)
