"""The duty to visit each child who has a plan, declared by the room whose plan it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from hearth.plans.models import PlanChild, PlanKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDuty:
    """Under one kind of plan: the step, its timescale, and which visits meet it.

    `counts` are codes of `visit_kind`. Only a visit on which the child was seen counts, made by a
    registered social worker unless `by_others` too.
    """

    kind: PlanKind
    step: str
    timescale: str
    counts: Collection[str]
    by_others: bool = False

    def timescale_for(self, part: PlanChild) -> str:
        """The timescale for one child: the plan's own frequency stands in the service's place."""
        return f"{self.timescale}:{part.visit_days}" if part.visit_days else self.timescale


DUTIES: dict[str, VisitDuty] = {}


def declare_duty(duty: VisitDuty) -> VisitDuty:
    """Make a duty known. The room that owns the step declares it at start-up."""
    DUTIES[duty.kind] = duty
    return duty


def duty_of(kind: str) -> VisitDuty | None:
    """How children with this kind of plan are visited."""
    return DUTIES.get(kind)


class Dated(Protocol):
    """What falls due: a visit that one of a child's duties asks for."""

    @property
    def due_on(self) -> date | None:
        """By when; None where no rule dates it."""


D = TypeVar("D", bound=Dated)


def strictest(asked: Iterable[D]) -> D | None:
    """Of all the visits that a child's duties ask for, the one that is to be made first.

    One visit may meet several duties, and each says for itself which visits meet it. By when a
    child must be seen is never later because a further duty asks for it too.
    """
    return min(asked, key=lambda one: (one.due_on is None, one.due_on or date.max), default=None)
