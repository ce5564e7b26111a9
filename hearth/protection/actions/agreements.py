"""Papers that keep a child safe: written, signed, changed and ended."""

from datetime import date

from django.db import transaction
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
from hearth.protection.actions.taking import (
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
    SafetyAgreement,
)

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
    enquiry = take_open(enquiry)
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
    note_work(enquiry, by)
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
    note_work(agreement.enquiry, by)
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


def take_open(enquiry: Enquiry) -> Enquiry:
    """This enquiry, locked, and refused once it is finished."""
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


def note_work(enquiry: Enquiry | None, by: User) -> None:
    """Note who had a hand in an enquiry, while it waits to be finished."""
    if enquiry is not None and enquiry.task is not None and enquiry.task.done_at is None:
        casework.worked_on(enquiry.task, by=by)
