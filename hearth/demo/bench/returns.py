"""Checking returns of several sizes: how long and how much memory, beside those who do it too.

Each measurement is of a process of its own, from its start to its end, so this one is kept small:
what makes a return or reads the rules is run in others.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hearth.lib.errors import CannotRun

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CENSUS, LOOKED_AFTER = "CIN", "SSDA903"
CENSUS_YEAR, LOOKED_AFTER_YEAR = 2026, 2027
SIZES = (1000, 5000, 20000)
OURS, PARSE, COLUMNS, FRAMES, PEER = "ours", "lxml parse", "csv columns", "data frames", "peer"
BARE = {CENSUS: PARSE, LOOKED_AFTER: COLUMNS}
# Of what takes a few seconds, the least of several is what the machine has disturbed least.
OFTEN, SELDOM = 5, 1
# Returns as they come have a few things wrong in them; those whose findings are compared, many.
FEW_FAULTS, FAULTS = 0.002, 0.04
# Ends with something found, which is no failure.
FOUND = 1
Say = Callable[[str], None]


@dataclass(slots=True)
class Cost:
    """What one way of reading or checking a return of a size came to.

    `seconds` is by the clock. `worked` is how long processors worked for it, which other work on
    the machine disturbs less.
    """

    of: str
    what: str
    children: int
    seconds: float
    worked: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Made:
    """Where the invented returns of a size are."""

    folder: Path
    children: int
    faults: float

    @property
    def name(self) -> str:
        """What its files are called by."""
        return f"{self.children}{'-faulty' if self.faults > FEW_FAULTS else ''}"

    @property
    def census(self) -> Path:
        """The census."""
        return self.folder / f"cin-{self.name}.xml"

    @property
    def now(self) -> Path:
        """The folder of this year's return of looked-after children."""
        return self.folder / f"ssda903-{self.name}"

    @property
    def before(self) -> Path:
        """That of the year before."""
        return self.folder / f"ssda903-{self.name}-before"


@dataclass(slots=True)
class Setting:
    """Where the returns go, which sizes, and the Python that has the peers, if there is one."""

    folder: Path
    sizes: Sequence[int] = SIZES
    peers: Path | None = None
    whole: bool = False
    costs: list[Cost] = field(default_factory=list)


def made(folder: Path, children: int, faults: float) -> Made:
    """The returns of a size, written anew by a process of their own."""
    there = Made(folder, children, faults)
    folder.mkdir(parents=True, exist_ok=True)
    writer = multiprocessing.get_context("spawn").Process(target=_write, args=[there])
    writer.start()
    writer.join()
    if writer.exitcode:
        raise CannotRun(f"The returns of {children:,} children could not be written in {folder}")
    return there


def _write(there: Made) -> None:
    from hearth.demo.census import write_census  # noqa: PLC0415 - kept out of the other process
    from hearth.demo.looked_after import write_return  # noqa: PLC0415

    write_census(
        there.census,
        children=there.children,
        year=CENSUS_YEAR,
        seed=1,
        protection=0.35,
        faults=there.faults,
    )
    write_return(
        there.now,
        children=there.children,
        year=LOOKED_AFTER_YEAR,
        seed=1,
        previous=there.before,
        faults=there.faults,
    )


def validate(there: Made, of: str, *more: str) -> list[str]:
    """Our own command, as anybody would give it."""
    hearth = [sys.executable, "-m", "hearth", "validate"]
    if of == CENSUS:
        return [*hearth, "cin", str(there.census), *more]
    end = f"{LOOKED_AFTER_YEAR}-03-31"
    previous = ["--previous", str(there.before), "--collection-end", end]
    return [*hearth, "ssda903", str(there.now), *previous, *more]


def measure(setting: Setting, say: Say) -> None:
    """Every way of reading and checking both returns, at every size."""
    for children in setting.sizes:
        there = made(setting.folder, children, FEW_FAULTS)
        for of, what, command, times in _ways(setting, there):
            say(f"{of} {children:,}: {what}")
            used = cost(command, setting.folder / "said", times)
            setting.costs.append(Cost(of, what, children, *used))


def _ways(setting: Setting, there: Made) -> Iterator[tuple[str, str, list[str], int]]:
    bare = [sys.executable, str(HERE / "bare.py")]
    folders = [str(there.now), str(there.before)]
    yield CENSUS, PARSE, [*bare, "xml", str(there.census)], OFTEN
    yield CENSUS, OURS, validate(there, CENSUS), OFTEN
    yield LOOKED_AFTER, COLUMNS, [*bare, "columns", *folders], OFTEN
    if setting.peers:
        frames = [str(setting.peers), str(HERE / "bare.py"), "frames", *folders]
        yield LOOKED_AFTER, FRAMES, frames, OFTEN
    yield LOOKED_AFTER, OURS, validate(there, LOOKED_AFTER), OFTEN
    if setting.peers and (setting.whole or there.children < max(SIZES)):
        yield CENSUS, PEER, checked_by_peer(setting.peers, there, CENSUS), SELDOM
    if setting.peers:
        yield LOOKED_AFTER, PEER, checked_by_peer(setting.peers, there, LOOKED_AFTER), SELDOM


