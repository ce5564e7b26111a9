"""Papers that keep a child safe: written, signed, changed, ended; and going home on one."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import MANAGERS, Role
from hearth.casework import actions as casework
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.models import Plan
from hearth.protection.actions import story
from hearth.protection.actions.taking import (
    check_past,
    check_registered,
    check_role,
    child_in,
    take_enquiry,
)
from hearth.protection.models import (
    AgreementKind,
    AgreementSignature,
    Enquiry,
    EnquiryState,
    ReturnHome,
    SafetyAgreement,
)
from hearth.workforce.rules import why_not_registered

# At night and at weekends the manager on call signs.
SIGNS = (*MANAGERS, Role.OUT_OF_HOURS)
OPEN = (EnquiryState.IN_PROGRESS, EnquiryState.SUBMITTED)


@transaction.atomic
def write_agreement(
    *,
    enquiry: Enquiry,
    children: list[Person],
    kind: str,
    risk: str = "",
    conditions: str,
    contingency: str = "",
    review_on: date,
    by: User,
) -> SafetyAgreement:
    """Write a risk assessment, safety plan or written agreement. It holds once a manager signs."""
    enquiry = _take_open(enquiry)
    for child in children:
        child_in(enquiry, child)
    agreement = write_paper(
        children=children,
        enquiry=enquiry,
        kind=kind,
        risk=risk,
        conditions=conditions,
        contingency=contingency,
        review_on=review_on,
        by=by,
    )
    _worked(enquiry, by)
    return agreement


def write_paper(
    *,
    children: list[Person],
    enquiry: Enquiry | None = None,
    plan: Plan | None = None,
    kind: str,
    risk: str,
    conditions: str,
    contingency: str,
    review_on: date,
    by: User,
) -> SafetyAgreement:
    """Write a paper about these children of the enquiry or plan, if it says what it must."""
    if not children:
        raise CannotDo("Choose at least one child this is about")
    _check_words(kind, risk, conditions, contingency, review_on)
    agreement = SafetyAgreement.objects.create(
        about=sorted(child.pk for child in children),
        kind=kind,
        enquiry=enquiry,
        plan=plan,
        risk=risk,
        conditions=conditions,
        contingency=contingency,
        review_on=review_on,
        recorded_by=by,
    )
    trail.record(f"Wrote: {agreement}", agreement, by=by)
    return agreement


def _check_words(kind: str, risk: str, conditions: str, contingency: str, review_on: date) -> None:
    if kind not in AgreementKind.values:
        raise CannotDo("Choose what kind of paper this is")
    if kind == AgreementKind.RISK_ASSESSMENT and not risk:
        raise CannotDo("Say what the risk is at home, and what makes it less")
    if not conditions:
        raise CannotDo("Say what each person will do, and will not do")
    if not contingency:
        raise CannotDo("Say what is done if it is not kept to")
    if review_on < timezone.localdate():
        raise CannotDo("The day it is looked at again cannot be past")


@transaction.atomic
def change_agreement(
    *,
    agreement: SafetyAgreement,
    risk: str = "",
    conditions: str,
    contingency: str = "",
    review_on: date,
    reason: str,
    by: User,
) -> SafetyAgreement:
    """Write a new version, which ends the one before. It too waits for a manager's signature."""
    agreement = take_standing(agreement)
    if not reason:
        raise CannotDo("Say why it changes")
    _check_words(agreement.kind, risk, conditions, contingency, review_on)
    agreement.ended_on = timezone.localdate()
    agreement.ended_reason = f"Replaced by version {agreement.number + 1}: {reason}"
    agreement.save(update_fields=["ended_on", "ended_reason"])
    newer = SafetyAgreement.objects.create(
        about=agreement.about,
        kind=agreement.kind,
        number=agreement.number + 1,
        replaces=agreement,
        enquiry=agreement.enquiry,
        plan=agreement.plan,
        risk=risk,
        conditions=conditions,
        contingency=contingency,
        review_on=review_on,
        recorded_by=by,
    )
    _worked(agreement.enquiry, by)
    trail.record(f"Wrote a new version: {newer}", newer, by=by)
    return newer


@transaction.atomic
def sign_agreement(*, agreement: SafetyAgreement, by: User) -> SafetyAgreement:
    """Sign a paper as a manager who did not write it, registered today; it then holds.

    On call at night and at weekends the out-of-hours manager signs.
    """
    agreement = take_standing(agreement)
    check_role(by, SIGNS, "A manager signs this")
    check_registered(by)
    if agreement.signed_at is not None:
        raise CannotDo(f"{agreement.signed_by} has signed this already")
    if agreement.recorded_by_id == by.pk:
        raise CannotDo("You wrote this, so another manager must sign it")
    agreement.signed_at, agreement.signed_by = timezone.now(), by
    agreement.save(update_fields=["signed_at", "signed_by"])
    notify(
        to=agreement.recorded_by,
        text=f"{by} signed: {str(agreement).lower()}",
        page=f"/agreements/{agreement.pk}/",
        subject=agreement,
        by=by,
    )
    trail.record(f"Signed: {agreement}", agreement, by=by)
    return agreement


@transaction.atomic
def record_signature(
    *,
    agreement: SafetyAgreement,
    name: str,
    person: Person | None = None,
    signed_on: date | None = None,
    refused_why: str = "",
    by: User,
) -> AgreementSignature:
    """Record that a parent, carer or young person signed, or why they would not."""
    agreement = take_standing(agreement)
    if not name:
        raise CannotDo("Say who signed, or would not")
    if (signed_on is None) == (not refused_why):
        raise CannotDo("Say when they signed, or why they would not: one of the two")
    today = timezone.localdate()
    written_on = timezone.localdate(agreement.recorded_at)
    if signed_on is not None and not written_on <= signed_on <= today:
        raise CannotDo(
            f"They signed on a day from {in_words(written_on)}, when it was written, to today"
        )
    signature = AgreementSignature.objects.create(
        agreement=agreement,
        about=agreement.about,
        person=person,
        name=name,
        signed_on=signed_on,
        refused_why=refused_why,
        recorded_by=by,
    )
    trail.record("Recorded a signature", signature, by=by)
    return signature


