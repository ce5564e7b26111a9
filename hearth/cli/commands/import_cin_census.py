"""Bring a children in need census (CIN) XML file into Hearth's record.

Each child is brought in wholly or not at all, and bringing the same file in twice changes nothing.
A file that is broken anywhere is refused as a whole and leaves the database as it was.

    hearth import cin-census census-2026.xml
    hearth import cin-census census-2026.xml --team "Assessment team 1"
    hearth import cin-census census-2026.xml --json > what-happened.json

Exit code 0 when every child was brought in, 1 when some were refused (each is listed with the
reason), 2 when the file cannot be used.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli.main import FOUND, OK, UNUSABLE
from hearth.cli.report import add_json, report

if TYPE_CHECKING:
    from hearth.returns.models import CensusImport
    from hearth.workforce.models import Team

SHOWN = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and who gets the unfinished work."""
    parser.add_argument("file", type=Path, help="the CIN census, as XML")
    parser.add_argument("--team", default="", help="the team that gets unfinished assessments")
    parser.add_argument("--all", action="store_true", help="list every child, not only the refused")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Import the file, and say for each child what became of it."""
    from hearth.returns.checking.plain_xml import CannotRead
    from hearth.workforce.models import Team

    team = Team.objects.filter(name=args.team).first() if args.team else None
    if not args.file.is_file():
        return _cannot(f"There is no file {args.file}")
    if args.team and team is None:
        return _cannot(f"There is no team called {args.team}")
    try:
        going = _import(args.file, team)
    except CannotRead as fault:
        return _cannot(str(fault))
    found = _found(going, whole=args.all or args.json)
    report(args, found, _in_words(found, refused=going.refused))
    return FOUND if going.refused else OK


def _cannot(why: str) -> int:
    sys.stderr.write(f"hearth: {why}\n")
    return UNUSABLE


def _import(file: Path, team: "Team | None") -> "CensusImport":
    from django.utils import timezone

    from hearth.accounts.actions import system_worker
    from hearth.returns import actions
    from hearth.returns.cin.reader import FileSource

    source, by = FileSource(file), system_worker()
    going = actions.start_import(name=file.name, source=source, by=by)
    actions.import_census(
        run=going, source=source, today=timezone.localdate(), by=by, team=team, progress=_say
    )
    return going


def _found(going: "CensusImport", *, whole: bool) -> dict[str, object]:
    """What became of the file, with each child's line, or the first of those refused."""
    from django.db import transaction

    from hearth.accounts.actions import system_worker
    from hearth.accounts.worker_context import acting_as
    from hearth.returns.models import LineState

    lines = going.lines.order_by("line")
    with transaction.atomic(), acting_as(system_worker()):
        shown = lines if whole else lines.filter(state=LineState.REFUSED)[:SHOWN]
        rows = [
            {"child": x.child_id_in_file, "line": x.line, "state": x.state, "words": x.words}
            for x in shown
        ]
    return {
        "file": going.name,
        "children": going.children,
        "loaded": going.loaded,
        "unchanged": going.unchanged,
        "refused": going.refused,
        "lines": rows,
    }


def _say(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total} children" + ("\n" if done == total else ""))


def _in_words(found: dict[str, object], *, refused: int) -> list[str]:
    lines = [
        f"{found['children']} children in {found['file']}",
        f"{found['loaded']} put on record or added to",
        f"{found['unchanged']} unchanged",
        f"{found['refused']} refused",
    ]
    rows: list[dict[str, str]] = found["lines"]  # type: ignore[assignment]
    lines += [f"  {row['child'] or 'no id'} (line {row['line']}): {row['words']}" for row in rows]
    if refused > len(rows):
        lines.append(f"  and {refused - len(rows)} more refused; --all lists every child")
    return lines
