"""The pages by which children are protected, of the children a walker works with or a chair has."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Manager, QuerySet
from django.urls import reverse

from hearth.plans.models import Meeting, MeetingKind, PlanAction, PlanChild
from hearth.protection.models import ConferenceChild, EnquiryChild, StrategyChild

SOME = 12
# By the page's name: its address, the part a child has in the record, and that record's column.
OF_A_CHILD: Sequence[tuple[str, str, "Manager[Any]", str]] = (
    ("strategy discussion", "protection:strategy", StrategyChild.objects, "discussion_id"),
    ("enquiry", "protection:enquiry", EnquiryChild.objects, "enquiry_id"),
    ("conference", "protection:conference", ConferenceChild.objects, "conference_id"),
    ("plan", "plans:plan", PlanChild.objects, "plan_id"),
)


def pages_of(children: Sequence[int]) -> dict[str, list[str]]:
    """The addresses of what has been done to protect these children, by the page's name."""
    found = {
        name: _addresses(page, parts.filter(child_id__in=list(children)), column)
        for name, page, parts, column in OF_A_CHILD
    }
    met = Meeting.objects.held().filter(
        kind=MeetingKind.CORE_GROUP, children__child__in=list(children)
    )
    found["core group"] = _addresses("plans:meeting", met, "pk")
    return found


def _addresses(page: str, records: "QuerySet[Any]", column: str) -> list[str]:
    latest = records.order_by("-pk").values_list(column, flat=True)[: SOME * 3]
    return [reverse(page, args=[pk]) for pk in list(dict.fromkeys(latest))[:SOME]]


def pages_of_chair(worker: int) -> dict[str, list[str]]:
    """A chair's conferences: those held, and those to come, on the page used in the meeting."""
    chaired = ConferenceChild.objects.filter(conference__meeting__chair=worker)
    held = chaired.exclude(conference__decided_at=None)
    coming = chaired.filter(conference__decided_at=None, conference__meeting__cancelled_at=None)
    return {
        "conference": _addresses("protection:conference", held, "conference_id"),
        "conference (live)": _addresses("protection:decide_conference", coming, "conference_id"),
        "conferences": [reverse("protection:conferences")],
        "chair's diary": [reverse("protection:chair_diary")],
    }


def plan_of(child: int) -> int | None:
    """The plan that stands for a child, if one does."""
    standing = PlanChild.objects.current().filter(child=child, plan__issued_on__isnull=False)
    return standing.order_by("-pk").values_list("plan_id", flat=True).first()


def action_of(child: int) -> int | None:
    """An action that is open in the plan that stands for a child."""
    plan = plan_of(child)
    if plan is None:
        return None
    return PlanAction.objects.open().filter(plan=plan).values_list("pk", flat=True).first()
