"""What the commands that check a return share: progress, faults said plainly, and the formats."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hearth.cli.main import FOUND, OK
from hearth.lib.errors import CannotDo

if TYPE_CHECKING:
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
def checked(path: Path) -> Iterator[Callable[[int, int], None]]:
    """Read and check within this: progress is shown, and what cannot be used is said plainly."""
    from hearth.returns.check import CannotRead

    try:
        yield _progress if sys.stderr.isatty() else lambda _done, _all: None
    except CannotRead as fault:
        raise CannotDo(f"{path}: {fault}") from None
    except OSError as fault:
        raise CannotDo(f"{path}: {fault.strerror or fault}") from None
    finally:
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K")


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"\rRule {done + 1} of {total}")


def show(args: argparse.Namespace, report: "Report") -> int:
    """Write the findings as was asked, and say by the exit code whether there are any."""
    from hearth.returns import findings

    if args.format == "xlsx":
        if not args.output:
            raise CannotDo("A workbook needs a file to be written to: --output findings.xlsx")
        with args.output.open("wb") as book:
            findings.write_workbook(report, book)
    elif args.output:
        with args.output.open("w", encoding="utf-8", newline="") as out:
            _write(args, report, out)
    else:
        _write(args, report, sys.stdout)
    if args.output or args.format != "text":
        sys.stderr.write(findings.summary(report) + "\n")
        for each in (*report.not_run, *report.failed):
            sys.stderr.write(f"hearth: {each.rule} was not run. {each.reason}\n")
    return FOUND if report.findings else OK


def _write(args: argparse.Namespace, report: "Report", out: TextIO) -> None:
    from hearth.returns import findings

    if args.format == "jsonl":
        out.writelines(findings.json_lines(report))
    elif args.format == "csv":
        findings.write_csv(report, out)
    else:
        findings.write_text(report, out, whole=args.all)
