"""Run the jobs and seal the trail, until stopped.

`hearth serve` runs one beside the web server. Where several machines serve pages, run it on one or
more of them; each job is done once.

    hearth worker
    hearth worker --jobs 4           as many jobs at once
"""

import argparse
import asyncio
import importlib
import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from hearth.cli.main import OK

# What is done again and again beside the jobs: where it is, and the seconds between.
DUTIES: tuple[tuple[str, str, float], ...] = (
    ("hearth.accounts.seal", "seal", 5.0),
    ("hearth.returns.tasks", "clear", 60.0),
)

log = logging.getLogger("hearth.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many at once."""
    parser.add_argument("--jobs", type=int, default=2, help="jobs at once (2)")


def run(args: argparse.Namespace) -> int:
    """Do duties in threads and jobs in this one, until a signal."""
    signal.signal(signal.SIGTERM, _leave)
    stopping = threading.Event()
    threads = [
        threading.Thread(target=_again_and_again, args=(_found(*duty[:2]), duty[2], stopping))
        for duty in DUTIES
    ]
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_jobs(args.jobs))
    finally:
        stopping.set()
        for thread in threads:
            thread.join()
    return OK


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """End without a word when asked to before the jobs have begun: they listen for themselves."""
    raise SystemExit(OK)


def _found(module: str, name: str) -> Callable[[], object]:
    return getattr(importlib.import_module(module), name)  # type: ignore[no-any-return]


def _again_and_again(duty: Callable[[], object], pause: float, stopping: threading.Event) -> None:
    """Do it; if it fails, say so and try again, from a new connection."""
    from django.db import close_old_connections, connection

    while not stopping.wait(pause):
        close_old_connections()
        try:
            duty()
        except Exception:
            log.exception("%s failed, and will be tried again", duty.__name__)
            connection.close()
    connection.close()


async def _jobs(at_once: int) -> None:
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            await app.run_worker_async(concurrency=at_once, shutdown_graceful_timeout=15)
