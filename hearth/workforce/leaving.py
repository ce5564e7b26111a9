"""What counts as somebody's open work, so that nobody leaves and no team closes with any of it.

Each room's `leaving.py` is read at start-up, and registers what it holds. A room may also name what
ends by itself when somebody leaves.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import seeing_everybody, set_worker
from hearth.workforce.models import Team


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing somebody still has, and where it is."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """All of one kind that somebody still has."""

    key: str
    title: str
    items: Sequence[OpenItem]


@dataclass(frozen=True, slots=True)
class Holding:
    """All that somebody, or a team, still has: what one may see of it, and how much one may not."""

    work: list[OpenWork] = field(default_factory=list)
    hidden: int = 0

    @property
    def count(self) -> int:
        """How many things there are, seen and unseen."""
        return sum(len(kind.items) for kind in self.work) + self.hidden

    @property
    def in_words(self) -> str:
        """What is held, kind by kind: '3 cases, 4 tasks'."""
        said = [f"{kind.title.lower()} ({len(kind.items)})" for kind in self.work if kind.items]
        if self.hidden:
            said.append(f"work on records you may not open ({self.hidden})")
        return ", ".join(said)


Holder = User | Team


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that counts as open work: how it is found, and how it is told."""

    key: str
    title: str
    find: Callable[[Holder], QuerySet[Any]]
    describe: Callable[[Iterable[Any]], list[OpenItem]]


Ending = Callable[[User, date, User], None]

OPEN_WORK: list[Source] = []
ENDINGS: list[Ending] = []


def open_work(source: Source) -> Source:
    """Register what counts as open work."""
    OPEN_WORK.append(source)
    return source


def ends_on_leaving(ending: Ending) -> Ending:
    """Register what ends by itself when somebody leaves."""
    ENDINGS.append(ending)
    return ending


def held_by(holder: Holder, *, worker: User) -> Holding:
    """What somebody or a team still has, as a worker may know of it.

    What is on records the worker may not know of is counted and not named: a leaver must not take a
    restricted child's case with them unseen.
    """
    work = [OpenWork(s.key, s.title, s.describe(s.find(holder))) for s in OPEN_WORK]
    hidden = _count_all(holder, worker) - sum(len(kind.items) for kind in work)
    return Holding([kind for kind in work if kind.items], hidden)


def _count_all(holder: Holder, worker: User) -> int:
    """How much there is, whoever may know of it: counted as Hearth itself, in one query."""
    first, *others = [s.find(holder).order_by().values_list("pk") for s in OPEN_WORK]
    set_worker(system_worker())
    try:
        return int(first.union(*others, all=True).count())
    finally:
        set_worker(worker)


def in_numbers(holder: Holder) -> str:
    """What somebody still has, on whoever's record, kind by kind and without a name."""
    with seeing_everybody(system_worker()):
        counted = [(source.title.lower(), source.find(holder).count()) for source in OPEN_WORK]
    return ", ".join(f"{title} ({count})" for title, count in counted if count)
