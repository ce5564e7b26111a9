"""Build the children in need census (CIN) of a year from the record, as XML.

The file has every child who was referred or had an open case in the year to its 31 March,
restricted children too, as the law asks: keep it as you would the record. It is checked by the
rules of its year as it is built, and kept in Hearth with its digest, listed on the page Returns.

    hearth build cin --year 2026 --output census-2026.xml
    hearth build cin --year 2026 --output census-2026.xml --reconciliation left-out.csv

The record as it stood at a moment: what was recorded, corrected or withdrawn later does not count.
The same year and moment give the same bytes; --dated sets the moment that the header gives, which
is otherwise the same one:

    hearth build cin --year 2026 --as-at 2026-07-01T12:00 --output as-sent.xml

Exit code 0 when the rules find nothing in it, 1 when they find something (hearth validate cin says
what), 2 when it cannot be built.
"""

import argparse
import csv
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli.main import FOUND, OK
from hearth.cli.report import add_json, new_file, report
from hearth.lib.errors import CannotDo

if TYPE_CHECKING:
    from hearth.returns.models import CensusBuild


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which year, as at when, and where to."""
    parser.add_argument("--year", type=int, required=True, help="the year of its 31 March, as 2026")
    parser.add_argument(
        "--as-at",
        type=_moment,
        metavar="MOMENT",
        help="the record as it stood, as 2026-07-01T12:00",
    )
    parser.add_argument(
        "--dated", type=_moment, metavar="MOMENT", help="the moment the header gives as its own"
    )
    parser.add_argument("--output", type=Path, required=True, help="the XML file to make")
    parser.add_argument(
        "--reconciliation", type=Path, metavar="FILE", help="the CSV of what is left out, and why"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Build the census, and say how much of each thing is in it."""
    from django.utils import timezone

    from hearth.accounts.actions import system_worker
    from hearth.cli.validating import going_through
    from hearth.records import storage
    from hearth.returns import actions, reconciling

    for path in (args.output, args.reconciliation):
        if path is not None and path.exists():
            raise CannotDo(f"{path} is there already. Nothing was written over it")
    by = system_worker()
    build = actions.start_build(
        year=args.year,
        as_at=_local(args.as_at),
        dated=_local(args.dated),
        today=timezone.localdate(),
        by=by,
    )
    actions.build_census(build=build, by=by, progress=going_through)
    with storage.path_of(build.stored_as).open("rb") as kept, new_file(args.output) as out:
        shutil.copyfileobj(kept, out)
    if args.reconciliation is not None:
        _reconcile(build, args.reconciliation)
    report(
        args, _found(build, args.output), _in_words(build, args.output, reconciling.in_words(build))
    )
    return FOUND if build.errors or build.queries else OK


def _reconcile(build: "CensusBuild", path: Path) -> None:
    """Write every line, as Hearth itself: nothing is kept from whoever runs the service."""
    import io

    from django.db import transaction

    from hearth.accounts.actions import system_worker
    from hearth.accounts.worker_context import acting_as
    from hearth.returns import reconciling

    with new_file(path) as out, transaction.atomic(), acting_as(system_worker()):
        text = io.TextIOWrapper(out, encoding="utf-8", newline="")
        csv.writer(text).writerows(reconciling.rows(build))
        text.flush()
        text.detach()


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is no moment: write it as 2026-07-01T12:00"
        ) from None


def _local(moment: datetime | None) -> datetime | None:
    """A moment without a zone is one of our own clock."""
    from django.utils import timezone

    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment)


def _found(build: "CensusBuild", path: Path) -> dict[str, object]:
    return {
        "file": str(path),
        "year": build.year,
        "as_at": build.as_at.isoformat(),
        "sha256": build.digest,
        "bytes": build.size,
        "considered": build.considered,
        "counts": build.counts,
        "errors": build.errors,
        "queries": build.queries,
    }


def _in_words(build: "CensusBuild", path: Path, counts: list[tuple[str, str]]) -> list[str]:
    lines = [f"{path}: {build.size:,} bytes, SHA-256 {build.digest}"]
    lines.append(f"The record as it stood at {build.as_at.isoformat()}")
    lines += [f"{thing}: {said}" for thing, said in counts]
    lines.append(
        f"The rules of {build.year} find {build.errors:,} errors, {build.queries:,} queries"
    )
    return lines
