"""The account PostgreSQL runs under: our own, or, where we are root, one that owns its files.

PostgreSQL refuses to run as root.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

from hearth.lib.errors import CannotRun

NAME = "hearth-database"


def we_are_root() -> bool:
    """Whether an account other than ours is needed."""
    return os.geteuid() == 0


def of(folder: Path) -> dict[str, Any]:
    """How to run a program as the owner of this folder, in the words of `subprocess`."""
    if not we_are_root():
        return {}
    found = folder.stat()
    return {"user": found.st_uid, "group": found.st_gid, "extra_groups": []}


def give(folder: Path) -> None:
    """Make a new folder the database account's own."""
    if we_are_root():
        owner = _ours()
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        let_through(folder)


def let_through(path: Path) -> None:
    """Let the database account pass through the folders above this one: pass, and not read."""
    if not we_are_root():
        return
    for above in path.parents:
        mode = above.stat().st_mode
        if not mode & stat.S_IXOTH:
            above.chmod(mode | stat.S_IXOTH)


def let_run(programs: Path) -> None:
    """Let the database account run these programs, wherever and however they were installed."""
    if not we_are_root():
        return
    let_through(programs)
    home = programs.parent
    if home.stat().st_mode & stat.S_IXOTH and programs.stat().st_mode & stat.S_IXOTH:
        return
    for found in [home, *home.rglob("*")]:
        mode = found.stat().st_mode
        runs = stat.S_IXOTH if mode & stat.S_IXUSR else 0
        found.chmod(mode | stat.S_IROTH | runs)


def _ours() -> pwd.struct_passwd:
    """The database's account on this machine, made if it is not there."""
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    if useradd := shutil.which("useradd"):
        how = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run([useradd, *how, NAME], check=False, capture_output=True)  # noqa: S603
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise CannotRun(
            "PostgreSQL refuses to run as root, and no other account could be made for it. Run "
            "Hearth as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
        ) from None
