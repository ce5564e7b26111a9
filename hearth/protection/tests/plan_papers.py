"""A plan that stands, and a signed paper beside it that no manager has set beside it yet."""

from datetime import timedelta

from django.utils import timezone

from hearth.casework.tests.factories import EpisodeFactory
from hearth.people.tests.factories import ChildFactory
from hearth.plans import actions as plans
from hearth.plans.models import PlanKind
from hearth.plans.tests.factories import plan
from hearth.protection import actions
from hearth.workforce.tests.factories import manager, social_worker

IF_THEN = plans.NewContingency(
    trigger="If he is in the home again, or Kai misses school for two days running",
    action="the worker goes the same day, and Nan has the children that night",
    owner="The duty manager",
    within="The same day",
)


def standing_plan(child=None, *, by=None):
    """A child protection plan of a week's standing."""
    if child is None:
        child = ChildFactory.create(given_names="Kai")
        EpisodeFactory.create(child=child)
    started_on = timezone.localdate() - timedelta(days=7)
    return plan(child, by=by or social_worker(), kind=PlanKind.PROTECTION, started_on=started_on)


def write(made, *, by, **changes):
    """A written agreement under a plan, about each child who has a part in it."""
    answers = {
        "children": [part.child for part in made.children.all()],
        "kind": "written_agreement",
        "conditions": "Nobody who drinks is left with the children.",
        "contingency": "Nan has the children that night.",
        "review_on": timezone.localdate() + timedelta(days=14),
        "by": by,
    }
    return actions.write_plan_agreement(plan=made, **(answers | changes))


def beside_a_plan(made=None, *, by=None, boss=None):
    """A signed agreement under a plan that says what is done if it fails."""
    by = by or social_worker()
    made = made or standing_plan(by=by)
    plans.set_contingency(plan=made, contingency=IF_THEN, by=by)
    return actions.sign_agreement(agreement=write(made, by=by), by=boss or manager())
