"""A session's page: its agenda, which prepares itself, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from hearth.accounts.models import User
from hearth.casework.addresses import address_of
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.supervision import policies
from hearth.supervision.models import Discussion, Personal, Session
from hearth.supervision.pages.cases import Case, cases_of

DIRECTION = "casework.direction"


@dataclass(frozen=True, slots=True)
class Item:
    """One family on the agenda, with all that is known and none of it typed again."""

    case: Case
    is_late: bool
    is_new: bool
    overdue: list[tuple[Task, str]]
    decisions: list[Task]
    discussed: Discussion | None

    @property
    def names(self) -> str:
        """The children, by name."""
        return ", ".join(str(child) for child in self.case.children)

    @property
    def first(self) -> Person:
        """The child by whom the family is opened."""
        return self.case.children[0]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session as one of those who may read it sees it."""

    session: Session
    today: date
    agenda: list[Item] = field(default_factory=list)
    discussions: list[tuple[Discussion, str]] = field(default_factory=list)
    personal: Personal | None = None
    may: dict[str, bool] = field(default_factory=dict)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The record under its headings; what was left out is seen to be."""
        return [
            ("Reflection", self.session.reflection),
            ("Challenge", self.session.challenge),
            ("Learning", self.session.learning),
        ]

    @property
    def left(self) -> int:
        """How many families due for discussion have not been discussed yet."""
        return sum(item.is_late and item.discussed is None for item in self.agenda)


def session_page(session: Session, worker: User, *, today: date) -> SessionPage:
    """The agenda while there is something to prepare; then the record."""
    agenda, discussions, personal = [], [], None
    if session.is_planned or session.is_open:
        agenda = agenda_of(session, today=today)
    else:
        discussions = discussed_in(session)
        personal = Personal.objects.filter(session=session).first()
    asked = {
        "hold": session.is_planned and policies.hold_session.allows(worker, session.worker.staff),
        "discuss": session.is_open and policies.record_discussion.allows(worker, session),
        "sign": policies.sign_session.allows(worker, session),
    }
    return SessionPage(session, today, agenda, discussions, personal, asked)


def discussed_in(session: Session) -> list[tuple[Discussion, str]]:
    """The discussions of a session that the reader may know of, each with the children's names."""
    found = list(session.discussions.order_by("pk"))
    people = Person.objects.in_bulk([pk for one in found for pk in one.about])
    return [(one, ", ".join(str(people[pk]) for pk in one.about if pk in people)) for one in found]


def agenda_of(session: Session, *, today: date) -> list[Item]:
    """The worker's cases, the longest undiscussed first: late, new, and with work outstanding."""
    cases = cases_of([session.worker_id], today=today)
    ids = [child.pk for case in cases for child in case.children]
    waiting = tasks_for(ids, today=today)
    discussed = list(session.discussions.standing()) if session.held_on else []
    return [_item(case, waiting, discussed, today) for case in cases]


def tasks_for(children: Sequence[int], *, today: date) -> list[Task]:
    """What is overdue for these children, and what managers asked for and nobody has done yet."""
    found = Task.objects.outstanding().filter(children__child__in=children)
    wanted = found.filter(Q(due_on__lt=today) | Q(step_key=DIRECTION)).distinct()
    return list(wanted.select_related("worker", "direction").order_by("due_on", "pk"))


def _item(case: Case, tasks: Sequence[Task], said: Sequence[Discussion], today: date) -> Item:
    ids = {child.pk for child in case.children}
    own = [task for task in tasks if not ids.isdisjoint(task.about)]
    decided = [task for task in own if task.step_key == DIRECTION]
    return Item(
        case,
        case.is_late(today),
        case.last is None or case.last < case.since,
        [(task, address_of(task)) for task in own if task not in decided],
        decided,
        next((each for each in said if not ids.isdisjoint(each.about)), None),
    )
