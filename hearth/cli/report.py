"""Saying what was found: in lines for a person, or as JSON for a program."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any


def add_json(parser: argparse.ArgumentParser) -> None:
    """Take --json, as whatever reports does."""
    parser.add_argument("--json", action="store_true", help="report as JSON")


def report(args: argparse.Namespace, found: Mapping[str, Any], lines: Iterable[str]) -> None:
    """Write what was found, the way that was asked for."""
    if args.json:
        sys.stdout.write(json.dumps(found, indent=2, default=str, ensure_ascii=False) + "\n")
        return
    for line in lines:
        say(line)


def say(line: str = "") -> None:
    """Write a line at once, so that it is seen while the next thing is done."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def progress(done: int, total: int) -> None:
    """Say how far making the database ready has come, on one line where there is a screen."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\rMaking the database ready: {done} of {total}")
        sys.stdout.write("\n" if done == total else "")
        sys.stdout.flush()
    elif done == total:
        say(f"Made the database ready: {total} steps")
