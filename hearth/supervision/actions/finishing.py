"""Finishing the record of a session, and signing it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework.actions import complete, still_here
from hearth.lib.dates import add_months, in_words
from hearth.lib.errors import CannotDo
from hearth.supervision.actions.sessions import plan_next, take_session, task_of
from hearth.supervision.models import Personal, Session
from hearth.supervision.models.sessions import MEETS_THE_DUTY
from hearth.supervision.rules import LONGEST_GAP, why_not_supervise


@transaction.atomic
def finish_session(
    *,
    session: Session,
    reflection: str,
    challenge: str = "",
    learning: str = "",
    wellbeing: str = "",
    next_on: date,
    late_reason: str = "",
    by: User,
) -> Session:
    """Finish the record of a session and sign it as its supervisor; the next one is planned.

    `wellbeing` stays between the two. The worker is asked to sign.
    """
    session = take_session(session)
    _check_may_finish(session, by)
    if not reflection:
        raise CannotDo("Say what you reflected on together")
    _check_next(session, next_on)
    session.reflection, session.challenge, session.learning = reflection, challenge, learning
    session.next_on, session.finished_at, session.finished_by = next_on, timezone.now(), by
    session.save()
    if wellbeing:
        Personal.objects.create(
            session=session, worker=session.worker, supervisor=by, wellbeing=wellbeing
        )
    _meet_the_duty(session, next_on, late_reason, by)
    notify(
        to=session.worker,
        text=f"{by} has written up your supervision. Read it and sign it",
        page=f"/supervision/sessions/{session.pk}/",
        subject=session,
        by=by,
    )
    trail.record("Finished and signed a supervision session", session, by=by)
    return session


@transaction.atomic
def sign_session(*, session: Session, comment: str = "", by: User) -> Session:
    """Sign the record of one's own supervision, with what one sees otherwise or would add."""
    session = take_session(session)
    if session.worker_id != by.pk:
        raise CannotDo("Only the worker whose supervision this was signs it")
    if session.finished_at is None:
        raise CannotDo("This supervision has not been written up yet")
    if session.signed_at is not None:
        raise CannotDo("You have signed this already")
    session.signed_at, session.signed_by, session.comment = timezone.now(), by, comment
    session.save(update_fields=["signed_at", "signed_by", "comment"])
    if comment:
        notify(
            to=session.supervisor,
            text=f"{by} signed their supervision, and added something",
            page=f"/supervision/sessions/{session.pk}/",
            subject=session,
            by=by,
        )
    trail.record("Signed a supervision session", session, by=by)
    return session


def _check_may_finish(session: Session, by: User) -> None:
    if session.held_on is None:
        raise CannotDo("This supervision has not been held")
    if session.finished_at is not None:
        raise CannotDo("This supervision is finished and signed already")
    if why := why_not_write_up(session, by):
        raise CannotDo(why)
    if why := why_not_supervise(by, session.worker, on=session.held_on):
        raise CannotDo(why)


def why_not_write_up(session: Session, by: User) -> str | None:
    """Why somebody else writes this session up: whoever held it does, unless they have left."""
    held_by = session.supervisor
    if held_by.pk != by.pk and still_here(held_by) is not None:
        return f"{held_by} held this supervision, and writes it up"
    return None


def _check_next(session: Session, next_on: date) -> None:
    today = timezone.localdate()
    if session.held_on is not None and next_on <= session.held_on:
        raise CannotDo("The next supervision comes after this one. Check the date")
    if next_on > add_months(today, LONGEST_GAP):
        raise CannotDo(f"{in_words(next_on)} is more than a year away. Check the year")


def _meet_the_duty(session: Session, next_on: date, late_reason: str, by: User) -> None:
    """Take this session off the list, and plan the next unless one is planned already."""
    if (task := task_of(session)) is not None:
        complete(
            task,
            outcome="held",
            on=session.held_on or timezone.localdate(),
            late_reason=late_reason,
            opens_next=False,
            by=by,
        )
    planned = Session.objects.of(session.worker).planned()
    if session.kind in MEETS_THE_DUTY and not planned.exists():
        plan_next(session.worker.staff, planned_on=next_on, by=by)
