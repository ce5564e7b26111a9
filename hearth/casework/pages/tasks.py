"""A task's own page: what, whose, why it is due, and what happened to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.urls import reverse

from hearth.accounts.models import User
from hearth.casework import policies
from hearth.casework.addresses import address_of
from hearth.casework.models import Submission, Task
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.workforce.models import Team

MOST = 50


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a task."""

    at: datetime
    what: str
    who: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task, and all there is to say of it."""

    task: Task
    today: date
    children: list[Person]
    state: str
    colour: str
    do_it_at: str
    versions: list[Submission]
    history: list[Happening]
    why_not_reassign: list[str]
    why_not_cancel: list[str]

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be done."""
        return self.task.done_at is None and self.task.cancelled_at is None


def page_of(task: Task, worker: User, *, today: date) -> TaskPage:
    """A task's page, as this worker may use it."""
    address, objections = address_of(task), policies.reassign_task.refusals(worker, task)
    own = reverse("casework:task", args=[task.pk])
    state, colour = state_of(task)
    return TaskPage(
        task=task,
        today=today,
        children=list(Person.objects.filter(pk__in=task.about).order_by("born_on", "pk")),
        state=state,
        colour=colour,
        do_it_at="" if address == own else address,
        versions=list(
            task.submissions.select_related("submitted_by", "decided_by").order_by("number")
        ),
        history=happenings(task),
        # The same people may do either: asked once.
        why_not_reassign=objections,
        why_not_cancel=objections,
    )


def state_of(task: Task) -> tuple[str, str]:
    """Where a task stands, in words and the colour that means it."""
    if task.cancelled_at is not None:
        return "Cancelled", "grey"
    if task.done_at is None:
        return "Open", "blue"
    if task.step.signed_off_by and task.signed_off_at is None:
        return "Waiting to be signed off", "yellow"
    return ("Signed off", "green") if task.signed_off_at else ("Done", "green")


def happenings(task: Task) -> list[Happening]:
    """What happened to a task, from its own earlier versions, the latest first. Four queries."""
    kept = list(task.events.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[attr-defined]
    versions = [*kept, task]
    people = User.objects.in_bulk({pk for version in versions for pk in _people_in(version)})
    teams = Team.objects.in_bulk({v.team_id for v in versions if v.team_id})
    found = [Happening(task.opened_at, "Opened", "")]
    for before, after in pairwise(versions):
        who = people.get(_changed_by(before))
        found += [
            Happening(before.pgh_created_at, what, str(who or ""), _why(after, what))
            for what in _differences(before, after, people, teams)
        ]
    return found[::-1][:MOST]


def _people_in(version: Any) -> Iterator[int]:
    yield from (pk for pk in (version.worker_id, version.done_by_id) if pk)
    if by := _changed_by(version):
        yield by


def _changed_by(version: Any) -> int:
    context = getattr(version, "pgh_context", None)
    return int(context.metadata.get("worker", 0)) if context is not None else 0


def _differences(
    before: Any, after: Any, people: Mapping[int, User], teams: Mapping[int, Team]
) -> Iterator[str]:
    holder = (after.worker_id, after.team_id)
    if holder != (before.worker_id, before.team_id):
        yield f"Given to {people.get(after.worker_id) or teams.get(after.team_id)}"
    if after.due_on != before.due_on and before.due_on and after.due_on:
        yield f"Due date moved from {in_words(before.due_on)} to {in_words(after.due_on)}"
    for name, words in DEEDS.items():
        if getattr(after, name) is not None and getattr(before, name) is None:
            yield words
    if before.done_at is not None and after.done_at is None:
        yield RETURNED


DEEDS = {"done_at": "Done", "signed_off_at": "Signed off", "cancelled_at": "Cancelled"}
RETURNED = "Returned to be changed"


def _why(after: Any, what: str) -> str:
    return str({"Done": after.late_reason, "Cancelled": after.cancelled_reason}.get(what, ""))
