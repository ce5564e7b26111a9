"""Many workers at once: each opens a page of their own, reads it for a while, and opens another."""

import random
import threading
import time
from collections.abc import Callable, Sequence

from hearth.demo.bench.browsers import Asks
from hearth.demo.bench.figures import HEALTH, Samples
from hearth.demo.bench.walks import Walker

OK, MOVED = 200, 302
# How often a worker's next step is the health page instead, which has nothing to do.
HEALTH_SHARE = 0.1
# Pages that everybody opens more often than the rest.
OFTEN = {"child": 3, "work list": 2, "search": 2, "desk": 2, "notes": 2}

Found = dict[str, Samples]
Step = Callable[["Way"], None]


class Way:
    """One worker's way: their browser, their walk, and what they met."""

    def __init__(self, walker: Walker, browser: Asks, chance: random.Random) -> None:
        self.walker, self.browser, self.chance = walker, browser, chance
        self.found: Found = {}
        names = sorted(walker.pages)
        self.names = [name for name in names for _ in range(OFTEN.get(name, 1))]

    def note(self, name: str, took: float, status: int, wanted: int, address: str) -> None:
        """Keep how long it took, or that it came to nothing."""
        samples = self.found.setdefault(name, Samples())
        if status == wanted:
            samples.took.append(took)
        else:
            samples.failed.append(f"{status} {address}")


def open_a_page(way: Way) -> None:
    """One of the worker's own pages, or now and then the bare health page."""
    if way.chance.random() < HEALTH_SHARE:
        name, address = HEALTH, "/health/"
    else:
        name = way.chance.choice(way.names)
        address = way.chance.choice(way.walker.pages[name])
    answer = way.browser.get(address)
    way.note(name, answer.took, answer.status, OK, address)


def walk(ways: Sequence[Way], step: Step, *, seconds: float, think: float) -> Found:
    """Everybody at once, for so long; each thinks about so many seconds between two pages."""
    until = time.monotonic() + seconds

    def go(way: Way) -> None:
        time.sleep(way.chance.uniform(0, think))
        while time.monotonic() < until:
            step(way)
            time.sleep(min(way.chance.expovariate(1 / think) if think else 0, 4 * think))

    threads = [threading.Thread(target=go, args=[way], daemon=True) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return together(ways)


def together(ways: Sequence[Way]) -> Found:
    """What all of them met."""
    found: Found = {}
    for way in ways:
        for name, samples in way.found.items():
            mine = found.setdefault(name, Samples())
            mine.took += samples.took
            mine.failed += samples.failed
    return found
