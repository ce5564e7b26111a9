"""The runs of the benchmark, from the workers who walk to the figures that come of it."""

import os
import random
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, connections, transaction

from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import acting_as
from hearth.demo.bench import alone, load
from hearth.demo.bench.browsers import Asks, Browser, InProcess, signed_in
from hearth.demo.bench.figures import (
    HEALTH,
    PAGE_BUDGET,
    SAVE_BUDGET,
    Figure,
    Samples,
    beside,
    figure,
)
from hearth.demo.bench.saves import save_a_form
from hearth.demo.bench.walks import Walker, walkers
from hearth.lib.errors import CannotRun
from hearth.people.models import Person

BY_KEY = "one person by their key, bare"
TIMES = 200


@dataclass(frozen=True, slots=True)
class Server:
    """Where Hearth is being served."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Run:
    """How a run is made."""

    users: int
    seconds: float
    think: float
    seed: int = 1
    # How many times each page is measured alone.
    each: int = alone.EACH


def pages(run: Run, server: Server | None) -> list[Figure]:
    """Every page: first each alone, then all of them at once; without a server, in this process."""
    people = _walkers(run)
    by_itself = alone.measure(people, each=run.each)
    ways = _ways(people, server, run)
    found = _walk(ways, load.open_a_page, run, server)
    figures = [figure(name, found[name], PAGE_BUDGET) for name in sorted(found) if name != HEALTH]
    for each in figures:
        if each.name in by_itself:
            each.alone, each.queries, each.bare = by_itself[each.name].summary()
    return [*_baselines(found), *_beside(figures, found)]


def saves(run: Run, server: Server | None) -> list[Figure]:
    """The main forms, sent by everybody at once, among workers who read pages."""
    people = _walkers(run)
    ways = _ways(people, server, run)

    def step(way: load.Way) -> None:
        if way.chance.random() < SAVE_SHARE:
            save_a_form(way)
        else:
            load.open_a_page(way)

    found = _walk(ways, step, run, server)
    named = [name for name in sorted(found) if name.startswith("save ")]
    figures = [figure(name, found[name], SAVE_BUDGET) for name in named]
    return [*_baselines(found), *_beside(figures, found)]


SAVE_SHARE = 0.5


def slowest(run: Run) -> Iterator[str]:
    """The slowest query of each page, for whoever is to mend it."""
    for name, found in sorted(alone.measure(_walkers(run)).items()):
        took, sql = found.slowest
        middle, queries, bare = found.summary()
        yield f"{name}: {middle} ms, {queries} queries, {bare} ms bare; {took:.1f} ms: {sql}"


def _walkers(run: Run) -> list[Walker]:
    with transaction.atomic(), acting_as(system_worker()):
        found = walkers(run.users, random.Random(run.seed))
    if not found:
        raise CannotRun("Nobody here has work to walk through: make a borough with hearth demo")
    return found


def _ways(people: Sequence[Walker], server: Server | None, run: Run) -> list[load.Way]:
    return [
        load.Way(
            walker, _browser(signed_in(walker.worker), server), random.Random(f"{run.seed}/{n}")
        )
        for n, walker in enumerate(people)
    ]


def _browser(session: str, server: Server | None) -> Asks:
    return Browser(server.host, server.port, session) if server else InProcess(session)


def _walk(ways: Sequence[load.Way], step: load.Step, run: Run, server: Server | None) -> load.Found:
    if server is not None:
        load.walk(ways, load.open_a_page, seconds=min(run.seconds / 4, 10), think=run.think)
        for way in ways:
            way.found.clear()
        return load.walk(ways, step, seconds=run.seconds, think=run.think)
    for way in ways:
        for _ in range(5):
            step(way)
    return load.together(ways)


def _baselines(found: load.Found) -> list[Figure]:
    """The bare health page at the same load, and one row asked for by its key."""
    health = figure(HEALTH, found.get(HEALTH, Samples()), PAGE_BUDGET)
    return [health, figure(BY_KEY, _by_key(), PAGE_BUDGET)]


def _beside(figures: list[Figure], found: load.Found) -> list[Figure]:
    beside(figures, figure(HEALTH, found[HEALTH], PAGE_BUDGET) if HEALTH in found else None)
    return figures


def _by_key() -> Samples:
    samples = Samples()
    with transaction.atomic(), acting_as(system_worker()), connection.cursor() as cursor:
        some = list(Person.objects.order_by("-pk").values_list("pk", flat=True)[:TIMES])
        for pk in some:
            began = time.perf_counter()
            cursor.execute("SELECT * FROM people_person WHERE id = %s", [pk])
            cursor.fetchall()
            samples.took.append((time.perf_counter() - began) * 1000)
    return samples


Serve = Callable[[str, int], object]


@contextmanager
def serving(
    start: Callable[[Server], Sequence[object]], stop: Callable[[object], None]
) -> Iterator[Server]:
    """Hearth, served as in production on a port nobody uses, until it is measured."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = Server("127.0.0.1", door.getsockname()[1])
    for each in connections.all():
        each.close()
    children = start(server)
    try:
        _wait(server)
        yield server
    finally:
        for child in children:
            stop(child)


def _wait(server: Server) -> None:
    until = time.monotonic() + 60
    browser = Browser(server.host, server.port, "")
    while browser.get("/health/").status != load.OK:
        if time.monotonic() > until:
            raise CannotRun("The web server has not answered in 60 seconds")
        time.sleep(0.2)


def machine() -> dict[str, object]:
    """What the figures are of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE la_child_id IS NOT NULL")
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = 'people_person'")
        people = cursor.fetchone()[0]
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    return {
        "people": people,
        "database_mb": size // 1_000_000,
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
