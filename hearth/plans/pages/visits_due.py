"""The visits that plans ask for: overdue first, by area, with what is planned already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import F, Q, QuerySet

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS
from hearth.casework.models import Task
from hearth.people.models import Address, AddressKind, Person
from hearth.plans.duties import DUTIES, strictest
from hearth.records.models import VisitChild, VisitState
from hearth.workforce.rules import teams_managed_by

WEEK, AHEAD = timedelta(days=7), timedelta(weeks=3)
MOST = 200
NOWHERE = "No postcode on record"


@dataclass(frozen=True, slots=True)
class VisitDue:
    """A child to be visited, by when, where, and when one is planned."""

    task: Task
    child: Person
    area: str
    planned_on: date | None
    # How many other duties ask for a visit to the same child, later.
    others: int = 0


@dataclass(frozen=True, slots=True)
class VisitsDue:
    """A worker's visits to make, by area or in order of the day."""

    groups: Sequence[tuple[str, Sequence[VisitDue]]]
    overdue: int
    by_area: bool
    today: date


def visits_due_page(worker: User, *, by_area: bool, today: date) -> VisitsDue:
    """The visits a worker is asked for in the next weeks; for a manager, their teams' as well."""
    tasks = list(_asked_of(worker, today)[:MOST])
    ids = {pk for task in tasks for pk in task.about}
    people, areas, planned = Person.objects.in_bulk(ids), _areas(ids, today), _planned(ids, today)
    found = [
        VisitDue(task, people[pk], areas.get(pk, NOWHERE), planned.get(pk), len(asked) - 1)
        for pk, asked in _by_child(tasks).items()
        if pk in people and (task := strictest(asked)) is not None
    ]
    late = sum(1 for one in found if one.task.due_on and one.task.due_on < today)
    return VisitsDue(_grouped(found, today, by_area=by_area), late, by_area, today)


def _by_child(tasks: Sequence[Task]) -> dict[int, list[Task]]:
    """The visits asked for to each child, by whichever duty."""
    found: dict[int, list[Task]] = {}
    for task in tasks:
        for pk in task.about:
            found.setdefault(pk, []).append(task)
    return found


def _asked_of(worker: User, today: date) -> QuerySet[Task]:
    steps = [duty.step for duty in DUTIES.values()]
    mine = Q(worker=worker)
    if worker.has_role(*MANAGERS):
        mine |= Q(team__in=teams_managed_by(worker, on=today))
    due = Q(due_on=None) | Q(due_on__lte=today + AHEAD)
    waiting = Task.objects.outstanding().filter(mine & due, step_key__in=steps)
    return waiting.select_related("worker").order_by(F("due_on").asc(nulls_last=True), "pk")


def _areas(ids: set[int], today: date) -> dict[int, str]:
    """The postcode district where each child lives: CB4 of CB4 1AB."""
    homes = Address.objects.on(today).filter(person__in=ids, kind=AddressKind.HOME)
    rows = homes.exclude(postcode="").values_list("person_id", "postcode")
    return {pk: postcode.split()[0] if " " in postcode else postcode[:-3] for pk, postcode in rows}


def _planned(ids: set[int], today: date) -> dict[int, date]:
    """The next visit planned to each child."""
    plans = VisitChild.objects.standing().filter(
        child__in=ids, visit__state=VisitState.PLANNED, visit__planned_on__gte=today
    )
    rows = plans.order_by("-visit__planned_on").values_list("child_id", "visit__planned_on")
    return {pk: day for pk, day in rows if day is not None}


def _grouped(
    found: Sequence[VisitDue], today: date, *, by_area: bool
) -> list[tuple[str, list[VisitDue]]]:
    def name(one: VisitDue) -> str:
        return one.area if by_area else _when(one.task.due_on, today)

    def place(one: VisitDue) -> tuple[str, date]:
        return (one.area if by_area else "", one.task.due_on or date.max)

    return [(title, list(group)) for title, group in groupby(sorted(found, key=place), key=name)]


def _when(due_on: date | None, today: date) -> str:
    """The day, in the coming week; overdue before it, and later after."""
    if due_on is None or due_on > today + WEEK:
        return "Later"
    return "Overdue" if due_on < today else f"{due_on:%A} {due_on.day} {due_on:%B}"
