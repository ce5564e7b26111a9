"""How the service works, told from its own declarations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.casework import policies
from hearth.casework.models import (
    FrameworkAdoption,
    LocalChange,
    LocalChangeKind,
    LocalTimescale,
)
from hearth.casework.process import PROCESSES, Step, describe_timescale, facts_of
from hearth.casework.timescales import FRAMEWORKS, TIMESCALES, Framework, Timescale, describe_limit


@dataclass(frozen=True, slots=True)
class Flow:
    """A process, and each of its steps with what is to be known of it."""

    name: str
    key: str
    steps: Sequence[tuple[Step, Sequence[str]]]


def processes() -> list[Flow]:
    """Every process, in order of name."""
    flows = [
        Flow(p.name, p.name.lower().replace(" ", "-"), [(s, facts_of(s)) for s in p.steps])
        for p in PROCESSES
    ]
    return sorted(flows, key=lambda flow: flow.name)


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One time limit: the national one in words, and our own through time."""

    timescale: Timescale
    national: str
    ours: list[LocalTimescale]

    @property
    def may_choose(self) -> str:
        """Whether an authority may choose its own."""
        return {"no": "No", "stricter only": "Only shorter", "yes": "Yes"}[
            self.timescale.configurable
        ]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed change in words."""

    change: LocalChange
    what: str
    why_not: list[str]


@dataclass(frozen=True, slots=True)
class LocalPage:
    """What this authority chose, and what is proposed."""

    today: date
    frameworks: list[tuple[Framework, FrameworkAdoption | None]]
    limits: list[LimitLine]
    proposals: list[Proposal]
    may_propose: bool


def local_page(worker: User, *, today: date) -> LocalPage:
    """The frameworks, the limits, and the proposals that wait. Three queries."""
    adopted = {row.framework: row for row in FrameworkAdoption.objects.all()}
    ours: dict[str, list[LocalTimescale]] = {}
    for row in LocalTimescale.objects.order_by("since"):
        ours.setdefault(row.timescale, []).append(row)
    lines = [
        LimitLine(t, describe_timescale(t), ours.get(t.key, []))
        for t in sorted(TIMESCALES.values(), key=lambda t: t.duty)
    ]
    waiting = LocalChange.objects.waiting().select_related("recorded_by").order_by("pk")
    return LocalPage(
        today,
        [(f, adopted.get(f.key)) for f in FRAMEWORKS.values() if f.adoptable],
        lines,
        [proposal(change, worker) for change in waiting],
        policies.propose_change.allows(worker, None),
    )


def proposal(change: LocalChange, worker: User | None = None) -> Proposal:
    """A proposed change in words."""
    if change.kind == LocalChangeKind.FRAMEWORK:
        what = f"{FRAMEWORKS[change.key].name}: adopted on"
    else:
        known = TIMESCALES[change.key]
        unit = describe_limit(known).partition(" ")[2]
        what = f"{known.duty}: {change.amount} {unit}, not {describe_limit(known)}, from"
    refusals = policies.decide_change.refusals(worker, change) if worker else []
    return Proposal(change, what, refusals)
