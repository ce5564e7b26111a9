"""Check a return of looked-after children (SSDA903) against the rules of its year.

The return is a folder of CSV files, each known by its columns, or the one XML file. Nothing is kept
and no database is needed: any council may check the files of any system.

    hearth validate ssda903 return-2026/ --collection-end 2026-03-31
    hearth validate ssda903 return-2026/ --previous return-2025/ --format xlsx --output found.xlsx
    hearth validate ssda903 return-2026.xml --format jsonl > findings.jsonl

Rules about the year before are run when --previous gives its files. Without --collection-end the
year is the one that most of the reviews and ended episodes are in.

Some rules need what no return holds. docs/returns.md names the columns of the two lists:

    hearth validate ssda903 return-2026/ --authority E06000001 --postcodes postcodes.csv
    hearth validate ssda903 return-2026/ --authority E06000001 --providers providers.csv

Exit code 0 when nothing is found, 1 when something is, 2 when the files cannot be used (what is
wrong is said, with the file and line).
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli.validating import (
    add_output,
    asking,
    checked,
    reading,
    reading_postcodes,
    say_year,
    show,
)

if TYPE_CHECKING:
    from hearth.returns.check import Files, Outside


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, last year's, the end of the year, and how findings are written."""
    parser.add_argument("folder", type=Path, help="the folder of CSV files, or the XML file")
    parser.add_argument("--previous", type=Path, help="the files of the year before")
    parser.add_argument(
        "--collection-end", type=year_end, help="the last day of the year: 2026-03-31"
    )
    parser.add_argument(
        "--authority", default="", help="the authority's own code, as the lists write it"
    )
    parser.add_argument("--providers", type=Path, help="Ofsted's list of providers, as CSV")
    parser.add_argument("--postcodes", type=Path, help="where postcodes are, as CSV")
    add_output(parser)


def year_end(said: str) -> date:
    """The last day of a collection year, as it is written for a computer."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = None
    if day is None or (day.month, day.day) != (3, 31):
        raise argparse.ArgumentTypeError(
            f"a collection year ends on 31 March, written as 2026-03-31: {said} is not that"
        )
    return day


def run(args: argparse.Namespace) -> int:
    """Check the files, and write what was found."""
    from hearth.returns.check import looked_after_in, report_on_looked_after, year_of
    from hearth.returns.rules.books import SSDA903

    now = _read(args.folder)
    before = _read(args.previous) if args.previous else None
    with _outside(args) as outside:
        given = looked_after_in(now, before, args.collection_end, outside)
    with checked(args.folder):
        report = report_on_looked_after(given, rules=args.rules, told=asking)
    if not args.collection_end:
        sys.stderr.write(f"hearth: taken to be of the year that ends on {given.ends}\n")
    say_year(SSDA903, year_of(given.ends))
    return show(args, report)


def _read(folder: Path) -> "Files":
    from hearth.returns.check import read_folder

    with checked(folder):
        reading(folder)
        files = read_folder(folder)
    for notice in files.notices:
        sys.stderr.write(f"hearth: {notice}\n")
    return files


@contextmanager
def _outside(args: argparse.Namespace) -> "Iterator[Outside]":
    """What is known besides the return, to be read within this."""
    from hearth.returns.check import Outside, listing_in

    with (
        checked(),
        listing_in(args.providers) as providers,
        listing_in(args.postcodes) as postcodes,
    ):
        yield Outside(args.authority.strip(), providers, postcodes, reading_postcodes)
