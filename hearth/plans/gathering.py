"""How a meeting that carries a plan on goes, declared by the room whose meeting it is.

A core group and a child in need review are one thing but for their names, who must be there, and
whether they decide anything. What they share is in this room.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.plans.models import Meeting, MeetingKind, PlanKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a meeting decided for one child, and why."""

    decision: str
    reason: str


Decide = Callable[[Meeting, Mapping[int, Decided], date, User], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """One kind of meeting about a plan.

    `step` is what holding it completes, done again from that day; `send_step` is opened then.
    `first` is the timescale of the first, where it is not the step's own. `decide` does what was
    decided for each child, one of `decisions`; `decided` says it afterwards, in words.
    """

    kind: MeetingKind
    plan_kind: PlanKind
    step: str = ""
    send_step: str = ""
    first: str = ""
    must_be_quorate: bool = False
    rates_actions: bool = True
    decisions: Sequence[tuple[str, str]] = ()
    decide: Decide | None = None
    decided: Callable[[Meeting], Mapping[int, Decided]] | None = None


GATHERINGS: dict[str, Gathering] = {}
# Steps about a plan whose meetings have pages of their own, and are called off there.
CARRIED_ELSEWHERE: list[str] = []


def declare_gathering(gathering: Gathering) -> Gathering:
    """Make a kind of meeting known. The room that owns its steps declares it at start-up."""
    GATHERINGS[gathering.kind] = gathering
    return gathering


def gatherings_of(plan_kind: str) -> list[Gathering]:
    """The meetings that carry a plan of this kind on."""
    return [each for each in GATHERINGS.values() if each.plan_kind == plan_kind]