@transaction.atomic
def end_agreement(*, agreement: SafetyAgreement, ended_on: date, reason: str, by: User) -> None:
    """End a paper that no longer holds, with why."""
    agreement = take_standing(agreement)
    if not reason:
        raise CannotDo("Say why it ends")
    if not timezone.localdate(agreement.recorded_at) <= ended_on <= timezone.localdate():
        raise CannotDo("It ends on a day since it was written, and not one that has not come")
    agreement.ended_on, agreement.ended_reason = ended_on, reason
    agreement.save(update_fields=["ended_on", "ended_reason"])
    trail.record(f"Ended: {agreement}", agreement, by=by, reason=reason)


@transaction.atomic
def record_return_home(
    *,
    enquiry: Enquiry,
    child: Person,
    happened_at: datetime,
    risk_assessment: SafetyAgreement | None,
    agreed_by: User | None,
    agreed_at: datetime,
    agreement: str,
    by: User,
) -> ReturnHome:
    """Record that a child went home, or stayed there, while enquiries are made.

    Never without a risk assessment of that child signed by a manager beforehand, and a manager's
    agreement beforehand by another than whoever records it. The database refuses it too.
    """
    enquiry = _take_open(enquiry)
    child_in(enquiry, child)
    check_past(happened_at, "Going home")
    if timezone.localdate(happened_at) < enquiry.started_on:
        raise CannotDo(f"The enquiry only began on {in_words(enquiry.started_on)}")
    if risk_assessment is None or child.pk not in risk_assessment.about:
        raise CannotDo(
            f"{child} goes home only on a risk assessment of their own that a manager signed. "
            "Write one, and have it signed"
        )
    _check_papers(risk_assessment, child, happened_at)
    if agreed_by is None:
        raise CannotDo("Choose the manager who agreed")
    _check_agreed(agreed_by, agreed_at, happened_at, agreement, by)
    try:
        with transaction.atomic():
            returned = ReturnHome.objects.create(
                enquiry=enquiry,
                child=child,
                happened_at=happened_at,
                risk_assessment=risk_assessment,
                agreed_at=agreed_at,
                agreed_by=agreed_by,
                agreement=agreement,
                recorded_by=by,
            )
    except IntegrityError as refused:
        raise CannotDo(
            "The risk assessment was changed or ended meanwhile. Open the enquiry again"
        ) from refused
    _worked(enquiry, by)
    _tell_of_home(returned, by)
    trail.record("A child is at home during an enquiry", returned, by=by)
    return returned


def _tell_of_home(returned: ReturnHome, by: User) -> None:
    """Put it into the child's story; and tell the manager who is said to have agreed."""
    story.tell_of_home(returned, on=timezone.localdate(returned.happened_at), by=by)
    notify(
        to=returned.agreed_by,
        text=f"{by} recorded that you agreed to a child being at home during a section 47 enquiry",
        page=f"/enquiries/{returned.enquiry_id}/",
        subject=returned.enquiry,
        by=by,
    )


def _check_papers(paper: SafetyAgreement, child: Person, happened_at: datetime) -> None:
    paper = SafetyAgreement.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.kind != AgreementKind.RISK_ASSESSMENT:
        raise CannotDo("Choose a risk assessment: another paper does not let a child go home")
    if paper.signed_at is None:
        raise CannotDo(f"No manager has signed the risk assessment, so {child} cannot go home")
    if paper.signed_at > happened_at:
        raise CannotDo(
            f"The risk assessment was only signed after {child} went home: tell a manager, and "
            "have it agreed from now"
        )
    if paper.ended_on is not None and paper.ended_on <= timezone.localdate(happened_at):
        raise CannotDo("That risk assessment had ended. Choose the one that holds")


def _check_agreed(
    agreed_by: User, agreed_at: datetime, happened_at: datetime, words: str, by: User
) -> None:
    if not agreed_by.has_role(*SIGNS):
        raise CannotDo("Choose the manager who agreed")
    if agreed_by.pk == by.pk:
        raise CannotDo("You record this, so another manager must have agreed it")
    if why := why_not_registered(agreed_by, on=timezone.localdate(agreed_at)):
        raise CannotDo(why)
    if agreed_at > happened_at:
        raise CannotDo("A manager agrees before the child goes home, not after")
    if not words:
        raise CannotDo("Say what the manager agreed, and why it is safe")


def _take_open(enquiry: Enquiry) -> Enquiry:
    taken = take_enquiry(enquiry)
    if taken.state not in OPEN:
        raise CannotDo("This enquiry is finished")
    return taken


def take_standing(agreement: SafetyAgreement) -> SafetyAgreement:
    """The paper, held so that two do not change it at once, while it stands."""
    taken = (
        SafetyAgreement.objects.select_for_update(of=("self",))
        .select_related("recorded_by", "signed_by", "enquiry__task", "plan")
        .get(pk=agreement.pk)
    )
    if taken.ended_on is not None:
        raise CannotDo("This has ended, or a later version took its place")
    return taken


def _worked(enquiry: Enquiry | None, by: User) -> None:
    if enquiry is not None and enquiry.task is not None and enquiry.task.done_at is None:
        casework.worked_on(enquiry.task, by=by)
