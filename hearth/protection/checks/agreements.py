"""Checks of what keeps a child safe at home: a signed risk assessment, agreements that stand."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.lib.dates import in_words
from hearth.protection.checks.enquiries import SECTION_47, parts_of
from hearth.protection.models import (
    AgreementKind,
    EnquiryChild,
    NightPlace,
    ReturnHome,
    SafetyAgreement,
)

HOURS_TO_SIGN = 24


@check(
    key="PC-016",
    title="Child at home in an enquiry without a signed risk assessment",
    rule="A child who is at home on a night of a section 47 enquiry, or went home during it, is "
    "there on a risk assessment that a manager signed before, for that child. Where a child sleeps "
    "is recorded for each child.",
    passes_over="A night elsewhere with the place, the people and who decided.",
    put_right="A manager who did not write it signs the risk assessment for this child. One signed "
    "late is cleared, and stays on the record as late.",
    authority=f"{SECTION_47}; Lambeth 2017, findings, paragraph 4",
    severity=Severity.CRITICAL,
    nothing="There is no section 47 enquiry in this child's open case.",
)
def at_home_on_signed_papers(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child of an enquiry, by the nights and returns home on the record."""
    del today
    parts = parts_of(children)
    enquiries = {part.enquiry_id for part in parts}
    nights = list(NightPlace.objects.filter(enquiry__in=enquiries, at_home=True))
    returns = list(ReturnHome.objects.filter(enquiry__in=enquiries))
    signed = list(
        SafetyAgreement.objects.filter(
            enquiry__in=enquiries,
            kind=AgreementKind.RISK_ASSESSMENT,
            signed_at__isnull=False,
        )
    )
    for part in parts:
        yield _judge_home(part, nights, returns, signed)


def _judge_home(
    part: EnquiryChild,
    nights: Sequence[NightPlace],
    returns: Sequence[ReturnHome],
    signed: Sequence[SafetyAgreement],
) -> Looked:
    mine = (part.enquiry_id, part.child_id)
    home = [one.night_of for one in nights if (one.enquiry_id, one.child_id) == mine]
    home += [
        timezone.localdate(one.happened_at)
        for one in returns
        if (one.enquiry_id, one.child_id) == mine
    ]
    papers = [
        one for one in signed if one.enquiry_id == part.enquiry_id and part.child_id in one.about
    ]
    subject = f"protection.Enquiry:{part.enquiry_id}"
    if not home:
        return Looked(
            child=part.child_id,
            subject=subject,
            fires=False,
            because="The child is not recorded as at home on any night of the enquiry.",
        )
    first = min(home)
    facts = [Fact("At home from", in_words(first), first)] + [
        Fact(
            "Signed by a manager",
            in_words(timezone.localdate(one.signed_at)) if one.signed_at else "",
            timezone.localdate(one.signed_at) if one.signed_at else None,
            "protection:agreement",
            one.pk,
        )
        for one in papers
    ]
    return Looked(
        child=part.child_id,
        subject=subject,
        fires=not papers,
        because=f"At home from {in_words(first)}; no manager has signed a risk assessment."
        if not papers
        else f"At home from {in_words(first)}, with a risk assessment a manager signed.",
        since=first,
        facts=facts,
    )


@check(
    key="PC-017",
    title="Written agreement unsigned, out of date or against the plan",
    rule="An agreement, safety plan or risk assessment is signed by a manager within {hours} "
    "hours, is looked at again by its day, says what happens if it fails, and is found to agree "
    "with the plan's contingency where there is a plan.",
    passes_over="A version that a later one replaced, and one that has ended.",
    put_right="A manager signs it; review it or write a new version; say what happens if it fails; "
    "a manager confirms that it and the plan say the same.",
    authority="Lambeth 2012, paragraph 38; Lambeth 2017, findings, paragraph 4",
    severity=Severity.HIGH,
    nothing="There is no agreement or safety plan in force for this child.",
    manager_after=0,
    numbers={"hours": HOURS_TO_SIGN},
)
def agreements_stand(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each agreement in force about these children."""
    wanted = set(children)
    whose = Q(enquiry__children__child__in=wanted) | Q(plan__children__child__in=wanted)
    standing = SafetyAgreement.objects.standing().filter(whose)
    for one in standing.order_by("pk").distinct():
        wrong = list(_wrong_with(one, today))
        for child in sorted(wanted & set(one.about)):
            yield Looked(
                child=child,
                subject=f"protection.SafetyAgreement:{one.pk}",
                fires=bool(wrong),
                because=f"{one}: {'; '.join(wrong)}."
                if wrong
                else f"{one}: signed, in date, and it says what happens if it fails.",
                since=timezone.localdate(one.recorded_at),
                facts=[
                    Fact(
                        str(one),
                        f"To be looked at again by {in_words(one.review_on)}",
                        timezone.localdate(one.recorded_at),
                        "protection:agreement",
                        one.pk,
                    )
                ],
            )


def _wrong_with(one: SafetyAgreement, today: date) -> Iterator[str]:
    unsigned_for = timezone.now() - one.recorded_at
    if one.signed_at is None and unsigned_for > timedelta(hours=HOURS_TO_SIGN):
        yield "no manager has signed it"
    if one.review_on < today:
        yield f"it was to be looked at again by {in_words(one.review_on)}"
    if not one.contingency:
        yield "it does not say what happens if it fails"
    if one.plan_id and one.signed_at and one.compatible_at is None:
        yield "no manager has confirmed that it agrees with the plan"
