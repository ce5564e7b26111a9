"""The test plug-in: a database made once, copied for each process, and used as the application.

Tests connect as the application's own role, so row-level security is on in every one of them. A
test runs as Hearth itself (who is shown everybody) until it says otherwise with `acting_as`.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ.setdefault("HEARTH_CONN_MAX_AGE", "0")
os.environ.setdefault("HEARTH_APP_USER", "hearth_test")

TEMPLATE = "hearth_test_template"
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
os.environ["HEARTH_DATABASE"] = f"hearth_test_{_worker}"


def _make_template():
    """Make the template database, once for all processes and again when migrations change."""
    from django.db import connections  # noqa: PLC0415

    from hearth.config import database  # noqa: PLC0415

    owner = connections["owner"]
    own_name = owner.settings_dict["NAME"]
    wanted = f"{TEMPLATE}_{database.fingerprint()}"
    with owner._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [TEMPLATE + "%"])
        found = {row[0] for row in cursor.fetchall()}
        for stale in found - {wanted}:
            cursor.execute(f'DROP DATABASE IF EXISTS "{stale}" WITH (FORCE)')
    if wanted not in found:
        making = f"{TEMPLATE}_making"
        with owner._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
        for alias in ("owner", "default"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = making
        database.make_ready()
        for alias in ("owner", "default"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = own_name
        with owner._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{wanted}"')
    copy_template()


def copy_template() -> None:
    """Make this process's own database afresh from the template."""
    from django.db import connections  # noqa: PLC0415

    from hearth.config import database  # noqa: PLC0415

    owner = connections["owner"]
    own_name = owner.settings_dict["NAME"]
    template = f"{TEMPLATE}_{database.fingerprint()}"
    for connection in connections.all(initialized_only=True):
        connection.close()
    with owner._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{own_name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{own_name}" TEMPLATE "{template}"')


def make_database() -> None:
    """Make this process's own database, copied from the template, holding others off meanwhile."""
    from hearth.config.postgres import local_folder  # noqa: PLC0415

    local_folder().mkdir(parents=True, exist_ok=True)
    with (local_folder() / "test-database.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        _make_template()


def hearth_itself():
    """The worker that jobs run as."""
    from hearth.accounts.actions import system_worker  # noqa: PLC0415

    return system_worker()


def earlier_today(**time: int):
    """So long before now, though not before today began.

    What happened some minutes ago is today's also just after midnight, as a test that goes by the
    day has it.
    """
    from django.utils import timezone  # noqa: PLC0415

    now = timezone.localtime()
    return max(now - timedelta(**time), now.replace(hour=0, minute=0, second=0, microsecond=0))


def work_as_hearth_itself(*, committing: bool) -> None:
    """Let what is made in a test be seen in it: for its transaction or, without one, to its end.

    A test marked `django_db(transaction=True)` commits, as a live server's do.
    """
    from django.db import connection  # noqa: PLC0415

    from hearth.accounts.worker_context import set_worker  # noqa: PLC0415

    if not committing:
        set_worker(hearth_itself())
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hearth.worker', %s, false)", [str(hearth_itself().pk)])


@contextmanager
def at_most_queries(most: int = 15) -> Iterator[None]:
    """Fail if the page drawn within asks the database more than this. The budget is 15 a page.

    Noting that a worker is still there is not counted: it is done once a minute, not once a page.
    """
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        yield
    uncounted = ("SAVEPOINT", 'UPDATE "django_session"')
    asked_for = [query["sql"] for query in asked.captured_queries]
    queries = [sql for sql in asked_for if not any(words in sql for words in uncounted)]
    assert len(queries) <= most, "\n".join([f"{len(queries)} queries", *queries])


def pytest_configure(config) -> None:
    """Follow a test that commits with a new database; let `--cov` see which templates were drawn.

    The application may not empty tables, and the trail lets nobody.
    """
    from django.conf import settings  # noqa: PLC0415
    from django.test import TransactionTestCase  # noqa: PLC0415

    TransactionTestCase._fixture_teardown = lambda _: copy_template()  # type: ignore[attr-defined]
    if config.pluginmanager.hasplugin("_cov"):
        settings.TEMPLATES[0]["OPTIONS"]["debug"] = True  # type: ignore[index]
