"""A referral's own page."""

from dataclasses import dataclass

from hearth.accounts.models import User
from hearth.casework.models import Allocation, Episode, Task
from hearth.front_door import policies, process
from hearth.front_door.models import Referral, ReferralChild


@dataclass(frozen=True, slots=True)
class ReferralPart:
    """One child's part, with who has the case and what happened last time."""

    part: ReferralChild
    worker: str
    previous: Episode | None


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """A referral, part by part."""

    parts: list[ReferralPart]
    waiting: Task | None
    refusals: list[str]


def referral_page(referral: Referral, worker: User) -> ReferralPage:
    """What a referral's page shows. Three queries."""
    parts = list(referral.children.select_related("child", "episode", "previous").order_by("pk"))
    leads = Allocation.objects.current().leading().filter(child__in=referral.about)
    names = {
        lead.child_id: f"{lead.worker}, {lead.team}"
        for lead in leads.select_related("worker", "team")
    }
    waiting = Task.objects.outstanding().of_step(process.DECIDE_REFERRAL)
    return ReferralPage(
        [ReferralPart(part, names.get(part.child_id, ""), part.previous) for part in parts],
        waiting.filter(record_id=referral.pk).select_related("worker", "team").first(),
        policies.decide_referral.refusals(worker, referral),
    )
