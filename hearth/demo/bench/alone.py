"""One worker alone: how many queries a page asks, and what they cost without the page."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.demo.bench.browsers import InProcess, signed_in
from hearth.demo.bench.walks import Walker

EACH = 6
OK = 200
UNCOUNTED = ("SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK", 'UPDATE "django_session"')
BARE = ("SELECT", "WITH")


@dataclass(slots=True)
class Alone:
    """What a page costs by itself; its slowest query in words."""

    took: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def summary(self) -> tuple[float, int, float]:
        """The least time, the most queries, and the least time of the queries by themselves.

        The least of several is the one that whatever else the machine does has disturbed least.
        """
        return round(min(self.took), 1), max(self.queries), round(min(self.bare), 1)


def measure(walkers: Iterable[Walker], *, each: int = EACH) -> dict[str, Alone]:
    """Every page by itself, a few times; the first asking of each worker is not counted."""
    found: dict[str, Alone] = {}
    for walker in walkers:
        wanted = [name for name in sorted(walker.pages) if len(_of(found, name).took) < each]
        if wanted:
            browser = InProcess(signed_in(walker.worker))
            browser.get(walker.pages["desk"][0])
            for name in wanted:
                for address in walker.pages[name][:2]:
                    _one(_of(found, name), browser, address, walker.worker)
    return {name: alone for name, alone in found.items() if alone.took}


def _of(found: dict[str, Alone], name: str) -> Alone:
    return found.setdefault(name, Alone())


def _one(alone: Alone, browser: InProcess, address: str, worker: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    if answer.status != OK:
        return  # no page, and so no figure of one
    queries = [query["sql"] for query in asked.captured_queries]
    counted = [sql for sql in queries if not any(words in sql for words in UNCOUNTED)]
    alone.queries.append(len(counted))
    alone.took.append(browser.get(address).took)
    took = _again(counted, worker)
    alone.bare.append(sum(one for one, _ in took))
    alone.slowest = max(alone.slowest, *took)


def _again(queries: Sequence[str], worker: User) -> list[tuple[float, str]]:
    """Each query that only reads, asked again by the same worker, with nothing around it."""
    took = [(0.0, "")]
    with transaction.atomic(), acting_as(worker), connection.cursor() as cursor:
        for sql in queries:
            if sql.lstrip("( \n").startswith(BARE) and "set_config" not in sql:
                began = time.perf_counter()
                cursor.execute(sql)
                cursor.fetchall()
                took.append(((time.perf_counter() - began) * 1000, sql))
    return took
