"""When a worker is next due supervision, and who may supervise whom."""

from datetime import date

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, SENIOR, SUPERVISED, SUPERVISORS
from hearth.casework.timescales import NATIONAL, TIMESCALES, Due, LocalRules, due
from hearth.lib.dates import add_months, add_weeks, in_words
from hearth.supervision import timescales
from hearth.supervision.models import Discussion, Kind, Session
from hearth.supervision.models.sessions import AWAY
from hearth.workforce.models import Staff
from hearth.workforce.rules import is_employed, manages

YEAR, HALF, FIRST_WEEKS = 12, 6, 6
LONGEST_GAP = 12  # months: a next date beyond this is a slip of the pen


def asye_began(staff: Staff) -> date | None:
    """The day an assessed and supported year began; None where there is none."""
    if staff.asye_until is None:
        return None
    return max(staff.started_on, add_months(staff.asye_until, -YEAR))


def timescale_of(staff: Staff, *, on: date) -> str:
    """The time limit a worker's supervision goes by on a day, by its key.

    A newly qualified worker is supervised weekly for six weeks, fortnightly to six months, and
    then as everybody is (ASYE framework).
    """
    began = asye_began(staff)
    if began is None or not staff.is_asye_on(on):
        return timescales.SESSION.key
    if on < add_weeks(began, FIRST_WEEKS):
        return timescales.ASYE_FIRST.key
    if on < add_months(began, HALF):
        return timescales.ASYE_SECOND.key
    return timescales.SESSION.key


def kind_for(staff: Staff, *, on: date) -> Kind:
    """The kind of session a worker has on a day."""
    return Kind.ASYE if staff.is_asye_on(on) else Kind.ONE_TO_ONE


def session_due(
    staff: Staff,
    *,
    last: date | None,
    away: Session | None = None,
    local: LocalRules = NATIONAL,
) -> Due:
    """When a worker is next due supervision, from the last held or from starting work.

    `away` is a later session not held because they were away: the duty waits for the day then set.
    """
    since = last or staff.started_on
    found = due(TIMESCALES[timescale_of(staff, on=since)], since, local)
    assert found is not None  # noqa: S101 - these limits have no first day
    if away is None or away.not_held not in AWAY or away.next_on is None:
        return found
    if away.next_on <= found.on:
        return found
    said = away.get_not_held_display()
    return Due(away.next_on, f"{said}, so supervision waits until {in_words(away.next_on)}")


def why_not_supervised(worker: User) -> str | None:
    """Why nobody supervises this worker here, in words; None when somebody does."""
    if not worker.has_role(*SUPERVISED):
        return f"{worker}'s role is not one that is supervised here"
    return None


def why_not_supervise(supervisor: User, worker: User, *, on: date) -> str | None:
    """Why one may not supervise the other on a day, in words; None when they may.

    The manager of a worker's team supervises them; a service manager or the director may supervise
    anybody, and alone supervise managers. Nobody supervises themself.
    """
    if supervisor.pk == worker.pk:
        return "Nobody supervises themself"
    if why := why_not_supervised(worker):
        return why
    if not is_employed(worker, on=on):
        return f"{worker} does not work here on {in_words(on)}"
    return _why_not_above(supervisor, worker, on)


def _why_not_above(supervisor: User, worker: User, on: date) -> str | None:
    if not supervisor.has_role(*SUPERVISORS):
        return "Only a manager supervises"
    if supervisor.has_role(*SENIOR):
        return None
    if worker.has_role(*MANAGERS):
        return f"{worker} is a manager, whom a service manager or the director supervises"
    if manages(supervisor, worker, on=on):
        return None
    return f"{worker} is not in a team you manage. Ask their manager or a service manager"


def why_not_withdraw(discussion: Discussion, by: User, *, on: date) -> str | None:
    """Why somebody may not take back a discussion, in words; None when they may.

    Whoever held it may, and whoever supervises its worker now: never the worker themself.
    """
    if by.pk == discussion.worker_id:
        return "Your manager withdraws a discussion of your own case"
    if by.pk == discussion.supervisor_id or by.has_role(*SENIOR):
        return None
    return why_not_supervise(by, discussion.worker, on=on)
