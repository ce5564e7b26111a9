"""Who works with whom: known to rooms above this one, and told here when they start.

Signing in, restriction and break-glass need to name a worker's manager, the members of a team, and
the workers who have a child's case; teams and cases are kept further up.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.accounts.roles import Role


@dataclass(slots=True)
class Structure:
    """What the rooms above have told."""

    teams: Callable[[date], list[tuple[int, str]]] = lambda _on: []
    members: Callable[[Collection[int], date], Iterable[User]] = lambda _teams, _on: []
    managers: Callable[[User, date], Iterable[User]] = lambda _worker, _on: []
    working_with: Callable[[Collection[int], date], Iterable[User]] = lambda _people, _on: []
    open_work: Callable[[User], str] = lambda _worker: ""


STRUCTURE = Structure()


def teams(*, on: date) -> list[tuple[int, str]]:
    """The teams at work on a day, by id and name."""
    return STRUCTURE.teams(on)


def members_of(team_ids: Collection[int], *, on: date) -> list[User]:
    """Everybody in these teams on a day who may sign in."""
    found = {worker.pk: worker for worker in STRUCTURE.members(team_ids, on)}
    return [worker for worker in found.values() if worker.may_sign_in(on=on)]


def managers_of(worker: User, *, on: date) -> list[User]:
    """Whoever manages a worker on a day; where nobody does, the service managers."""
    found = {m.pk: m for m in STRUCTURE.managers(worker, on) if m.may_sign_in(on=on)}
    found.pop(worker.pk, None)
    if found:
        return list(found.values())
    return list(User.objects.holding(Role.SERVICE_MANAGER).exclude(pk=worker.pk))


def working_with(people: Collection[int], *, on: date) -> list[User]:
    """Everybody who has the case of any of these children on a day, in any part."""
    return list({worker.pk: worker for worker in STRUCTURE.working_with(people, on)}.values())


def open_work_of(worker: User) -> str:
    """What a worker still has, counted and never named: "cases (3), tasks (5)". Empty if nothing.

    It may be told to somebody who may not open a single record.
    """
    return STRUCTURE.open_work(worker)
