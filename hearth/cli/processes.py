"""The web server and the job worker, kept running side by side and stopped in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

from hearth.lib.errors import CannotRun

DIES_WITH_PARENT = 1
PATIENCE = 20
PAUSE = 5.0


def _end_with_parent() -> None:
    """Ask Linux to stop this process when the one that started it goes, however it goes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


class Child:
    """One process of ours, out of the terminal's reach so that we decide when it stops."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], *, again: bool
    ) -> None:
        self.name, self.command, self.environment, self.again = name, command, environment, again
        self.start_at = 0.0
        self.start()

    def start(self) -> None:
        """Start it, or start it again."""
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - no threads have been started
        )

    def look(self) -> None:
        """Start a worker that ended again after a pause; for any other, give up."""
        code = self.process.poll()
        if code is None:
            return
        if not self.again:
            raise CannotRun(
                f"The {self.name} stopped by itself ({_ended(code)}): see above for why."
            )
        if not self.start_at:
            self.start_at = time.monotonic() + PAUSE
            sys.stderr.write(f"The {self.name} stopped ({_ended(code)}); starting it again\n")
        elif time.monotonic() >= self.start_at:
            self.start_at = 0.0
            self.start()

    def stop(self) -> None:
        """Let it finish what it is doing, for so long."""
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


class Stop(Exception):
    """Somebody asked us to stop."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stop


def keep(children: Callable[[], Sequence[Child]], ready: Callable[[], None]) -> None:
    """Start these, say when they are ready, and keep them until we are asked to stop."""
    asked = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    for one in asked:
        signal.signal(one, _stop)
    running: list[Child] = []
    try:
        running.extend(children())
        ready()
        while True:
            for child in running:
                child.look()
            time.sleep(0.3)
    except Stop:
        pass
    finally:
        for one in asked:
            signal.signal(one, signal.SIG_IGN)
        for child in running:
            child.stop()
