"""Find out whether anybody has changed the trail of who looked at what and did what.

Works the whole chain of seals out again, and names every event and seal that was changed, added or
removed since it was sealed. Ends with 1 if there are any.

What a chain cannot show by itself is its own end being cut off, or all of it being made again. Keep
its head somewhere else (`hearth trail head`), and give it here to be looked for.

    hearth trail verify
    hearth trail verify --head 3f5a...      the head kept from an earlier day
    hearth trail verify --json
"""

import argparse
from dataclasses import asdict

from hearth.cli.main import FOUND, OK
from hearth.cli.report import add_json, report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A head to look for, and how to report."""
    parser.add_argument("--head", default="", help="a head kept earlier, which must still be there")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Verify, and say what was found."""
    from hearth.accounts import seal

    verdict = seal.verify(expecting=args.head)
    found = {"stands": verdict.stands, **asdict(verdict)}
    counted = f"{verdict.events:,} events in {verdict.seals:,} seals"
    since = f"{verdict.not_yet_sealed:,} since, not yet sealed"
    last = f"The trail stands: {counted}; {since}"
    if not verdict.stands:
        last = f"THE TRAIL IS BROKEN in {len(verdict.broken):,} places: {counted}; {since}"
    report(args, found, [*verdict.broken, last])
    return OK if verdict.stands else FOUND
