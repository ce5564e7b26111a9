"""A conference on paper: read through, and taken out as PDF or as Word."""

from django.http import HttpResponse
from django.urls import reverse

from hearth.accounts.guard import SignedInRequest, guard
from hearth.protection import policies
from hearth.protection.conference_copies import offers
from hearth.protection.conference_facts import Facts
from hearth.protection.models import Conference
from hearth.records.views.outgoing import outgoing


@guard(policies.conference_copies)
def conference_copies(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Choose a paper, and for whom; read it through; take it out."""
    read = Facts(conference)
    context = {
        "back": reverse("protection:conference", args=[conference.pk]),
        "back_text": "The conference",
        "caption": str(conference),
    }
    return outgoing(
        request, conference, offers=offers(read), children=read.children, context=context
    )
