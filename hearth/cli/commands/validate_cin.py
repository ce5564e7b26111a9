"""Check a children in need census (CIN) file against the rules of its year.

Nothing is kept and no database is needed: any council may check the file of any system. The year is
the file's own unless you say.

    hearth validate cin census-2026.xml
    hearth validate cin census-2026.xml --all --format text > findings.txt
    hearth validate cin census-2026.xml --format jsonl > findings.jsonl
    hearth validate cin census-2026.xml --format xlsx --output findings.xlsx

Exit code 0 when nothing is found, 1 when something is, 2 when the file cannot be used: what is
wrong with it is said, with its line.
"""

import argparse
from pathlib import Path

from hearth.cli.validating import add_output, asking, checked, reading, say_year, show
from hearth.lib.errors import CannotDo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, its year, and how findings are written."""
    parser.add_argument("file", type=Path, help="the CIN census, as XML")
    parser.add_argument("--year", type=int, help="the year whose rules are wanted, as 2026")
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Check the file, and write what was found."""
    from hearth.returns.check import census_year, read_census, report_on_census
    from hearth.returns.rules.books import CIN

    if args.year is not None and args.year != CIN.nearest(args.year):
        years = " and ".join(str(year) for year in range(CIN.first, CIN.last + 1))
        raise CannotDo(f"There are no rules of {args.year}: there are those of {years}")
    with checked(args.file):
        reading(args.file)
        with args.file.open("rb") as stream:
            census = read_census(stream)
        report = report_on_census(census, year=args.year, rules=args.rules, told=asking)
    say_year(CIN, args.year or census_year(census))
    return show(args, report)
