"""Core groups due, and those whose notes have not gone to everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F

from hearth.casework.addresses import address_of
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.protection.process import CORE_GROUP, SEND_CORE_GROUP

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class CoreGroupLine:
    """A core group to be held, or notes to be sent, for these children."""

    task: Task
    children: Sequence[Person]
    href: str


@dataclass(frozen=True, slots=True)
class CoreGroupsPage:
    """A page of the list."""

    page: Page[Any]
    lines: Sequence[CoreGroupLine]
    unsent: Sequence[CoreGroupLine]
    today: date


def core_groups_page(query: Mapping[str, Any], *, today: date) -> CoreGroupsPage:
    """The core groups that are to be held, the most overdue first; and the notes not sent."""
    waiting = Task.objects.outstanding().select_related("worker", "team")
    soonest = F("due_on").asc(nulls_last=True)
    due = waiting.of_step(CORE_GROUP).order_by(soonest, "pk")
    page = Paginator(due, A_PAGE).get_page(query.get("page"))
    notes = list(waiting.of_step(SEND_CORE_GROUP).order_by(soonest, "pk")[:A_PAGE])
    held = list(page.object_list)
    people = Person.objects.in_bulk({pk for task in [*held, *notes] for pk in task.about})
    return CoreGroupsPage(page, _lines(held, people), _lines(notes, people), today)


def _lines(tasks: Sequence[Task], people: Mapping[int, Person]) -> list[CoreGroupLine]:
    return [
        CoreGroupLine(task, [people[pk] for pk in task.about if pk in people], address_of(task))
        for task in tasks
    ]
