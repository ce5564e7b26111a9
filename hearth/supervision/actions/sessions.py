"""Planning a session, holding it, and saying why it was not held."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework.actions import cancel, open_step, reassign
from hearth.casework.models import Task
from hearth.lib.dates import add_months, in_words
from hearth.lib.errors import CannotDo
from hearth.supervision import process
from hearth.supervision.models import Absence, Kind, Session
from hearth.supervision.models.sessions import MEETS_THE_DUTY
from hearth.supervision.rules import LONGEST_GAP, kind_for, timescale_of, why_not_supervise
from hearth.workforce.models import Staff


@transaction.atomic
def plan_session(*, staff: Staff, planned_on: date, kind: str = "", by: User) -> Session:
    """Set the day of a worker's next supervision. It stands on the supervisor's list from then."""
    staff = _hold_still(staff)
    _check_may(by, staff, timezone.localdate())
    check_day_to_come(planned_on)
    if (waiting := _planned(staff)) is not None:
        raise CannotDo(
            f"{staff}'s next supervision is already planned for {in_words(waiting.planned_on)}"
        )
    return plan_next(staff, planned_on=planned_on, kind=kind, by=by)


@transaction.atomic
def move_session(*, session: Session, planned_on: date, by: User) -> Session:
    """Hold a planned session on another day. When it was due does not move."""
    session = take_session(session)
    _check_may(by, session.worker.staff, timezone.localdate())
    if not session.is_planned:
        raise CannotDo("This session is no longer planned: it was held, or not held")
    check_day_to_come(planned_on)
    session.planned_on = planned_on
    session.save(update_fields=["planned_on"])
    _tell(session, f"Your supervision is now on {in_words(planned_on)}", by)
    trail.record("Moved a supervision session", session, by=by)
    return session


@transaction.atomic
def hold_session(*, staff: Staff, held_on: date, kind: str = "", by: User) -> Session:
    """Say that a worker's supervision was held, by whom and when. Its record is written next.

    It is the session that was planned where one was; whoever held it is its supervisor.
    """
    staff = _hold_still(staff)
    _check_may(by, staff, held_on)
    _check_held_on(staff, held_on)
    kind = Kind(kind or kind_for(staff, on=held_on))
    session = _planned(staff) if kind in MEETS_THE_DUTY else None
    if session is None:
        session = Session(worker=staff.user, planned_on=held_on)
    session.kind, session.supervisor, session.held_on = kind, by, held_on
    session.save()
    _see_to_task(session, staff, by)
    trail.record("Held supervision", session, by=by)
    return session


@transaction.atomic
def record_not_held(
    *, session: Session, not_held: str, not_held_why: str = "", next_on: date, by: User
) -> Session:
    """Say that a planned session was not held, why, and when it will be instead.

    The duty to supervise stands: it is late all the same, unless the worker was away.
    """
    session = take_session(session)
    staff = session.worker.staff
    _check_may(by, staff, timezone.localdate())
    if not session.is_planned:
        raise CannotDo("This session is no longer planned: it was held, or not held")
    if session.planned_on > timezone.localdate():
        raise CannotDo("This day has not come. Move the session to another day instead")
    reason = _reason(not_held)
    if reason == Absence.OTHER and not not_held_why:
        raise CannotDo("Say why it was not held")
    check_day_to_come(next_on)
    session.not_held, session.not_held_why, session.next_on = reason, not_held_why, next_on
    session.save(update_fields=["not_held", "not_held_why", "next_on"])
    if (task := task_of(session)) is not None:
        cancel(task, reason=f"Not held: {reason.label}", by=by)
    trail.record("Supervision was not held", session, by=by)
    plan_next(staff, planned_on=next_on, by=by)
    return session


@transaction.atomic
def drop_planned(*, worker: User, by: User) -> None:
    """Take a leaver's planned supervision off the list."""
    for session in Session.objects.of(worker).planned().select_for_update(of=("self",)):
        session.not_held = Absence.LEFT
        session.save(update_fields=["not_held"])
        if (task := task_of(session)) is not None:
            cancel(task, reason=Absence.LEFT.label, by=by)
        trail.record("Supervision will not be held: the worker left", session, by=by)


