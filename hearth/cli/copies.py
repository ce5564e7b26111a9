"""Copying the database out and in with PostgreSQL's own programs, and the documents beside it."""

import hashlib
import io
import itertools
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from subprocess import DEVNULL, PIPE
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.db import connections

from hearth.config import database, embedded
from hearth.lib.errors import CannotDo, CannotRun

DUMP, DOCUMENTS, ABOUT = "database.dump", "documents.tar", "about.json"
COMING = ".coming"
# Everything or nothing, and no settings of whoever runs it.
WHOLE = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
# The lines of a script in which it sets the server's settings, and a good many more.
HEADING = 60
# Sessions could be used by whoever holds the copy, and the cache is made again.
LEFT_OUT = ("django_session", "hearth_cache")
# Returns on their way in, and what was found in them that nobody has asked to keep.
PASSING = ("./incoming", "./passing")


def back_up(into: Path) -> dict[str, Any]:
    """Copy everything into a new folder within this one, and say what it holds.

    Documents are copied after the database that names them, and never removed, so that every one
    the copy names is in it. The folder has its name only once the copy is whole.
    """
    named = into / f"hearth-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    partial = named.with_name(named.name + ".partial")
    partial.mkdir(parents=True, mode=0o700)
    try:
        about = _about()
        _run("pg_dump", "--format=custom", f"--file={partial / DUMP}", *_without(LEFT_OUT))
        with tarfile.open(partial / DOCUMENTS, "w") as held:
            if settings.DOCUMENTS.is_dir():
                held.add(settings.DOCUMENTS, arcname=".", filter=_unless_passing)
        about["sha256"] = {name: digest(partial / name) for name in (DUMP, DOCUMENTS)}
        (partial / ABOUT).write_text(json.dumps(about, indent=2) + "\n")
        partial.rename(named)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return {"folder": str(named), **about}


def _unless_passing(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if member.name in PASSING else member


def restore(source: Path) -> dict[str, Any]:
    """Put a copy into an empty database and an empty folder of documents; what the copy said.

    The documents are put out first, where nothing looks for them, and take their places once the
    database is whole: whatever stops it half way, both are as empty as they were.
    """
    about = checked(source)
    database.ensure_database()
    coming = settings.DOCUMENTS / COMING
    shutil.rmtree(coming, ignore_errors=True)
    _refuse_unless_empty()
    try:
        coming.mkdir(parents=True, mode=0o700)
        with tarfile.open(source / DOCUMENTS) as held:
            held.extractall(coming, filter="data")
        _load(source / DUMP)
        for arrived in coming.iterdir():
            arrived.rename(settings.DOCUMENTS / arrived.name)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    return about


def _load(dump: Path) -> None:
    """Put the database back in one transaction; its roles and rights have still to be put on it."""
    script = [str(embedded.programs() / "pg_restore"), "--no-owner", "--no-privileges", "--file=-"]
    with subprocess.Popen([*script, str(dump)], stdout=PIPE, stderr=PIPE) as reading:  # noqa: S603
        _run("psql", *WHOLE, script=_for_any_server(reading.stdout or io.BytesIO()))
        said = reading.stderr.read().decode() if reading.stderr else ""
    if reading.returncode:
        raise CannotRun(f"pg_restore could not read {dump}: {said.strip()}")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {database.READY}")


def _for_any_server(script: IO[bytes]) -> Iterator[bytes]:
    """The script without what a server older than the program that wrote it does not know."""
    for line in itertools.islice(script, HEADING):
        if not line.startswith(b"SET transaction_timeout"):
            yield line
    yield from iter(lambda: script.read(1 << 20), b"")


def documents_amiss() -> tuple[int, list[str]]:
    """How many stored files the record names, and those that are not there as they were put away.

    They are named by their random names, which say nothing of what is in them.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT stored_as, sha256 FROM records_documentversion ORDER BY id")
        named = cursor.fetchall()
    return len(named), [name for name, made in named if not _is_as_made(name, made)]


def _is_as_made(name: str, made: str) -> bool:
    file = settings.DOCUMENTS / name[:2] / name
    return file.is_file() and digest(file) == made


def checked(source: Path) -> dict[str, Any]:
    """What a copy says of itself, if it is whole and as it was made."""
    try:
        about: dict[str, Any] = json.loads((source / ABOUT).read_text())
        wrong = [n for n, made in about["sha256"].items() if digest(source / n) != made]
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError):
        raise CannotDo(f"{source} is not a backup made by hearth backup") from None
    if wrong:
        raise CannotDo(f"{', '.join(wrong)} in {source} is not as it was made: use another backup")
    if unheard := sorted(set(about["migrations"]) - set(_known())):
        raise CannotDo(
            "This backup was made by a newer version of Hearth: update this copy first. It does "
            f"not know of: {', '.join(unheard)}"
        )
    return about


def digest(file: Path) -> str:
    """A file's SHA-256."""
    with file.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()


def _about() -> dict[str, Any]:
    """When this copy is of, what was done to the database, and the head of the trail."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        applied = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT digest FROM accounts_trailseal ORDER BY to_transaction DESC LIMIT 1")
        head = cursor.fetchone()
        cursor.execute("SELECT version()")
        (version,) = cursor.fetchone()
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "made": made,
        "postgres": version.split(" on ")[0],
        "trail_head": head[0] if head else "",
        "migrations": applied,
    }


def _known() -> list[str]:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [f"{app}.{name}" for app, name in loader.disk_migrations or {}]


def _without(tables: tuple[str, ...]) -> list[str]:
    return [f"--exclude-table-data={table}" for table in tables]


def _refuse_unless_empty() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        (tables,) = cursor.fetchone()
    documents = settings.DOCUMENTS
    if tables or (documents.exists() and any(documents.iterdir())):
        full = f"The database has {tables} tables" if tables else f"{documents} is not empty"
        raise CannotDo(
            f"{full}. A backup is only put into an empty place, so that nothing is written over: "
            "name a new one with HEARTH_LOCAL, or with DATABASE_URL and HEARTH_DOCUMENTS"
        )


def _run(program: str, *words: str, script: Iterable[bytes] = ()) -> None:
    """Run one of PostgreSQL's programs on the owner's database, and tell it this script."""
    place = connections["owner"].settings_dict
    where = ["--host", place["HOST"], "--username", place["USER"], "--dbname", place["NAME"]]
    where += ["--port", place["PORT"]] if place["PORT"] else []
    options = {f"PG{name.upper()}": str(value) for name, value in place["OPTIONS"].items()}
    environment = os.environ | options | {"PGPASSWORD": place["PASSWORD"]}
    command = [str(embedded.programs() / program), "--no-password", *where, *words]
    with (
        TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=PIPE, stdout=DEVNULL, stderr=errors
        ) as running,
    ):
        with suppress(BrokenPipeError):
            running.stdin.writelines(script)  # type: ignore[union-attr]
            running.stdin.close()  # type: ignore[union-attr]
        running.wait()
        errors.seek(0)
        said = errors.read().decode()
    if running.returncode:
        full = "No space left on device" in said
        why = "the disk is full" if full else said.strip()
        raise CannotRun(f"{program} could not finish, and nothing was kept: {why}")
