"""Asking a manager about a child, and giving the advice on the child's own record."""

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import MANAGERS
from hearth.casework.actions.tasks import complete, open_step, still_here
from hearth.casework.models import Consultation
from hearth.casework.steps import CONSULT, TO_ADVISE_URGENTLY
from hearth.lib.errors import CannotDo
from hearth.lib.text import tidy_text, too_long
from hearth.people.models import Person
from hearth.records.actions import record_oversight
from hearth.workforce.rules import teams_managed_by

LONGEST = 20_000


@transaction.atomic
def ask_manager(
    *, child: Person, question: str, asked_of: User, is_urgent: bool = False, by: User
) -> Consultation:
    """Ask a manager for advice about a child. It stands on their list until somebody answers."""
    question = _words(question, "Say what you want to ask")
    if child.merged_into_id is not None:
        raise CannotDo("This record was merged into another: ask on that one")
    if asked_of.pk == by.pk:
        raise CannotDo("Ask somebody other than yourself")
    if not asked_of.has_role(*MANAGERS) or still_here(asked_of) is None:
        raise CannotDo(f"{asked_of} is not a manager here now. Choose another")
    consultation: Consultation = Consultation.objects.create(
        child=child, question=question, is_urgent=is_urgent, asked_by=by, asked_of=asked_of
    )
    teams = teams_managed_by(asked_of, on=timezone.localdate())
    consultation.task = open_step(
        CONSULT,
        children=[child],
        trigger=timezone.now(),
        record_id=consultation.pk,
        worker=asked_of,
        team=teams[0] if teams else None,
        timescale=TO_ADVISE_URGENTLY.key if is_urgent else "",
        by=by,
    )
    consultation.save(update_fields=["task"])
    what = "needs your advice now" if is_urgent else "asks for your advice"
    _tell(consultation, asked_of, f"{by} {what} about {child}", by)
    trail.record("Asked a manager for advice", consultation, by=by)
    return consultation


@transaction.atomic
def answer_consultation(
    *, consultation: Consultation, answer: str, late_reason: str = "", by: User
) -> Consultation:
    """Give the advice. With the question, it becomes the latest direction on the child's record."""
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    answer = _words(answer, "Say what you advise")
    if consultation.answered_at is not None:
        raise CannotDo(f"{consultation.answered_by} answered this already")
    if consultation.asked_by_id == by.pk:
        raise CannotDo("Nobody answers their own question")
    if not by.has_role(*MANAGERS):
        raise CannotDo("Only a manager gives this advice")
    consultation.answer, consultation.answered_by = answer, by
    consultation.answered_at = timezone.now()
    consultation.save(update_fields=["answer", "answered_at", "answered_by"])
    if consultation.task is not None:
        today = timezone.localdate()
        complete(consultation.task, outcome="advised", on=today, late_reason=late_reason, by=by)
    record_oversight(
        children=[consultation.child],
        text=f"{consultation.asked_by} asked: {consultation.question}\n\nAdvice: {answer}",
        oversight_point="consultation",
        by=by,
    )
    asker, child = consultation.asked_by, consultation.child
    _tell(consultation, asker, f"{by} answered what you asked about {child}", by)
    trail.record("Gave a worker advice", consultation, by=by)
    return consultation


def _words(text: str, needed: str) -> str:
    tidy = tidy_text(text)
    if not tidy:
        raise CannotDo(needed)
    if why := too_long(tidy, LONGEST):
        raise CannotDo(why)
    return tidy


def _tell(consultation: Consultation, to: User, text: str, by: User) -> None:
    page = f"/consultations/{consultation.pk}/"
    notify(to=to, text=text, page=page, subject=consultation, by=by)
