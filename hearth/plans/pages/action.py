"""One action of a plan, with how it has gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.plans import policies
from hearth.plans.models import ActionProgress, PlanAction


@dataclass(frozen=True, slots=True)
class ActionPage:
    """An action as it is read."""

    action: PlanAction
    children: Sequence[Person]
    progress: Sequence[tuple[ActionProgress, str]]
    may_tell: bool
    may_end: bool
    today: date


def action_page(action: PlanAction, worker: User, *, today: date) -> ActionPage:
    """All that is known of an action, the newest first."""
    told = action.progress.select_related("meeting", "recorded_by").order_by("-seen_on", "-pk")
    return ActionPage(
        action,
        list(Person.objects.filter(pk__in=action.about).order_by("born_on", "pk")),
        [(each, code_set("action_progress").label(each.rating)) for each in told],
        policies.record_progress.allows(worker, action),
        policies.end_action.allows(worker, action),
        today,
    )
