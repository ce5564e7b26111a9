"""A plan on paper, for those who carry it out, for a parent, and for each child."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.plans import policies
from hearth.plans.models import Plan
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
