"""Whom a worker may ask, and what has waited too long for an answer."""

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, Role
from hearth.accounts.structure import managers_of
from hearth.casework.models import Consultation, Task
from hearth.casework.steps import CONSULT
from hearth.workforce.models import Staff, TeamMembership


def askable(worker: User, *, today: date) -> QuerySet[User]:
    """Every manager who works here today, but for the worker."""
    staff = Staff.objects.employed_on(today).values("user")
    found: QuerySet[User] = (
        User.objects.holding(*MANAGERS).filter(pk__in=staff).exclude(pk=worker.pk)
    )
    return found.order_by("first_name", "last_name", "pk")


def first_asked(worker: User, *, today: date) -> User | None:
    """The manager a worker would ask first: their own."""
    return next(iter(managers_of(worker, on=today)), None)


def is_late(consultation: Consultation, *, today: date) -> bool:
    """Whether it is answered after its day."""
    task = consultation.task
    return task is not None and task.due_on is not None and task.due_on < today


def left_unanswered(worker: User, *, today: date) -> QuerySet[Task]:
    """What other managers were asked and did not answer in time, for whoever stands in for them.

    A service manager stands in for all; a manager, for those they share a team with.
    """
    late = Q(due_at__lt=Now()) | Q(due_at=None, due_on__lt=today)
    found = Task.objects.outstanding().of_step(CONSULT).filter(late).exclude(worker=worker)
    if not worker.has_role(Role.SERVICE_MANAGER):
        managed = TeamMembership.objects.on(today).filter(staff__user=worker, manages=True)
        found = found.filter(team__in=managed.values("team"))
    return found.select_related("worker").order_by("due_on", "pk")