def plan_next(staff: Staff, *, planned_on: date, kind: str = "", by: User) -> Session:
    """Plan a session and put it on the supervisor's list, due by the rule whatever the plan."""
    session: Session = Session.objects.create(
        worker=staff.user,
        supervisor=by,
        kind=kind or kind_for(staff, on=planned_on),
        planned_on=planned_on,
    )
    _open_task(session, staff, by)
    _tell(session, f"Your supervision is on {in_words(planned_on)}", by)
    trail.record("Planned supervision", session, by=by)
    return session


def _reason(said: str) -> Absence:
    if said not in Absence.values or said == Absence.LEFT:
        raise CannotDo("Choose why it was not held")
    return Absence(said)


def take_session(session: Session) -> Session:
    """This session, locked so that only one worker changes it."""
    taken: Session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("worker__staff", "supervisor")
        .get(pk=session.pk)
    )
    return taken


def task_of(session: Session) -> Task | None:
    """The task of a session, while it is to be done."""
    waiting = Task.objects.outstanding().of_step(process.SESSION)
    found: Task | None = waiting.filter(record_id=session.pk).first()
    return found


def check_day_to_come(day: date) -> None:
    """Refuse a plan for a day gone by, or so far off that it must be a slip."""
    today = timezone.localdate()
    if day < today:
        raise CannotDo(f"{in_words(day)} has gone by. Choose a day to come")
    if day > add_months(today, LONGEST_GAP):
        raise CannotDo(f"{in_words(day)} is more than a year away. Check the year")


def _hold_still(staff: Staff) -> Staff:
    """The worker's own row, locked, so that two sessions are never made of one."""
    return Staff.objects.select_for_update(of=("self",)).select_related("user").get(pk=staff.pk)


def _planned(staff: Staff) -> Session | None:
    return Session.objects.of(staff.user).planned().select_for_update(of=("self",)).first()


def _check_may(by: User, staff: Staff, on: date) -> None:
    if why := why_not_supervise(by, staff.user, on=on):
        raise CannotDo(why)


def _check_held_on(staff: Staff, held_on: date) -> None:
    if held_on > timezone.localdate():
        raise CannotDo("Supervision cannot have been held on a day that has not come")
    later = Session.objects.of(staff.user).held().filter(held_on__gte=held_on)
    if (there := later.filter(finished_at=None).first()) is not None:
        raise CannotDo(
            f"Supervision held on {in_words(there.held_on or held_on)} is still to be recorded"
        )


def _see_to_task(session: Session, staff: Staff, by: User) -> None:
    """Let the session stand on the list of whoever held it, where it is one that was due."""
    if session.kind not in MEETS_THE_DUTY:
        return
    task = task_of(session)
    if task is None:
        _open_task(session, staff, by)
    elif task.worker_id != by.pk:
        reassign(task, worker=by, team=None, reason="Held this supervision", by=by)


def _open_task(session: Session, staff: Staff, by: User) -> None:
    held = Session.objects.of(staff.user).meeting_the_duty().held().exclude(pk=session.pk)
    last = held.order_by("-held_on").values_list("held_on", flat=True).first()
    since = last or staff.started_on
    open_step(
        process.SESSION,
        children=[],
        trigger=since,
        record_id=session.pk,
        worker=by,
        family=f"Supervision of {staff}"[:200],
        timescale=timescale_of(staff, on=since),
        by=by,
    )


def _tell(session: Session, text: str, by: User) -> None:
    notify(
        to=session.worker,
        text=text,
        page=f"/supervision/sessions/{session.pk}/",
        subject=session,
        by=by,
    )
