"""Making the database ready: the roles, the tables, the rules of who sees which rows."""

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from hearth.accounts.protection import protect
from hearth.config.postgres import APPLICATION_ROLE


def application_role() -> str:
    """The role the application connects as."""
    return str(settings.DATABASES["default"]["USER"])


def ensure_database() -> bool:
    """Create the database if the server has none of its name. True if it was created."""
    owner = connections["owner"]
    name = owner.settings_dict["NAME"]
    with owner._nodb_cursor() as cursor:  # noqa: SLF001
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return False
        cursor.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                sql.Identifier(name)
            )
        )
        return True


def ensure_role() -> None:
    """Create the application's role, or set its password: it owns nothing and bypasses nothing."""
    default = settings.DATABASES["default"]
    if default["USER"] != APPLICATION_ROLE:
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        cursor.execute(
            sql.SQL(
                "{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}"
            ).format(
                sql.SQL(verb), sql.Identifier(APPLICATION_ROLE), sql.Literal(default["PASSWORD"])
            )
        )


def migrate(verbosity: int = 0) -> None:
    """Bring the tables up to date, as their owner, and put the rules of sight back on them."""
    call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
    call_command("createcachetable", database="owner", verbosity=0)
    protect(application_role=application_role())


def make_ready(verbosity: int = 0) -> None:
    """Everything a new or an older database needs before pages can be served. Safe to run again."""
    ensure_database()
    ensure_role()
    migrate(verbosity)
    for connection in connections.all(initialized_only=True):
        connection.close()
