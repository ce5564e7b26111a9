"""What the commands that check a return share: progress, faults said plainly, and the formats."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hearth.cli.main import FOUND, OK
from hearth.lib.errors import CannotDo, CannotRun

if TYPE_CHECKING:
    from hearth.returns.checking.rule import RuleBook
    from hearth.returns.checking.run import Report

FORMATS = ("text", "jsonl", "csv", "xlsx")


def add_output(parser: argparse.ArgumentParser) -> None:
    """How findings are written, and which rules are asked."""
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how findings are written"
    )
    parser.add_argument("--output", type=Path, help="the file to write them to")
    parser.add_argument("--all", action="store_true", help="show every finding, not the first 20")
    parser.add_argument(
        "--rules", type=lambda codes: codes.split(","), help="only these rules, as 1103,8863Q"
    )


@contextmanager
def checked(path: Path | None = None) -> Iterator[None]:
    """Read and check within this: what cannot be used is said plainly, with where it is."""
    from hearth.returns.check import CannotRead

    try:
        yield
    except CannotRead as fault:
        named = path is None or str(fault).startswith(path.name)
        raise CannotDo(str(fault) if named else f"{path}: {fault}") from None
    except OSError as fault:
        raise CannotDo(f"{fault.filename or path}: {fault.strerror or fault}") from None
    finally:
        _said("")


def reading(path: Path) -> None:
    """Say that a file is being read, where there is a screen."""
    _said(f"Reading {path}")


def reading_postcodes(read: int) -> None:
    """Say how far a long list has been read."""
    _said(f"Reading postcodes: {read:,}")


def asking(done: int, total: int) -> None:
    """Say how many of the rules have been asked."""
    _said(f"Rule {done + 1} of {total}")


def going_through(done: int, total: int) -> None:
    """Say how many of the records have been gone through."""
    _said(f"{done:,} of {total:,} records" if done < total else "")


def _said(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()


def say_year(book: "RuleBook", year: int) -> None:
    """Say so when the rules of the return's own year are not known, and others are asked."""
    nearest = book.nearest(year)
    if nearest != year:
        sys.stderr.write(
            f"hearth: the rules of {year} are not known, so those of {nearest} were asked\n"
        )


def show(args: argparse.Namespace, report: "Report") -> int:
    """Write the findings as was asked, and say by the exit code whether there are any."""
    from hearth.returns import findings

    if args.format == "xlsx" and not args.output:
        raise CannotDo("A workbook needs a file to be written to: --output findings.xlsx")
    if args.output:
        with _kept(args.output) as out:
            _write(args, report, out)
    else:
        _write(args, report, sys.stdout)
    if args.output or args.format != "text":
        sys.stderr.write(findings.summary(report) + "\n")
        for each in (*report.not_run, *report.failed):
            sys.stderr.write(f"hearth: {each.rule} was not run. {each.reason}\n")
    return FOUND if report.findings else OK


@contextmanager
def _kept(path: Path) -> Iterator[TextIO]:
    """A file of findings, which are about children: what is new, only we may read."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise CannotRun(f"{path} cannot be written: {error.strerror}") from None
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        yield out


def _write(args: argparse.Namespace, report: "Report", out: TextIO) -> None:
    from hearth.returns import findings

    if args.format == "xlsx":
        findings.write_workbook(report, out.buffer)
    elif args.format == "jsonl":
        out.writelines(findings.json_lines(report))
    elif args.format == "csv":
        findings.write_csv(report, out)
    else:
        findings.write_text(report, out, whole=args.all)
