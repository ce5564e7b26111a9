"""Check a return of looked-after children (SSDA903) against the rules of its year.

The return is a folder of CSV files, each known by its columns, or the one XML file. Nothing is kept
and no database is needed: any council may check the files of any system.

    hearth validate ssda903 return-2026/ --collection-end 2026-03-31
    hearth validate ssda903 return-2026/ --previous return-2025/ --format xlsx --output found.xlsx
    hearth validate ssda903 return-2026.xml --format jsonl > findings.jsonl

Rules about the year before are run when --previous gives its files. Without --collection-end the
year is the one that most of the reviews and ended episodes are in.

Exit code 0 when nothing is found, 1 when something is, 2 when the files cannot be used (what is
wrong is said, with the file and line).
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from hearth.cli.validating import add_output, checked, show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, last year's, the end of the year, and how findings are written."""
    parser.add_argument("folder", type=Path, help="the folder of CSV files, or the XML file")
    parser.add_argument("--previous", type=Path, help="the files of the year before")
    parser.add_argument(
        "--collection-end", type=date.fromisoformat, help="the last day of the year: 2026-03-31"
    )
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Check the files, and write what was found."""
    from hearth.returns.check import looked_after_in, read_folder, report_on_looked_after

    with checked(args.folder) as told:
        now = read_folder(args.folder)
        before = read_folder(args.previous) if args.previous else None
        for notice in (*now.notices, *(before.notices if before else ())):
            sys.stderr.write(f"hearth: {notice}\n")
        given = looked_after_in(now, before, args.collection_end)
        report = report_on_looked_after(given, rules=args.rules, told=told)
        if not args.collection_end:
            sys.stderr.write(f"hearth: taken to be of the year that ends on {given.ends}\n")
    return show(args, report)
