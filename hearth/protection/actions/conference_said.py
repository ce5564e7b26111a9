"""What is said at a conference, as the chair's page gives it to the actions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from hearth.people.models import Person
from hearth.plans.actions import NewAction, NewContingency
from hearth.plans.models import PlanAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How a conference was held: when, who came, who did not agree, who carries the plan on."""

    held_at: datetime
    attendance: Mapping[int, str]
    core_group: Collection[int] = ()
    dissent: Mapping[int, str] = field(default_factory=dict)
    quorate_reason: str = ""
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildDecided:
    """How one child took part, what they wanted known, and what was decided for them."""

    child: Person
    decision: str
    category: str = ""
    significant_harm: bool | None = None
    reason: str = ""
    participation: str = ""
    views: str = ""
    views_heard_by: str = ""
    advocate_offered: bool | None = None
    advocate_name: str = ""
    earlier_plans: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of an action that was set before."""

    action: PlanAction
    rating: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedContingency:
    """What is done if the plan fails the children, with the chair's view of it."""

    contingency: NewContingency
    rating: str
    reason: str = ""


class AskedFor(TypedDict):
    """What a conference asks for, and what came of what was asked before."""

    actions: Sequence[NewAction]
    contingencies: Sequence[RatedContingency]
    looked: Sequence[Looked]
