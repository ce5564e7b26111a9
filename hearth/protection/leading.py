"""Who may lead a section 47 enquiry: an experienced social worker, registered on the day.

Somebody in their assessed and supported year in employment may lead one only beside a social worker
who is not (Working Together to Safeguard Children 2023, chapter 3; local practice).
"""

from datetime import date

from hearth.accounts.models import User
from hearth.accounts.roles import QUALIFIED
from hearth.casework.models import Task
from hearth.protection.models import Enquiry
from hearth.workforce.rules import is_employed, why_not_registered


def why_not_experienced(worker: User, *, on: date) -> str | None:
    """Why this worker may not lead alone, in words; None if they may."""
    if not worker.has_role(*QUALIFIED):
        return f"{worker} is not a social worker, so cannot lead a section 47 enquiry"
    if not is_employed(worker, on=on):
        return f"{worker} does not work here on that day"
    if why := why_not_registered(worker, on=on):
        return why
    if worker.staff.is_asye_on(on):
        return (
            f"{worker} is in their assessed and supported year, so cannot lead this alone: "
            "an experienced social worker must work on it with them"
        )
    return None


def why_not_lead(worker: User | None, co_worker: User | None, *, on: date) -> str | None:
    """Why these two may not lead an enquiry, in words; None if they may."""
    if worker is None:
        return "A manager must say which social worker leads this enquiry"
    why = why_not_experienced(worker, on=on)
    if why is None:
        return None
    is_new = bool(
        worker.has_role(*QUALIFIED)
        and is_employed(worker, on=on)
        and why_not_registered(worker, on=on) is None
    )
    if not is_new or co_worker is None:
        return why
    if co_worker.pk == worker.pk:
        return "Choose two different workers"
    return why_not_experienced(co_worker, on=on)


def why_not_given(task: Task, worker: User, on: date) -> str | None:
    """Why an enquiry may not pass to this worker with its task, in words; None if it may."""
    enquiry = Enquiry.objects.filter(task=task).select_related("co_worker").first()
    why = why_not_lead(worker, enquiry.co_worker, on=on) if enquiry else None
    return f"{why}. Say on the enquiry's page who leads it, and who with them" if why else None
