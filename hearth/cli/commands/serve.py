"""Make the database ready, and serve Hearth until stopped.

Starts the PostgreSQL that comes with Hearth, unless DATABASE_URL names another; brings its tables
up to date; then runs the web server and the job worker side by side. Ctrl-C or SIGTERM stops them
all in order.

    hearth serve                           http://127.0.0.1:8000
    PORT=8080 hearth serve                 another port
    HEARTH_HOST=0.0.0.0 hearth serve       listen to other machines, behind a balancer with TLS
    hearth serve --no-worker               web pages only, where another machine runs hearth worker
    hearth serve --invent                  first invent a borough, if nobody works here yet

Environment: PORT, HEARTH_HOST, DATABASE_URL, SECRET_KEY, HEARTH_LOCAL, HEARTH_WEB_PROCESSES,
HEARTH_WEB_THREADS; every other is in docs/operations.md.
"""

import argparse
import os
import socket
import sys
import time
import urllib.error
import urllib.request

from hearth.cli import processes
from hearth.cli.main import OK, start_django
from hearth.cli.report import progress, say
from hearth.lib.errors import CannotDo, CannotRun

FIRST_ANSWER_WITHIN = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to run, and whether to invent."""
    parser.add_argument(
        "--no-worker", action="store_true", help="serve pages only, and run no jobs"
    )
    parser.add_argument(
        "--invent",
        action="store_true",
        help="create the invented borough if nobody works here yet, and show how to sign in",
    )


def run(args: argparse.Namespace) -> int:
    """Check what can be checked at once, make ready, and serve."""
    host, port = os.environ.get("HEARTH_HOST") or "127.0.0.1", wanted_port()
    refuse_taken(host, port)
    start_django()
    from django.conf import settings
    from django.db import connections

    from hearth.cli import sign_ins, static
    from hearth.config import database, postgres

    database.make_ready(progress)
    database.refuse_to_leak()
    static.collect()
    if args.invent and os.environ.get("HEARTH_DEMO") != "no":
        _invent_where_nobody_works()
    signs = sign_ins.known()
    connections.close_all()
    environment = os.environ | {"DATABASE_URL": postgres.application_url(settings.SECRET_KEY)}
    processes.keep(
        lambda: children(host, port, environment, worker=not args.no_worker),
        lambda: _say_ready(host, port, signs),
    )
    say("Stopped")
    return OK


def _invent_where_nobody_works() -> None:
    from hearth.cli import sign_ins
    from hearth.cli.commands import demo

    if sign_ins.nobody_works_here():
        demo.create("small", seed=1)


def wanted_port() -> int:
    """The port in PORT, or 8000."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:  # noqa: PLR2004
        raise CannotDo(f"PORT must be a number from 1 to 65535, and is {given!r}")
    return int(given)


def refuse_taken(host: str, port: int) -> None:
    """Stop at once if something else listens there, or we may not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            another = f"Stop it, or choose another: PORT={port + 1 if port < 65535 else 8000}"  # noqa: PLR2004
            why = {
                "EADDRINUSE": f"Port {port} is in use, perhaps by another Hearth. {another}",
                "EACCES": f"This account may not listen on port {port}. Choose one above 1023.",
            }
            import errno

            name = errno.errorcode.get(error.errno or 0, "")
            raise CannotRun(
                why.get(name, f"Hearth cannot listen at {host}:{port}: {error.strerror}")
            ) from None


def children(
    host: str, port: int, environment: dict[str, str], *, worker: bool
) -> list[processes.Child]:
    """The web server and, where it is wanted, the job worker, started."""
    many = environment.get("HEARTH_WEB_PROCESSES") or "2"
    threads = environment.get("HEARTH_WEB_THREADS") or "4"
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
    web += ["--port", str(port), "--workers", many, "--blocking-threads", threads]
    web += ["--workers-kill-timeout", "10", "--respawn-failed-workers", "--log-level", "warning"]
    web += ["hearth.config.wsgi:application"]
    started = [processes.Child("web server", web, environment, again=False)]
    if worker:
        jobs = [sys.executable, "-m", "hearth", "worker"]
        started.append(processes.Child("job worker", jobs, environment, again=True))
    return started


def _say_ready(host: str, port: int, signs: list[str]) -> None:
    """Wait for the first answer, then say where it is."""
    near = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    address = f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"
    until = time.monotonic() + FIRST_ANSWER_WITHIN
    while not _answers(address):
        if time.monotonic() > until:
            raise CannotRun(f"The web server has not answered in {FIRST_ANSWER_WITHIN} seconds.")
        time.sleep(0.1)
    say(f"\nHearth is at {address}")
    for line in signs:
        say(line)
    say("\nCtrl-C stops it.")


def _answers(address: str) -> bool:
    asked = urllib.request.Request(address + "/health/", headers={"Host": "localhost"})  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=5):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
