"""Papers that keep a child safe under a plan, and that they say the same as the plan does."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.models import Plan, PlanChild
from hearth.protection.actions.agreements import take_standing, write_paper
from hearth.protection.actions.taking import check_registered, check_role
from hearth.protection.agreeing import agrees, standing_contingencies
from hearth.protection.models import AgreementKind, SafetyAgreement


@transaction.atomic
def write_plan_agreement(
    *,
    plan: Plan,
    children: list[Person],
    kind: str,
    risk: str = "",
    conditions: str,
    contingency: str = "",
    review_on: date,
    by: User,
) -> SafetyAgreement:
    """Write a safety plan or written agreement under a plan. It holds once a manager signs."""
    parts = PlanChild.objects.current().filter(plan=plan).select_for_update()
    theirs = set(parts.values_list("child_id", flat=True))
    for child in children:
        if child.pk not in theirs:
            raise CannotDo(f"{child} has no part in this plan now")
    if kind == AgreementKind.RISK_ASSESSMENT:
        raise CannotDo("A risk assessment for a child to be at home belongs to an enquiry")
    return write_paper(
        children=children,
        plan=plan,
        kind=kind,
        risk=risk,
        conditions=conditions,
        contingency=contingency,
        review_on=review_on,
        by=by,
    )


@transaction.atomic
def confirm_agreement(*, agreement: SafetyAgreement, by: User) -> SafetyAgreement:
    """Confirm, as a manager who has read both, that a signed paper and the plan say the same.

    It stands until the plan's contingency changes, and is then asked for again (Lambeth 2012,
    paragraph 38: written agreements contradicted plans).
    """
    agreement = take_standing(agreement)
    check_role(by, MANAGERS, "A manager confirms this")
    check_registered(by)
    if agreement.recorded_by_id == by.pk:
        raise CannotDo("You wrote this, so another manager must confirm it")
    if agreement.signed_at is None:
        raise CannotDo("A manager signs it first")
    plan = agreement.plan_beside
    if plan is None:
        raise CannotDo("No plan stands for these children, so there is nothing to agree with")
    if not standing_contingencies(plan):
        raise CannotDo("The plan does not say what is done if it fails. Write that first")
    if agrees(agreement, plan):
        raise CannotDo(f"{agreement.compatible_by} has confirmed this already")
    agreement.plan, agreement.compatible_at, agreement.compatible_by = plan, timezone.now(), by
    agreement.save(update_fields=["plan", "compatible_at", "compatible_by"])
    trail.record(f"Confirmed that it agrees with the plan: {agreement}", agreement, by=by)
    return agreement
