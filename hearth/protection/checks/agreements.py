"""Checks of what keeps a child safe at home: a signed risk assessment, agreements that stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.lib.dates import in_words
from hearth.plans.models import PlanChild
from hearth.protection.agreeing import agrees, standing_contingencies
from hearth.protection.checks.enquiries import SECTION_47, parts_of
from hearth.protection.models import (
    HomeRequest,
    NightPlace,
    ReturnHome,
    SafetyAgreement,
)

HOURS_TO_SIGN = 24


@check(
    key="PC-016",
    title="Where a child sleeps in an enquiry is not known, or not agreed",
    rule="By the day after a section 47 enquiry begins it is recorded, for each child, where they "
    "slept, with whom and who decided. A child cannot be recorded as at home without a risk "
    "assessment that a manager had signed and a manager's own agreement: one who is at home "
    "without them is recorded as that, and this stands from then on.",
    passes_over="A child not yet born.",
    put_right="Record the night. If the child is at home, a manager signs the risk assessment for "
    "this child and agrees that they may be there; or the child sleeps elsewhere again.",
    authority=f"{SECTION_47}; Lambeth 2017, findings, paragraph 4",
    severity=Severity.CRITICAL,
    nothing="There is no section 47 enquiry in this child's open case.",
)
def known_where_they_sleep(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child of an enquiry, by the nights, returns home and requests on the record."""
    parts = parts_of(children)
    enquiries = {part.enquiry_id for part in parts}
    nights = _by_part(NightPlace.objects.filter(enquiry__in=enquiries).order_by("night_of", "pk"))
    returns = _by_part(ReturnHome.objects.filter(enquiry__in=enquiries))
    there = HomeRequest.objects.without_agreement().filter(enquiry__in=enquiries)
    unagreed = _by_part(there.order_by("at_home_since", "pk"))
    for part in parts:
        mine = (part.enquiry_id, part.child_id)
        slept, home, there_since = nights[mine], returns[mine], unagreed[mine]
        unknown = not (slept or home or there_since or part.child.is_unborn)
        late = unknown and today > part.enquiry.started_on
        yield Looked(
            child=part.child_id,
            subject=f"protection.Enquiry:{part.enquiry_id}",
            fires=late or bool(there_since),
            because=_where(there_since, unknown=unknown),
            since=_since(there_since[0]) if there_since else part.enquiry.started_on + timedelta(1),
            facts=[
                *map(_slept, slept),
                *map(_went_home, home),
                *map(_there, there_since),
            ],
        )


def _by_part(found: Iterable[Any]) -> dict[tuple[int, int], list[Any]]:
    """Rows by the enquiry and the child that they are of."""
    parts: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for one in found:
        parts[one.enquiry_id, one.child_id].append(one)
    return parts


def _where(there: Sequence[HomeRequest], *, unknown: bool) -> str:
    if there:
        on = in_words(_since(there[0]))
        return f"This child has been at home since {on} without a manager's agreement."
    if unknown:
        return "Nobody has recorded where this child has slept since the enquiry began."
    return "It is recorded where this child slept, or they are not yet born."


def _since(request: HomeRequest) -> date:
    return timezone.localdate(request.at_home_since)


def _there(request: HomeRequest) -> Fact:
    day = _since(request)
    says = "A manager refused" if request.decision else "A manager has been asked"
    return Fact("At home without agreement", says, day, "protection:home_request", request.pk)


def _slept(night: NightPlace) -> Fact:
    return Fact("Slept", f"{night.place}, with {night.with_whom}", night.night_of)


def _went_home(went: ReturnHome) -> Fact:
    day = timezone.localdate(went.happened_at)
    page = "protection:agreement"
    return Fact(
        "At home, on a signed risk assessment", in_words(day), day, page, went.risk_assessment_id
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
    standing = list(SafetyAgreement.objects.standing().filter(whose).order_by("pk").distinct())
    plans = _plans_of({pk for one in standing for pk in one.about})
    for one in standing:
        beside = [plans[pk] for pk in one.about if pk in plans]
        wrong = list(_wrong_with(one, beside, today))
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


def _plans_of(children: set[int]) -> dict[int, PlanChild]:
    """The plan that stands for each of these children, with what it says is done if it fails."""
    parts = PlanChild.objects.current().filter(child__in=children).select_related("plan")
    return {part.child_id: part for part in parts.prefetch_related("plan__contingencies")}


def _wrong_with(one: SafetyAgreement, beside: Sequence[PlanChild], today: date) -> Iterator[str]:
    unsigned_for = timezone.now() - one.recorded_at
    if one.signed_at is None and unsigned_for > timedelta(hours=HOURS_TO_SIGN):
        yield "no manager has signed it"
    if one.review_on < today:
        yield f"it was to be looked at again by {in_words(one.review_on)}"
    if not one.contingency:
        yield "it does not say what happens if it fails"
    begun = [part.plan for part in beside if part.started_on < today]
    confirmed = any(agrees(one, plan) for plan in begun)
    if one.signed_at and any(map(standing_contingencies, begun)) and not confirmed:
        yield "no manager has confirmed that it agrees with the plan"
