"""Create the invented borough of Fenbridge, and say how to sign in to it.

Everybody in it is made up. The same size and seed give the same borough. It is for trying Hearth,
for training and for measuring, and is refused where real people already work.

    hearth demo                          a small borough, in under a minute
    hearth demo --size full --seed 7     60,000 children over ten years
"""

import argparse

from hearth.cli.main import OK
from hearth.cli.report import progress, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How big, and which."""
    parser.add_argument("--size", choices=["small", "full"], default="small")
    parser.add_argument("--seed", type=int, default=1, help="a number: the same gives the same")


def run(args: argparse.Namespace) -> int:
    """Make the database ready, and fill it."""
    from hearth.cli import sign_ins
    from hearth.config import database

    database.make_ready(progress)
    create(args.size, seed=args.seed)
    sign_ins.announce()
    return OK


def create(size: str, *, seed: int) -> None:
    """Create the borough; until there is one to create, a worker for each role."""
    from hearth.cli import sign_ins

    say(f"Inventing a {size} borough (seed {seed})")
    sign_ins.first_workers()
