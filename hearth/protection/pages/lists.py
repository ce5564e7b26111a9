"""Lists: the open enquiries, the papers nobody has signed, and a child's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from hearth.accounts.models import User
from hearth.casework.models import Allocation
from hearth.people.models import Person
from hearth.plans.models import PlanChild
from hearth.protection.models import Enquiry, EnquiryChild, SafetyAgreement, StrategyDiscussion
from hearth.protection.pages.agreements import states
from hearth.workforce.rules import memberships_of

A_PAGE = 25
MINE, ALL = "mine", "all"


class WhoseForm(forms.Form):
    """Whose to show."""

    show = forms.ChoiceField(
        label="Show", choices=[(MINE, "Mine and my teams'"), (ALL, "Everybody's")], required=False
    )


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """An open enquiry, and which of its children nobody has seen."""

    enquiry: Enquiry
    unseen: Sequence[str]
    not_alone: Sequence[str]


def enquiry_list(worker: User, query: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The open enquiries, those with a child nobody has seen first, then the one due first."""
    filters = WhoseForm(query)
    show = filters.cleaned_data["show"] if filters.is_valid() else ""
    found = Enquiry.objects.open().select_related("task__worker", "task__team", "co_worker")
    if show != ALL:
        found = found.filter(_mine("task__", worker, today))
    found = found.annotate(
        unseen=Count("children", filter=Q(children__seen_at=None, children__not_seen_why="")),
    ).order_by(F("unseen").desc(), F("task__due_on").asc(nulls_last=True), "pk")
    page = Paginator(found, A_PAGE).get_page(query.get("page"))
    return {"filters": filters, "page": page, "rows": _rows(page), "today": today}


def _mine(prefix: str, worker: User, today: date) -> Q:
    teams = list(memberships_of(worker, today).values_list("team_id", flat=True))
    return Q(**{f"{prefix}worker": worker}) | Q(**{f"{prefix}team__in": teams})


def _rows(page: Page[Any]) -> list[EnquiryRow]:
    parts: dict[int, list[EnquiryChild]] = {}
    for part in EnquiryChild.objects.filter(
        enquiry__in=[enquiry.pk for enquiry in page]
    ).select_related("child"):
        parts.setdefault(part.enquiry_id, []).append(part)
    return [
        EnquiryRow(
            enquiry,
            unseen=[
                p.child.name
                for p in parts.get(enquiry.pk, ())
                if p.seen_at is None and not p.child.is_unborn
            ],
            not_alone=[
                p.child.name
                for p in parts.get(enquiry.pk, ())
                if p.seen_at is not None and p.seen_alone_at is None and not p.not_alone_reason
            ],
        )
        for enquiry in page
    ]


def agreement_list(worker: User, query: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Papers that no manager has signed, then those to be looked at again, the oldest first."""
    filters = WhoseForm(query)
    show = filters.cleaned_data["show"] if filters.is_valid() else ""
    found = SafetyAgreement.objects.standing().filter(Q(signed_at=None) | Q(review_on__lte=today))
    if show != ALL:
        found = found.filter(_of_mine(worker, today))
    found = found.select_related("recorded_by", "signed_by", "enquiry__task__worker")
    ordered = found.order_by(F("signed_at").asc(nulls_first=True), "review_on", "pk")
    page = Paginator(ordered, A_PAGE).get_page(query.get("page"))
    names = _names({pk for paper in page for pk in paper.about})
    rows = [
        (paper, ", ".join(names[pk] for pk in paper.about if pk in names), state, colour)
        for paper, state, colour in states(list(page), today)
    ]
    return {"filters": filters, "page": page, "rows": rows, "today": today}


def _of_mine(worker: User, today: date) -> Q:
    """Papers of a worker's enquiries, under plans of children of theirs, or that they wrote."""
    teams = list(memberships_of(worker, today).values_list("team_id", flat=True))
    cases = Allocation.objects.current().filter(Q(worker=worker) | Q(team__in=teams))
    plans = PlanChild.objects.current().filter(child__in=cases.values("child"))
    return (
        _mine("enquiry__task__", worker, today)
        | Q(recorded_by=worker)
        | Q(plan__in=plans.values("plan"))
    )


def _names(people: set[int]) -> dict[int, str]:
    return {person.pk: person.name for person in Person.objects.filter(pk__in=people)}


@dataclass(frozen=True, slots=True)
class OfChild:
    """What has been done to protect a child."""

    discussions: Sequence[StrategyDiscussion]
    enquiries: Sequence[EnquiryChild]
    agreements: Sequence[tuple[SafetyAgreement, str, str]]
    plans: Sequence[PlanChild] = ()


def of_child(child: Person, *, today: date) -> OfChild:
    """A child's discussions, enquiries and papers, the newest first."""
    parts = EnquiryChild.objects.filter(child=child).select_related("enquiry__task__worker")
    ordered = list(parts.order_by("-enquiry__started_on", "-pk"))
    return OfChild(
        discussions=list(
            StrategyDiscussion.objects.of_child(child).select_related("meeting__chair")
        ),
        enquiries=ordered,
        agreements=states(papers_of([part.enquiry_id for part in ordered], child), today),
        plans=list(PlanChild.objects.current().filter(child=child).select_related("plan")),
    )


def papers_of(enquiries: Sequence[int], child: Person) -> list[SafetyAgreement]:
    """The papers about a child of these enquiries and under their plans, the newest first."""
    plans = PlanChild.objects.filter(child=child).values("plan")
    found: QuerySet[SafetyAgreement] = SafetyAgreement.objects.filter(
        Q(enquiry__in=list(enquiries)) | Q(plan__in=plans)
    )
    papers = found.select_related("recorded_by", "signed_by").order_by("-pk")
    return [paper for paper in papers if child.pk in paper.about]
