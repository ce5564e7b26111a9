"""A plan, and the notes of the meetings that carry it on, on paper: each for whom it is."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.plans import meeting_papers as notes
from hearth.plans import policies
from hearth.plans.models import Meeting, Plan
from hearth.plans.pages.plan import names_of, with_needs
from hearth.plans.papers import offers
from hearth.records.views.outgoing import outgoing


@guard(policies.plan_papers)
def plan_papers(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Choose a paper, read it through, take it out."""
    children = with_needs(plan)
    context = {
        "back": reverse("plans:plan", args=[plan.pk]),
        "back_text": "The plan",
        "caption": f"{plan}: {names_of(children)}",
    }
    papers = offers(plan, children, today=timezone.localdate())
    return outgoing(request, plan, offers=papers, children=children, context=context)


@guard(policies.meeting_papers)
def meeting_papers(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Choose for whom the notes are, read them through, take them out."""
    read = notes.Facts(meeting)
    context = {
        "back": reverse("plans:meeting", args=[meeting.pk]),
        "back_text": str(meeting),
        "caption": f"{meeting}: {names_of(read.children)}",
    }
    return outgoing(
        request, meeting, offers=notes.offers(read), children=read.children, context=context
    )
