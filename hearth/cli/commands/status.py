"""Say whether this installation is well: its database, its roles, its jobs and its trail.

Ends with 1 if anything needs doing, and says what.

    hearth status
    hearth status --json
"""

import argparse
from dataclasses import asdict, dataclass
from typing import Any

from hearth.cli.main import FOUND, OK
from hearth.cli.report import add_json, report


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it stands, and what to do if it is not well."""

    what: str
    found: str
    well: bool = True
    do: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to report."""
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Look at each thing, and report."""
    found = list(_findings())
    well = all(one.well for one in found)
    width = max(len(one.what) for one in found)
    lines = [f"{one.what:<{width}}  {one.found}{one.do and '. ' + one.do}" for one in found]
    report(args, {"well": well, "findings": [asdict(one) for one in found]}, lines)
    return OK if well else FOUND


def _findings() -> Any:
    from django.conf import settings
    from django.db import connections

    from hearth.config import database, postgres
    from hearth.lib.errors import CannotRun

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT version(), pg_database_size(current_database())")
        version, size = cursor.fetchone()
    yield Finding("Database", f"{' '.join(version.split()[:2])}, {size // 2**20} MB")
    where = "comes with Hearth" if postgres.is_embedded() else "DATABASE_URL"
    yield Finding("Where", f"{owner.settings_dict['NAME']} ({where})")
    try:
        database.refuse_unready()
    except CannotRun as error:
        yield Finding("Tables", str(error), well=False)
        return
    yield Finding("Tables", "ready for this version")
    try:
        database.refuse_to_leak()
        yield Finding("Row-level security", f"binds {database.application_role()}")
    except CannotRun as error:
        yield Finding("Row-level security", str(error), well=False)
    yield from _counts()
    yield Finding("Documents", str(settings.DOCUMENTS))


def _counts() -> Any:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user WHERE is_active")
        (workers,) = cursor.fetchone()
        cursor.execute("SELECT status, count(*) FROM procrastinate_jobs GROUP BY status")
        jobs = dict(cursor.fetchall())
    do = "" if workers else "Create the first: hearth create-worker --help"
    yield Finding("Workers", f"{workers} may sign in", well=bool(workers), do=do)
    failed = jobs.get("failed", 0)
    yield Finding(
        "Jobs",
        f"{jobs.get('todo', 0)} waiting, {failed} failed",
        well=not failed,
        do="See what failed in the worker's log" if failed else "",
    )
