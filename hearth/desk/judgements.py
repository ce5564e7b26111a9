"""How a child's need and risk were judged at each decision, and whether they rose or fell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from hearth.assessments.models import AssessmentChild
from hearth.front_door.models import ContactDecisionChild, ReferralChild
from hearth.lib.codes import code_set, words
from hearth.people.models import Person
from hearth.supervision.models import DiscussionChild

NEED, RISK, SPOKEN = "threshold_level", "risk_rating", ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision about a child: when, where, how much need or risk, why, and whose it was."""

    on: date
    where: str
    page: str
    record: int
    why: str
    by: str
    scale: str = SPOKEN
    code: str = ""
    change: str = ""

    @property
    def level(self) -> str:
        """The level or rating in words; none where it was only spoken of."""
        return words(self.scale, self.code) if self.code else ""

    @property
    def colour(self) -> str:
        """The colour of a change."""
        return {"Higher": "red", "Lower": "green"}.get(self.change, "grey")


def judgements_of(child: Person) -> list[Judgement]:
    """Every judgement of a child's need and risk, the latest first. Four queries."""
    found = [*_contacts(child), *_referrals(child), *_assessments(child), *_supervision(child)]
    return _compared(sorted(found, key=lambda each: each.on))[::-1]


def _compared(found: Iterable[Judgement]) -> list[Judgement]:
    """Each beside the last of its own scale: a level of need is not a rating of risk."""
    last: dict[str, int] = {}
    compared = []
    for each in found:
        if not each.code:
            compared.append(each)
            continue
        order = [code.code for code in code_set(each.scale)]
        rank = order.index(each.code) if each.code in order else -1
        before = last.get(each.scale, rank)
        change = "Higher" if rank > before else "Lower" if rank < before else ""
        last[each.scale] = rank
        compared.append(replace(each, change=change))
    return compared


def _contacts(child: Person) -> Iterator[Judgement]:
    parts = ContactDecisionChild.objects.filter(child=child, decision__contact__withdrawn_at=None)
    for part in parts.select_related("decision__decided_by").order_by("pk"):
        decision = part.decision
        yield Judgement(
            timezone.localdate(decision.decided_at),
            f"Contact: {part.get_outcome_display().lower()}",
            "front_door:contact",
            decision.contact_id,
            part.note or decision.rationale,
            str(decision.decided_by),
            NEED,
            part.threshold_level or decision.threshold_level,
        )


def _referrals(child: Person) -> Iterator[Judgement]:
    parts = ReferralChild.objects.filter(child=child, referral__decided_at__isnull=False)
    for part in parts.select_related("referral__decided_by").order_by("pk"):
        referral = part.referral
        if referral.decided_at is not None:
            yield Judgement(
                timezone.localdate(referral.decided_at),
                f"Referral: {part.get_outcome_display().lower()}",
                "front_door:referral",
                referral.pk,
                part.note or referral.rationale,
                str(referral.decided_by),
                NEED,
                referral.threshold_level,
            )


def _assessments(child: Person) -> Iterator[Judgement]:
    parts = AssessmentChild.objects.filter(
        child=child, assessment__submitted_on__isnull=False, assessment__cancelled_on=None
    )
    for part in parts.select_related("assessment__submitted_by").order_by("pk"):
        assessment = part.assessment
        if assessment.submitted_on is not None:
            yield Judgement(
                assessment.submitted_on,
                str(assessment),
                "assessments:open_assessment",
                assessment.pk,
                part.risk_rationale,
                str(assessment.submitted_by or ""),
                RISK,
                part.risk_rating,
            )


def _supervision(child: Person) -> Iterator[Judgement]:
    parts = DiscussionChild.objects.standing().filter(child=child)
    for part in parts.select_related("discussion__supervisor").order_by("pk"):
        yield Judgement(
            part.discussed_on,
            "Supervision",
            "supervision:discussion",
            part.discussion_id,
            part.discussion.risks,
            str(part.discussion.supervisor),
        )
