"""What the page on which a case is discussed knows already."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.casework.models import Allocation, Direction, Task
from hearth.people.models import Person
from hearth.supervision.actions import Decided, Life
from hearth.supervision.actions.discussions import waiting_for
from hearth.supervision.models import Discussion, Session
from hearth.supervision.pages.session import Item, agenda_of
from hearth.workforce.models import Staff, TeamMembership


@dataclass(frozen=True, slots=True)
class Discussing:
    """A family on a session's agenda, with what was said and decided last time."""

    session: Session
    item: Item
    last: Discussion | None
    decided: list[Direction]
    owners: list[User]
    is_late: bool
    today: date

    @property
    def children(self) -> list[Person]:
        """The children, the eldest first."""
        return self.item.case.children

    @property
    def names(self) -> str:
        """The children, by name."""
        return self.item.names

    @property
    def ids(self) -> list[int]:
        """The children, by number."""
        return [child.pk for child in self.children]

    @property
    def first(self) -> int:
        """The number the family goes by on this page: the same whichever child it is opened by."""
        return min(self.ids)


def discussing(session: Session, child_id: int, *, today: date) -> Discussing | None:
    """The family of a child on a session's agenda; None where the child is not on it."""
    items = agenda_of(session, today=today)
    item = next((i for i in items if child_id in [c.pk for c in i.case.children]), None)
    if item is None:
        return None
    last = Discussion.objects.standing().of_child(item.first).select_related("supervisor").first()
    decided: list[Direction] = []
    if last is not None:
        rows = last.decisions.select_related("direction__owner", "direction__task")
        decided = [row.direction for row in rows]
    held_on = session.held_on or today
    waiting = waiting_for([child.pk for child in item.case.children])
    is_late = any(task.due_on and task.due_on < held_on for task in waiting)
    return Discussing(session, item, last, decided, owners_for(session, today), is_late, today)


def owners_for(session: Session, today: date) -> list[User]:
    """Who may be given something to do: the worker, the supervisor, then the rest of the team."""
    teams = TeamMembership.objects.on(today).filter(staff__user=session.worker).values("team")
    mates = TeamMembership.objects.on(today).filter(team__in=teams)
    staff = Staff.objects.employed_on(today).filter(pk__in=mates.values("staff"))
    found = [s.user for s in staff.select_related("user").order_by("user__first_name")]
    first = [session.worker, session.supervisor]
    return [*first, *(user for user in found if user not in first)]


def said_of(parts: Any, rows: Any) -> tuple[list[Life], list[Decided]]:
    """What was answered for each child, and each decision that was written."""
    lives = [Life(child, answers["life_now"]) for child, answers in parts.cleaned_data]
    written = [row.cleaned_data for row in rows if row.cleaned_data.get("text")]
    return lives, [Decided(each["text"], each["owner"], each["due_on"]) for each in written]


def whose_supervision(task: Task, worker: User) -> Session | Staff | None:
    """The session in which a case is to be discussed, or the worker whose supervision it is for."""
    leads = Allocation.objects.current().leading().filter(child__in=task.about)
    lead = leads.select_related("worker__staff").first()
    if lead is None or not hasattr(lead.worker, "staff"):
        return None
    sessions = Session.objects.visible_to(worker).of(lead.worker)
    there: Session | None = sessions.unrecorded().first() or sessions.planned().first()
    return there or lead.worker.staff
