"""Where the database is: the one named in DATABASE_URL, or one of our own in a local folder.

Two roles connect. The *owner* creates tables and runs migrations. The *application* serves pages;
it owns nothing and cannot bypass row-level security, so a forgotten filter cannot leak a
restricted child.
"""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from hearth.config import embedded
from hearth.lib.errors import CannotRun

ROOT = Path(__file__).resolve().parent.parent.parent
APPLICATION_ROLE = "hearth_app"
# Row-level security makes a short query look a long one, and PostgreSQL would then spend a second
# or more compiling what takes a millisecond to run.
NO_COMPILING = "-c jit=off"
AS_FOLLOWS = "It is written postgresql://user:password@host:5432/database"


def local_folder() -> Path:
    """The folder for everything this installation keeps on this machine."""
    return Path(os.environ.get("HEARTH_LOCAL") or ROOT / ".local").expanduser().resolve()


def is_embedded() -> bool:
    """Whether the database is the one that comes with Hearth."""
    return "DATABASE_URL" not in os.environ or os.environ.get("HEARTH_EMBEDDED") == "1"


def database_url() -> str:
    """The owner's address of the database, starting our own if none is configured."""
    if not os.environ.get("DATABASE_URL"):
        if os.environ.get("HEARTH_AS") == "nobody":
            return "postgresql://nobody@/none"
        os.environ["DATABASE_URL"] = embedded.use(local_folder() / "postgres")
        os.environ["HEARTH_EMBEDDED"] = "1"
    return os.environ["DATABASE_URL"]


def application_password(secret: str) -> str:
    """The application role's password, made from the secret key so that none is stored."""
    return hmac.new(secret.encode(), APPLICATION_ROLE.encode(), hashlib.sha256).hexdigest()


def parse(url: str) -> dict[str, Any]:
    """A PostgreSQL address as Django's settings for it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise CannotRun(f"DATABASE_URL cannot be read: {error}. {AS_FOLLOWS}") from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise CannotRun(f"DATABASE_URL must start with postgresql://. {AS_FOLLOWS}")
    options = dict(parse_qsl(parts.query))
    options["options"] = f"{NO_COMPILING} {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "hearth",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": options,
    }


def application_url(secret: str) -> str:
    """The database's address for the application alone.

    What serves pages is given this one, and so never knows the owner's password.
    """
    given = urlsplit(database_url())
    name, password = application_login(secret)
    place = given.netloc.rpartition("@")[2]
    netloc = f"{quote(name, safe='')}:{quote(password, safe='')}@{place}"
    return urlunsplit(given._replace(netloc=netloc))


def application_login(secret: str) -> tuple[str, str]:
    """The name and password that the application connects with."""
    name = os.environ.get("HEARTH_APP_USER") or APPLICATION_ROLE
    return name, os.environ.get("HEARTH_APP_PASSWORD") or application_password(secret)


def databases(secret: str) -> dict[str, dict[str, Any]]:
    """Both connections. `default` is the application's; `owner` is for migrations only."""
    owner = parse(database_url())
    if os.environ.get("HEARTH_DATABASE"):
        owner["NAME"] = os.environ["HEARTH_DATABASE"]
    name, password = application_login(secret)
    application = owner | {
        "USER": name,
        "PASSWORD": password,
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": int(os.environ.get("HEARTH_CONN_MAX_AGE", "60")),
        "CONN_HEALTH_CHECKS": True,
    }
    if os.environ.get("HEARTH_AS") == "owner":
        application = application | {"USER": owner["USER"], "PASSWORD": owner["PASSWORD"]}
    return {"default": application, "owner": owner}
