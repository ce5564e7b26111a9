"""The pages of papers that keep a child safe."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hearth.people.models import Person
from hearth.plans.models import Contingency, Plan, PlanChild
from hearth.protection.agreeing import agrees, standing_contingencies
from hearth.protection.models import AgreementKind, AgreementSignature, Enquiry, SafetyAgreement
from hearth.protection.pages.frame import (
    Frame,
    agreement_frame,
    agreement_state,
    plan_frame,
)


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """A paper as it is read, with who signed it and its other versions."""

    frame: Frame
    agreement: SafetyAgreement
    signatures: Sequence[AgreementSignature]
    newer: SafetyAgreement | None
    beside: "Beside | None"


@dataclass(frozen=True, slots=True)
class Beside:
    """The plan that stands beside a paper, what it says if it fails, and whether they agree."""

    plan: Plan
    contingencies: Sequence[Contingency]
    agrees: bool


@dataclass(frozen=True, slots=True)
class PlanPapersPage:
    """The papers under a plan, beside what it says is done if it fails."""

    frame: Frame
    plan: Plan
    children: Sequence[Person]
    papers: Sequence[tuple[SafetyAgreement, str, str]]
    contingencies: Sequence[Contingency]


def plan_page(plan: Plan, *, today: date) -> PlanPapersPage:
    """The page of the papers under a plan: its own, and those of enquiries about its children."""
    parts = PlanChild.objects.current().filter(plan=plan).select_related("child").order_by("pk")
    children = [part.child for part in parts]
    return PlanPapersPage(
        frame=plan_frame(plan, children, today=today),
        plan=plan,
        children=children,
        papers=states(papers_about([child.pk for child in children]), today),
        contingencies=standing_contingencies(plan),
    )


def papers_about(children: Sequence[int]) -> list[SafetyAgreement]:
    """The papers that stand about any of these children: of enquiries, and under plans."""
    wanted = set(children)
    whose = Q(enquiry__children__child__in=wanted) | Q(plan__children__child__in=wanted)
    papers = SafetyAgreement.objects.standing().filter(whose).distinct().order_by("-pk")
    found = papers.select_related("recorded_by", "signed_by")
    return [paper for paper in found if wanted & set(paper.about)]


def beside(agreement: SafetyAgreement) -> Beside | None:
    """What stands beside a paper, if a plan does."""
    plan = agreement.plan_beside
    if plan is None:
        return None
    return Beside(plan, standing_contingencies(plan), agrees(agreement, plan))


def agreement_page(agreement: SafetyAgreement, *, today: date) -> AgreementPage:
    """The page of one paper."""
    return AgreementPage(
        frame=agreement_frame(agreement, today=today),
        agreement=agreement,
        signatures=list(agreement.signatures.all()),
        newer=SafetyAgreement.objects.filter(replaces=agreement).first(),
        beside=beside(agreement) if agreement.ended_on is None else None,
    )


def signed_assessments(enquiry: Enquiry) -> list[tuple[SafetyAgreement, str]]:
    """The risk assessments of an enquiry that a manager has signed and that still hold."""
    found = (
        SafetyAgreement.objects.standing()
        .filter(enquiry=enquiry, kind=AgreementKind.RISK_ASSESSMENT, signed_at__isnull=False)
        .select_related("signed_by")
    )
    return [(paper, f"{paper}, signed by {paper.signed_by}") for paper in found.order_by("pk")]


def states(
    papers: Sequence[SafetyAgreement], today: date
) -> list[tuple[SafetyAgreement, str, str]]:
    """Each paper with where it stands, in words and in its colour."""
    return [(paper, *agreement_state(paper, today)) for paper in papers]
