"""What building a return notes as it goes: how many of each thing, and what is left out and why."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Thing(StrEnum):
    """What is counted. The order is that of the page."""

    CHILDREN = "children"
    EPISODES = "episodes"
    ASSESSMENTS = "assessments"
    IN_NEED = "in_need"
    ENQUIRIES = "enquiries"
    PROTECTION = "protection"


class Fate(StrEnum):
    """What became of one of them."""

    WRITTEN = "written"
    NOTHING = "nothing"
    BEFORE = "before"
    AFTER = "after"
    LEFT_OUT = "left_out"


@dataclass(slots=True)
class Notes:
    """The counts of a batch, by thing and fate, and what is to be said of one child."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    said_otherwise: list[str] = field(default_factory=list)

    def count(self, thing: str, fate: str) -> None:
        """One more of a thing met with this fate."""
        self.counts[f"{thing}.{fate}"] += 1

    def leave_out(self, thing: str, why: str) -> None:
        """One of a thing is left out of a child who is sent, and somebody should know why."""
        self.count(thing, Fate.LEFT_OUT)
        self.left_out.append(why)
