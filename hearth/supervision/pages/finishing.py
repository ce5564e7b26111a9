"""What the form of a finished session starts with."""

from datetime import date

from hearth.casework.models.local import local_rules
from hearth.casework.timescales import Due
from hearth.lib.dates import is_working_day, next_working_day
from hearth.supervision.actions.sessions import task_of
from hearth.supervision.models import Session
from hearth.supervision.rules import session_due
from hearth.workforce.models import Staff


def known_of(session: Session) -> dict[str, object]:
    """The next session by the usual interval, on a working day."""
    found = session_due(session.worker.staff, last=session.held_on, local=local_rules())
    return {"next_on": working(found.on)}


def lateness_of(session: Session) -> Due | None:
    """When it should have been held, where it was held after that."""
    task = task_of(session)
    if task is None or task.due_on is None or session.held_on is None:
        return None
    return Due(task.due_on, task.because) if session.held_on > task.due_on else None


def usual_next(staff: Staff, *, today: date) -> date:
    """The day by which a worker is next to be supervised; today where that has gone by."""
    held = Session.objects.of(staff.user).meeting_the_duty().held().order_by("-held_on")
    last = held.values_list("held_on", flat=True).first()
    return working(max(session_due(staff, last=last, local=local_rules()).on, today))


def working(day: date) -> date:
    """This day, or the next working one."""
    return day if is_working_day(day) else next_working_day(day)
