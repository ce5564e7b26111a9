"""Say the newest seal of the trail, to be kept where nobody with the database can reach it.

Keep one each day, on paper or in another system: `hearth trail verify --head` then shows whether
the trail up to that day was cut off or made again.

    hearth trail head
    hearth trail head --json
"""

import argparse
from dataclasses import asdict

from hearth.cli.main import OK
from hearth.cli.report import add_json, report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to report."""
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Say it."""
    from hearth.accounts import seal

    head = seal.head()
    lines = [head.digest, f"Seal {head.seal}, {head.events:,} events sealed in all"]
    if head.at is not None:
        lines.append(f"Sealed at {head.at:%Y-%m-%d %H:%M:%S} UTC")
    report(args, asdict(head), [*lines, f"{head.not_yet_sealed:,} since, not yet sealed"])
    return OK
