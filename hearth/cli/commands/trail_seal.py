"""Seal the trail now.

The worker does this every few seconds; by hand it is of use before a backup.

    hearth trail seal
    hearth trail seal --json
"""

import argparse

from hearth.cli.main import OK
from hearth.cli.report import add_json, report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to report."""
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Seal what can be sealed."""
    from hearth.accounts import seal

    sealed = seal.seal()
    report(args, {"sealed": sealed}, [f"{sealed:,} events sealed"])
    return OK
