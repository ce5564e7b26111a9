"""Write who looked at what and did what, between two days, for an auditor.

One event a line, as JSON: its number, when, who, the kind (look, deed, refusal, sign_in), what, the
record as `app.Model:number`, the numbers of the people it is about, and the reason where one was
given. It holds no words from the record, but it names workers and children's numbers: keep it as
you keep the record. The export is itself put on the trail.

    hearth export trail november.jsonl --from 2026-11-01 --to 2026-11-30
    hearth export trail child.jsonl --about 1042              one person's number
    hearth export trail all.jsonl --json                      report how many, as JSON

Ends with 2, and writes nothing, if the file is there already or the days are the wrong way round.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hearth.cli.main import OK
from hearth.cli.report import add_json, new_file, report
from hearth.lib.errors import CannotDo

if TYPE_CHECKING:
    from hearth.accounts.models.trail import TrailQuerySet

FIELDS = ("id", "at", "by_id", "by_name", "kind", "what", "subject", "about", "reason")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and which events."""
    parser.add_argument("file", type=Path, help="the file to make")
    day = {"type": date.fromisoformat, "metavar": "DAY"}
    parser.add_argument("--from", dest="since", help="the first day, as 2026-11-01", **day)  # type: ignore[arg-type]
    parser.add_argument("--to", dest="until", help="the last day, included", **day)  # type: ignore[arg-type]
    parser.add_argument("--about", type=int, metavar="NUMBER", help="only about this person")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write the events, put it on the trail, and say how many there were."""
    from django.db import transaction

    from hearth.accounts import trail
    from hearth.accounts.actions import system_worker
    from hearth.accounts.models import TrailEvent
    from hearth.accounts.worker_context import acting_as

    if args.since and args.until and args.since > args.until:
        raise CannotDo("The first day is after the last. Nothing was written")
    hearth = system_worker()
    with transaction.atomic(), acting_as(hearth):
        events = TrailEvent.objects.between(args.since, args.until).order_by("id")
        if args.about is not None:
            events = events.of_person(args.about)
        about = [args.about] if args.about is not None else []
        written = _write(args.file, _lines(events))
        trail.record("Exported the trail", None, by=hearth, about=about, reason=_which(args))
    found = {"file": str(args.file), "events": written}
    report(args, found, [f"{written:,} events in {args.file}"])
    return OK


def _which(args: argparse.Namespace) -> str:
    return f"From {args.since or 'the beginning'} to {args.until or 'now'}, at the command line"


def _lines(events: "TrailQuerySet") -> Iterator[str]:
    for row in events.values(*FIELDS).iterator(chunk_size=2_000):
        found: dict[str, Any] = {**row, "at": row["at"].isoformat()}
        yield json.dumps(found, ensure_ascii=False) + "\n"


def _write(file: Path, lines: Iterator[str]) -> int:
    """Write them to a new file; how many."""
    count = 0
    with new_file(file) as out:
        for count, line in enumerate(lines, 1):  # noqa: B007 - how many there were
            out.write(line.encode())
    return count
