"""The pages of papers that keep a child safe."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.protection.models import AgreementKind, AgreementSignature, Enquiry, SafetyAgreement
from hearth.protection.pages.frame import Frame, agreement_frame, agreement_state


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """A paper as it is read, with who signed it and its other versions."""

    frame: Frame
    agreement: SafetyAgreement
    signatures: Sequence[AgreementSignature]
    newer: SafetyAgreement | None


def agreement_page(agreement: SafetyAgreement, *, today: date) -> AgreementPage:
    """The page of one paper."""
    return AgreementPage(
        frame=agreement_frame(agreement, today=today),
        agreement=agreement,
        signatures=list(agreement.signatures.all()),
        newer=SafetyAgreement.objects.filter(replaces=agreement).first(),
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
