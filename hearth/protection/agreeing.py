"""Whether a paper that keeps a child safe says the same as the plan that stands beside it."""

from django.utils import timezone

from hearth.plans.models import Contingency, Plan
from hearth.protection.models import SafetyAgreement


def standing_contingencies(plan: Plan) -> list[Contingency]:
    """What the plan now says is done if it fails."""
    return [one for one in plan.contingencies.all() if one.ended_on is None]


def agrees(agreement: SafetyAgreement, plan: Plan) -> bool:
    """Whether a manager has confirmed it of this plan, as its contingency now stands.

    One written or taken out since then was not read beside the paper. One taken out on the day it
    was confirmed counts as read.
    """
    confirmed = agreement.compatible_at
    if confirmed is None or agreement.plan_id != plan.pk:
        return False
    return all(
        one.recorded_at <= confirmed
        and (one.ended_on is None or one.ended_on <= timezone.localdate(confirmed))
        for one in plan.contingencies.all()
    )
