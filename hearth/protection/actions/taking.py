"""What every action here begins with: the record, locked, and still in the right state."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.roles import Role
from hearth.casework.models import Task
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.protection.models import Enquiry, EnquiryState, StrategyDiscussion
from hearth.workforce.models import Team
from hearth.workforce.rules import teams_of, why_not_registered

NOT_BEING_MADE = {
    EnquiryState.SUBMITTED: "This is with a manager. It can be changed if they return it",
    EnquiryState.AUTHORISED: "This enquiry has been authorised, so it no longer changes",
    EnquiryState.CANCELLED: "This enquiry was cancelled",
}
CHANGED = (
    "Somebody else has changed this since you opened it. Read what they wrote, then save again"
)


def take_discussion(discussion: StrategyDiscussion) -> StrategyDiscussion:
    """This discussion, locked until the end of the transaction."""
    return (
        StrategyDiscussion.objects.select_for_update(of=("self",))
        .select_related("meeting", "task", "enquiry")
        .get(pk=discussion.pk)
    )


def take_enquiry(enquiry: Enquiry, *, version: int | None = None) -> Enquiry:
    """This enquiry, locked; and as it was read, where that is said."""
    taken = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("task__worker", "task__team", "co_worker")
        .get(pk=enquiry.pk)
    )
    if version is not None and taken.version != version:
        raise CannotDo(CHANGED)
    return taken


def take_being_made(enquiry: Enquiry, *, version: int | None = None) -> Enquiry:
    """This enquiry, locked, and refused unless it may still be changed."""
    taken = take_enquiry(enquiry)
    if taken.state in NOT_BEING_MADE:
        raise CannotDo(NOT_BEING_MADE[taken.state])
    if version is not None and taken.version != version:
        raise CannotDo(CHANGED)
    return taken


def task_of(enquiry: Enquiry) -> Task:
    """The task an enquiry completes. One brought in from a return has none, and is finished."""
    if enquiry.task is None:
        raise CannotDo("This enquiry was brought in from a return, so it cannot be changed here")
    return enquiry.task


def children_of(enquiry: Enquiry) -> list[Person]:
    """The children an enquiry is about, the eldest first."""
    return list(
        Person.objects.filter(enquiry_parts__enquiry=enquiry).order_by("born_on", "pk").distinct()
    )


def child_in(enquiry: Enquiry, child: Person) -> Person:
    """This child, refused unless the enquiry is about them."""
    if child.pk not in enquiry.about:
        raise CannotDo(f"This enquiry is not about {child}")
    return child


def check_role(by: User, roles: Sequence[Role], words: str) -> None:
    """Refuse a worker whose role has gone, or never was."""
    if not by.has_role(*roles):
        raise CannotDo(words)


def check_registered(by: User) -> None:
    """Refuse whoever is not registered as a social worker today."""
    if why := why_not_registered(by, on=timezone.localdate()):
        raise CannotDo(why)


def check_day(day: date | None, enquiry: Enquiry, what: str) -> None:
    """Refuse a day that has not come, or that was before the enquiry began."""
    if day is None:
        return
    if day > timezone.localdate():
        raise CannotDo(f"{what} cannot be on a day that has not come")
    if day < enquiry.started_on:
        raise CannotDo(
            f"{what} cannot be before the enquiry began on {in_words(enquiry.started_on)}"
        )


def check_past(moment: datetime | None, what: str) -> None:
    """Refuse a moment that has not come."""
    if moment is not None and moment > timezone.now():
        raise CannotDo(f"{what} cannot be at a time that has not come")


def team_of(task: Task | None, by: User, *, on: date) -> Team | None:
    """The team whose work this is: the task's, its worker's, or that of whoever decides."""
    given = task.team if task else None
    whose = task.worker if task and task.worker else by
    return next(iter([*filter(None, [given]), *teams_of(whose, on=on), *teams_of(by, on=on)]), None)
