"""What casework counts as somebody's, or a team's, open work: cases, tasks, and sign-offs."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.addresses import address_of
from hearth.casework.models import Allocation, Task
from hearth.people.models import Person
from hearth.workforce.leaving import Holder, OpenItem, Source, open_work
from hearth.workforce.models import Team, TeamMembership


def cases_held(holder: Holder) -> QuerySet[Allocation]:
    """The cases somebody has, in any part, or that a team has."""
    found = Allocation.objects.current().select_related("child", "worker")
    mine = Q(worker=holder) if isinstance(holder, User) else Q(team=holder)
    return found.filter(mine).order_by("started_on", "pk")


def tasks_held(holder: Holder) -> QuerySet[Task]:
    """What waits for somebody by name, or for a team."""
    found = Task.objects.outstanding().order_by("due_on", "pk")
    return found.filter(worker=holder) if isinstance(holder, User) else found.filter(team=holder)


def sign_offs_held(holder: Holder) -> QuerySet[Task]:
    """Finished work that would have nobody left to sign it off."""
    waiting = Task.objects.awaiting_sign_off().order_by("done_on", "pk")
    if isinstance(holder, Team):
        return waiting.filter(team=holder)
    managing = TeamMembership.objects.on(timezone.localdate()).filter(manages=True)
    others = managing.filter(staff__user__is_active=True).exclude(staff__user=holder)
    alone = managing.filter(staff__user=holder).exclude(team__in=others.values("team"))
    return waiting.filter(team__in=alone.values("team"))


def describe_cases(cases: Iterable[Allocation]) -> list[OpenItem]:
    """The cases, each with the child and the part."""
    return [
        OpenItem(f"{a.child}, {a.get_role_display().lower()}", f"/allocations/{a.pk}/")
        for a in cases
    ]


def describe_tasks(tasks: Iterable[Task]) -> list[OpenItem]:
    """The tasks, each with whom it is about."""
    tasks = list(tasks)
    ids = {pk for task in tasks for pk in task.about}
    people = Person.objects.in_bulk(ids) if ids else {}
    return [
        OpenItem(": ".join(filter(None, [task.step.name, _names(task, people)])), address_of(task))
        for task in tasks
    ]


def _names(task: Task, people: dict[int, Person]) -> str:
    return ", ".join(str(people[pk]) for pk in task.about if pk in people) or task.family


open_work(Source("cases", "Cases", cases_held, describe_cases))
open_work(Source("tasks", "Tasks", tasks_held, describe_tasks))
open_work(Source("sign_offs", "Work to sign off", sign_offs_held, describe_tasks))