def checked_by_peer(python: Path, there: Made, of: str, ask: str = "check") -> list[str]:
    """The sector's own validator over the same files, from its own environment."""
    if of == CENSUS:
        driver, files = HERE / "drive_cin.py", [there.census, CENSUS_YEAR]
    else:
        driver, files = HERE / "drive_ssda903.py", [there.now, there.before, LOOKED_AFTER_YEAR]
    return [str(python), str(driver), ask, *map(str, files)]


def cost(command: Sequence[str], said: Path, times: int) -> tuple[float, float, float]:
    """The least seconds of some runs, by the clock and at work, and the most memory of any."""
    seconds, worked, megabytes = zip(*(once(command, said) for _ in range(times)), strict=True)
    return min(seconds), min(worked), max(megabytes)


def once(command: Sequence[str], said: Path) -> tuple[float, float, float]:
    """The seconds a command takes, those it works, and its most megabytes; it writes to `said`."""
    with said.open("w") as out, said.with_suffix(".errors").open("w") as errors:
        began = time.perf_counter()
        running = subprocess.Popen(command, stdout=out, stderr=errors, cwd=ROOT)  # noqa: S603
        _, status, used = os.wait4(running.pid, 0)
        took = time.perf_counter() - began
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in (0, FOUND) or (running.returncode and "hearth" not in command):
        words = said.with_suffix(".errors").read_text()[-600:]
        raise CannotRun(f"{' '.join(command)} did not work: {words}")
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def as_json(costs: Iterable[Cost], **run: object) -> str:
    """One line for each, with the run it is of."""
    return "\n".join(json.dumps({**run, **asdict(each)}) for each in costs)


HEADINGS = ("", "children", "", "seconds", "x ours", "x bare", "worked", "peak MB", "x ours")


def lines(costs: Sequence[Cost]) -> list[str]:
    """A table of what everything costs, how it grows with the return, and the targets."""
    by = {(each.of, each.what, each.children): each for each in costs}
    rows: list[tuple[str, ...]] = [HEADINGS]
    for each in sorted(costs, key=lambda each: (each.of, each.children)):
        ours = by[each.of, OURS, each.children]
        bare = by[each.of, BARE[each.of], each.children]
        rows.append(
            (
                each.of,
                f"{each.children:,}",
                each.what,
                f"{each.seconds:.2f}",
                f"{each.seconds / ours.seconds:.2f}",
                f"{each.seconds / bare.seconds:.2f}",
                f"{each.worked:.2f}",
                f"{each.megabytes:.0f}",
                f"{each.megabytes / ours.megabytes:.2f}",
            )
        )
    return [*aligned(rows), "", *_growth(costs), "", *_targets(costs)]


def _growth(costs: Sequence[Cost]) -> list[str]:
    found = []
    for of, what in dict.fromkeys((each.of, each.what) for each in costs):
        mine = sorted(
            (each for each in costs if (each.of, each.what) == (of, what)),
            key=lambda each: each.children,
        )
        first, last = mine[0], mine[-1]
        if first is not last:
            each_child = (last.seconds / last.children) / (first.seconds / first.children)
            sizes = f"from {first.children:,} to {last.children:,} children"
            found.append(f"{of} {what}: a child takes {each_child:.2f} times as long, {sizes}")
    return found


# How many times faster than the peer, and how many times as slow as the bare reading, at the most.
TARGETS = {CENSUS: (100, 3), LOOKED_AFTER: (20, 5)}


def _targets(costs: Sequence[Cost]) -> list[str]:
    """Each target, at the largest return that both were measured on."""
    found = []
    for of, (faster, slower) in TARGETS.items():
        by = {(each.what, each.children): each for each in costs if each.of == of}
        for other, wanted in ((PEER, faster), (BARE[of], slower), (FRAMES, slower)):
            children = max((size for what, size in by if what == other), default=0)
            if not children:
                continue
            ours, theirs = by[OURS, children].seconds, by[other, children].seconds
            about = f"{of} {children:,}"
            if other == PEER:
                found.append(_target(about, theirs / ours, "times faster than the peer", wanted))
            else:
                found.append(_target(about, ours / theirs, f"times as long as {other}", -wanted))
    return found


def _target(about: str, times: float, words: str, wanted: int) -> str:
    """A target that is to be reached, or with a minus one that is not to be gone beyond."""
    bound = f"at least {wanted}" if wanted > 0 else f"at most {-wanted}"
    holds = times >= wanted if wanted > 0 else times <= -wanted
    return f"{about}: {times:.1f} {words} ({bound}: {'holds' if holds else 'MISSED'})"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with their columns one under another."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
