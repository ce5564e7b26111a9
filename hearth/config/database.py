"""Making the database ready: the roles, the tables, the rules of who sees which rows."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from hearth.accounts.protection import protect
from hearth.accounts.seal import keep_time
from hearth.config.embedded import refuse_full_disk
from hearth.config.migrating import Progress, migrate
from hearth.config.postgres import ROOT, is_embedded, local_folder, parse
from hearth.lib.errors import CannotRun

OLDEST = 15
READY = "hearth_ready"


def application_role() -> str:
    """The role the application connects as."""
    return str(settings.DATABASES["default"]["USER"])


def fingerprint() -> str:
    """Changes when a migration changes, or anything else that is done to make a database ready."""
    rooms = ROOT / "hearth"
    files = [*rooms.glob("*/migrations/*.py"), *rooms.glob("*/protection.py")]
    files += [Path(__file__), ROOT / "requirements.lock"]
    digest = hashlib.sha256(application_role().encode())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def ensure_database() -> bool:
    """Create the database if the server has none of its name. True if it was created."""
    owner = connections["owner"]
    with owner._nodb_cursor() as cursor:  # noqa: SLF001
        name = owner.settings_dict["NAME"]
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return False
        create = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0")
        cursor.execute(create.format(sql.Identifier(name)))
        return True


def ensure_role() -> None:
    """Create the application's role, or set its password: it owns nothing and bypasses nothing.

    Where HEARTH_APP_PASSWORD is set, the role is made and kept by whoever set it.
    """
    default = settings.DATABASES["default"]
    owner = connections["owner"]
    theirs = "HEARTH_APP_PASSWORD" in os.environ
    if theirs or default["USER"] == owner.settings_dict["USER"] or _may_sign_in():
        return
    role = sql.Identifier(application_role())
    can = "{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}"
    with owner.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [application_role()])
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        cursor.execute(sql.SQL(can).format(verb, role, sql.Literal(default["PASSWORD"])))


def make_ready(progress: Progress | None = None) -> bool:
    """Everything a new or an older database needs before pages can be served.

    Safe to run again, and quick when there is nothing to do; True if there was. Two that start at
    once take turns.
    """
    with _in_words():
        ensure_database()
        owner = connections["owner"]
        _refuse_old_postgres(owner)
        with owner.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('hearth make ready'))")
        try:
            ensure_role()
            done = _bring_up_to_date(owner, progress)
            keep_time()
            return done
        finally:
            for connection in connections.all(initialized_only=True):
                connection.close()


def _bring_up_to_date(owner: BaseDatabaseWrapper, progress: Progress | None) -> bool:
    wanted = fingerprint()
    if readied() == wanted:
        return False
    migrate(owner, progress)
    call_command("createcachetable", database="owner", verbosity=0)
    with owner.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {READY} (fingerprint text, at timestamptz)")
        cursor.execute(f"DELETE FROM {READY}")  # noqa: S608 - our own constant
    protect(application_role=application_role())
    with owner.cursor() as cursor:
        cursor.execute(f"INSERT INTO {READY} VALUES (%s, now())", [wanted])  # noqa: S608
    return True


def readied() -> str | None:
    """The fingerprint of what this database was last made ready for, if it was to the end."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"public.{READY}"])
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute(f"SELECT fingerprint FROM {READY}")  # noqa: S608 - our own constant
        row = cursor.fetchone()
        return str(row[0]) if row else None


def refuse_unready() -> None:
    """Stop unless this database has been made ready for this version."""
    with _in_words():
        found = readied()
    if found != fingerprint():
        state = "made ready for another version of" if found else "not been made ready for"
        raise CannotRun(
            f"This database has {'been ' if found else ''}{state} Hearth. Back it up if it holds "
            "anything, and run: hearth make-ready"
        )


def refuse_to_leak() -> None:
    """Stop unless row-level security binds the role that pages are served as."""
    with _in_words(), connections["default"].cursor() as cursor:
        cursor.execute("""
            SELECT rolsuper, rolbypassrls, EXISTS (
                SELECT FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE n.nspname = 'public' AND t.relkind = 'r'
                AND pg_has_role(current_user, t.relowner, 'MEMBER')
            ) FROM pg_roles WHERE rolname = current_user
        """)
        superuser, bypasses, owns = cursor.fetchone()
    faults = {"is a superuser": superuser, "bypasses row-level security": bypasses}
    faults["owns tables"] = owns
    if wrong := [fault for fault, found in faults.items() if found]:
        raise CannotRun(
            f"Hearth will not serve pages as the database role {application_role()}, which "
            f"{' and '.join(wrong)}: a restricted child's record could be shown to anybody. Leave "
            "HEARTH_AS, HEARTH_APP_USER and HEARTH_APP_PASSWORD unset, or name a role that owns "
            "nothing and was created NOSUPERUSER NOBYPASSRLS."
        )


def _may_sign_in() -> bool:
    """Whether the application's role is there and its password is right."""
    try:
        connections["default"].ensure_connection()
    except OperationalError:
        return False
    return True


def _refuse_old_postgres(owner: BaseDatabaseWrapper) -> None:
    with owner.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10_000
    if major < OLDEST:
        raise CannotRun(
            f"This database is PostgreSQL {major}, and Hearth needs {OLDEST} or later. Upgrade it, "
            "or leave DATABASE_URL unset to use the one that comes with Hearth."
        )


@contextmanager
def _in_words() -> Iterator[None]:
    """Say what a database's refusal means, and what to do about it."""
    try:
        yield
    except DatabaseError as error:
        raise CannotRun(words_for(error)) from error


def words_for(error: DatabaseError) -> str:
    """What to tell whoever runs Hearth about an error of the database's."""
    cause, said = error.__cause__, " ".join(str(error).split())
    if isinstance(cause, psycopg.errors.DiskFull) or "No space left on device" in said:
        return f"The disk that holds the database is full. Make room, and start again. ({said})"
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return f"The owner in DATABASE_URL lacks a right it needs: {said}. See docs/operations.md."
    if isinstance(error, OperationalError):
        return _unusable(said)
    return (
        f"The database could not be brought up to date: {said}. The step that failed has left "
        "nothing behind, and those before it have been kept. Restore the backup you made before "
        "upgrading, or update Hearth and start again."
    )


def _unusable(said: str) -> str:
    """Why the database cannot be used, and where to look."""
    if is_embedded():
        folder = local_folder() / "postgres"
        try:
            refuse_full_disk(folder)
        except CannotRun as full:
            return str(full)
        return f"The database in {folder} cannot be used: {said}. Its own reasons are in its log."
    place = parse(os.environ["DATABASE_URL"])
    where = f"{place['HOST'] or 'this machine'}, database {place['NAME']}"
    return f"The database cannot be used ({where}): {said}. Check DATABASE_URL."
