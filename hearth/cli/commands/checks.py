"""Have every practice check look at every open case now, and say what they find.

It is what Hearth does by itself each night: what is found is kept, told to whom it concerns and
cleared when the record says otherwise. Run it after records were brought in, or to see how long the
night's look takes. It may be stopped and begun again: each few hundred children are kept as they
are done.

    hearth checks
    hearth checks --json
    hearth checks --json --each | grep PC-040

--json writes a line for each check and one for the whole; --each a line for each child it sounds
for too, by number, with nothing of what the record says.

Exit code 0 when no check sounds for anybody, 1 when one does, 2 when it was asked for wrongly, 3
when the database stands in the way.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

from hearth.cli.main import FOUND, OK
from hearth.cli.report import add_json, say
from hearth.lib.errors import CannotDo

if TYPE_CHECKING:
    from datetime import date, datetime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How it is reported."""
    add_json(parser)
    parser.add_argument(
        "--each", action="store_true", help="with --json: a line for each child it sounds for"
    )


def run(args: argparse.Namespace) -> int:
    """Look at everybody, and say how many of each, and how long it took."""
    from django.utils import timezone

    from hearth.accounts.actions import system_worker
    from hearth.accounts.worker_context import acting_as
    from hearth.cli.validating import going_through
    from hearth.quality import actions

    if args.each and not args.json:
        raise CannotDo("--each goes with --json")
    today, began, started = timezone.localdate(), timezone.now(), monotonic()
    by = system_worker()
    children = actions.look_at_open_cases(today=today, by=by, progress=going_through)
    actions.keep_first_figures(today=today, by=by)
    actions.look_at_figures(today=today, by=by)
    seconds = monotonic() - started
    with acting_as(by):
        found = list(_by_check(today, began))
        each = list(_each(today)) if args.each else []
    sounding = sum(one["sounding"] for one in found)
    whole = {
        "children": children,
        "sounding": sounding,
        "seconds": round(seconds, 2),
        "seconds_per_1000_children": round(seconds * 1000 / children, 2) if children else 0,
    }
    if args.json:
        for line in (*found, *each, whole):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    else:
        _in_words(found, whole)
    return FOUND if sounding else OK


def _by_check(today: "date", began: "datetime") -> Iterator[dict[str, Any]]:
    """Each check, with how many children it sounds for, and what this look found and cleared."""
    from django.db.models import Count

    from hearth.casework.checks import CHECKS
    from hearth.quality.models import Alert

    def many(alerts: Any) -> dict[str, int]:
        return dict(alerts.values_list("check_key").annotate(many=Count("pk")).order_by())

    sounding = many(Alert.objects.sounding(today))
    new = many(Alert.objects.filter(opened_at__gte=began))
    cleared = many(Alert.objects.filter(cleared_at__gte=began))
    for key, one in sorted(CHECKS.items()):
        yield {
            "check": key,
            "title": one.title,
            "severity": one.severity.value,
            "sounding": sounding.get(key, 0),
            "new": new.get(key, 0),
            "cleared": cleared.get(key, 0),
        }


def _each(today: "date") -> Iterator[dict[str, Any]]:
    """Each alert that sounds, by the child's number: what the record says stays in Hearth."""
    from hearth.quality.models import Alert

    rows = Alert.objects.sounding(today).order_by("check_key", "since", "pk")
    for key, child, subject, since in rows.values_list(
        "check_key", "child__la_child_id", "subject", "since"
    ).iterator(chunk_size=1000):
        yield {"check": key, "child": child, "subject": subject, "since": since.isoformat()}


def _in_words(found: list[dict[str, Any]], whole: Mapping[str, Any]) -> None:
    for one in found:
        more = f" ({one['new']:,} new, {one['cleared']:,} cleared)"
        said = more if one["new"] or one["cleared"] else ""
        say(f"{one['check']:<16}{one['sounding']:>7,}  {one['title']}{said}")
    say(
        f"{whole['children']:,} children looked at in {whole['seconds']:,} seconds, "
        f"{whole['seconds_per_1000_children']:,} for each thousand"
    )
