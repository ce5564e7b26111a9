"""A conference on paper: read through, and taken out as PDF or as Word."""

from django.http import HttpResponse
from django.urls import reverse

from hearth.accounts.guard import SignedInRequest, guard
from hearth.protection import policies
from hearth.protection.agency_report_copy import offers_asked
from hearth.protection.conference_copies import offers
from hearth.protection.conference_facts import Facts
from hearth.protection.models import Conference
from hearth.records.views.outgoing import outgoing


@guard(policies.conference_copies)
def conference_copies(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Choose a paper, and for whom; read it through; take it out. An agency's report is one."""
    read = Facts(conference)
    of_report = offers_asked(read, request.GET.get("of", ""))
    back, text = ("_reports", "The reports") if of_report else ("", "The conference")
    context = {
        "back": reverse(f"protection:conference{back}", args=[conference.pk]),
        "back_text": text,
        "caption": str(conference),
    }
    made = of_report or offers(read)
    return outgoing(request, conference, offers=made, children=read.children, context=context)
