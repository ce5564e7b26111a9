"""Saying what was found: in lines for a person, or as JSON for a program."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from hearth.lib.errors import CannotDo, CannotRun


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


@contextmanager
def new_file(file: Path) -> Iterator[IO[bytes]]:
    """A new file that only we can read, whole or not there at all; nothing is written over."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CannotDo(f"{file} is there already. Nothing was written over it") from None
    except OSError as error:
        raise CannotRun(f"{file} cannot be made: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
    except BaseException:
        file.unlink(missing_ok=True)
        raise
