"""Measure Hearth against its budgets, each figure beside its baseline from the same run.

Many workers sign in at once, each of a role that uses the pages they open, and walk among their own
work with time to read between. Two baselines stand beside every figure: the health page, which is
the same server at the same load with nothing to do; and the page's own queries, asked again with no
page around them. It measures the invented borough of a size, and makes it first if there is none.
`script/bench` is the same.

    hearth bench pages                               the borough that is here
    hearth bench pages --size tenth                  a tenth of the full one, in .local/tenth
    hearth bench pages --size full --users 50        60,000 children, made the first time
    hearth bench saves --size full                   the main forms, filled in and sent
    hearth bench slowest --size full                 the slowest query of every page
    hearth bench pages --size tenth --keep a.jsonl   keep the figures, a line of JSON for each,
    hearth bench pages --size full --keep b.jsonl    and then see how they grew:
    hearth bench growth a.jsonl b.jsonl
    hearth bench returns                             the validators of the statutory returns
    hearth bench returns --whole                     and the sector's own CIN validator throughout

Checking returns needs no database. It is measured beside a bare reading of the same files and the
two validators of the sector, which are put in an environment of their own (--peers names the Python
of one that is there). What they find is compared, rule by rule: it ends with 1 when a rule differs
and docs/returns.md does not say why.

Budgets: a page within 200 ms and a saved form within 250 ms for 95 in a hundred at 50 workers, 15
queries a page, and no more than 1.3 times as slow with ten times as much on record.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli.main import FOUND, OK, start_django
from hearth.cli.report import add_json, progress, say
from hearth.lib.errors import CannotDo

if TYPE_CHECKING:
    from hearth.demo.bench.figures import Figure
    from hearth.demo.bench.runs import Run, Server

HERE = "here"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, how much, and where the figures go."""
    parser.add_argument("what", choices=["pages", "saves", "slowest", "growth", "returns"])
    parser.add_argument("files", nargs="*", type=Path, help="for growth: two kept files")
    parser.add_argument("--size", choices=[HERE, "tenth", "full"], default=HERE)
    parser.add_argument("--users", type=int, default=50, help="workers at once")
    parser.add_argument("--seconds", type=float, default=60, help="how long they walk")
    parser.add_argument("--think", type=float, default=5, help="seconds between two pages, about")
    parser.add_argument("--keep", type=Path, help="write the figures here, a line of JSON for each")
    parser.add_argument("--whole", action="store_true", help="for returns: nothing left out")
    parser.add_argument("--peers", type=Path, help="for returns: a Python that has the validators")
    parser.add_argument(
        "--children",
        type=lambda sizes: [int(size) for size in sizes.split(",")],
        default=[1000, 5000, 20000],
        help="for returns: how many children in each, as 1000,5000",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Find or make the borough, and measure."""
    if args.what == "growth":
        return _growth(args.files)
    if args.what == "returns":
        return _returns(args)
    if args.size != HERE:
        from hearth.config.postgres import ROOT

        os.environ.setdefault("HEARTH_LOCAL", str(ROOT / ".local" / args.size))
    start_django()
    _make(args.size)
    from hearth.demo.bench import runs

    how = runs.Run(args.users, args.seconds, args.think)
    if args.what == "slowest":
        for line in runs.slowest(how):
            say(line)
        return OK
    _report(args, _served(args.what, how))
    return OK


def _growth(files: Sequence[Path]) -> int:
    from hearth.demo.bench import figures

    if len(files) != 2:  # noqa: PLR2004 - before, and after
        raise CannotDo("Name two files that were kept with --keep: the smaller borough's first")
    for line in figures.growth(*(file.read_text() for file in files)):
        say(line)
    return OK


def _returns(args: argparse.Namespace) -> int:
    from hearth.config.postgres import local_folder
    from hearth.demo.bench import peers, returns

    folder = local_folder() / "returns"
    python = args.peers.absolute() if args.peers else peers.python(folder / "peers", say)
    setting = returns.Setting(folder, args.children, python, whole=args.whole)
    returns.measure(setting, say)
    differences = peers.compared(setting, say)
    about = {"what": args.what, "processors": os.cpu_count(), "load": os.getloadavg()[0]}
    written = returns.as_json(setting.costs, **about)
    if args.keep:
        args.keep.write_text(written + "\n")
    for line in [written] if args.json else returns.lines(setting.costs):
        say(line)
    for line in [] if args.json else peers.lines(differences):
        say(line)
    return FOUND if any(peers.UNEXPLAINED in each.why for each in differences) else OK


def _make(size: str) -> None:
    from django.db import transaction

    from hearth.accounts.actions import system_worker
    from hearth.accounts.worker_context import acting_as
    from hearth.cli.commands import demo
    from hearth.config import database
    from hearth.people.models import Person

    database.make_ready(progress)
    with transaction.atomic(), acting_as(system_worker()):
        there = Person.objects.exists()
    if not there:
        demo.create("small" if size == HERE else size, seed=1)


def _served(what: str, how: "Run") -> "list[Figure]":
    from django.conf import settings

    from hearth.cli import static
    from hearth.cli.commands import serve
    from hearth.config import postgres
    from hearth.demo.bench import runs

    static.collect()

    def start(server: "Server") -> list[object]:
        url = postgres.application_url(settings.SECRET_KEY)
        environment = os.environ | {"DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}
        return list(serve.children(server.host, server.port, environment, worker=False))

    with runs.serving(start, lambda child: child.stop()) as server:  # type: ignore[attr-defined]
        return {"pages": runs.pages, "saves": runs.saves}[what](how, server)


def _report(args: argparse.Namespace, found: "list[Figure]") -> None:
    from hearth.demo.bench import figures, runs

    about = {"what": args.what, "size": args.size, "users": args.users, **runs.machine()}
    written = figures.as_json(found, **about)
    if args.keep:
        args.keep.write_text(written + "\n")
    if args.json:
        say(written)
        return
    heading = f"{args.what}: {args.users} workers, {about['people']:,} people on record"
    for line in figures.lines(found, heading):
        say(line)
