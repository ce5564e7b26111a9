"""Create the invented borough of Fenbridge, and say how to sign in to it.

Everybody in it is made up. The same size, seed and day give the same borough. It is for trying
Hearth, for training and for measuring, and is refused where people are on record already.

    hearth demo                          a small borough: 70 families over two years
    hearth demo --size full --seed 7     60,000 children over ten years
    hearth demo --size tenth             a tenth of that, to see how Hearth grows
    hearth demo --today 2026-03-02       as it would stand on that morning
"""

import argparse
import time
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from hearth.cli.main import OK
from hearth.cli.report import add_json, progress, report, say
from hearth.lib.errors import CannotDo

if TYPE_CHECKING:
    from hearth.demo.borough import Made


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How big, which, and as of when."""
    parser.add_argument("--size", choices=["small", "tenth", "full"], default="small")
    parser.add_argument("--seed", type=int, default=1, help="a number: the same gives the same")
    parser.add_argument("--today", type=date.fromisoformat, help="as it stands on this morning")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Make the database ready, and fill it."""
    from hearth.cli import sign_ins
    from hearth.config import database

    database.make_ready(None if args.json else progress)
    began = time.monotonic()
    made = create(args.size, seed=args.seed, today=args.today, quiet=args.json)
    took = round(time.monotonic() - began, 1)
    found = {"size": args.size, "seed": args.seed, "seconds": took, **asdict(made)}
    report(args, found, [f"Made {made.in_words()} in {took:,.0f} seconds"])
    if not args.json:
        sign_ins.announce()
    return OK


def create(size: str, *, seed: int, today: date | None = None, quiet: bool = False) -> "Made":
    """Create the borough in an empty database."""
    from django.utils import timezone

    from hearth.cli import sign_ins
    from hearth.demo import borough

    now = timezone.localdate()
    if today is not None and today > now:
        raise CannotDo("The borough cannot be made as of a day that has not come")
    return borough.create(
        size,
        seed=seed,
        today=today or now,
        password=sign_ins.password(),
        say=(lambda _line: None) if quiet else say,
    )
