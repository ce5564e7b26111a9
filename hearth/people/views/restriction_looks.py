"""Pages of the trail: who looked at a record, what a worker looked at, and who was refused."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from hearth.accounts.forms_workers import TrailFilter
from hearth.accounts.guard import SignedInRequest, guard
from hearth.accounts.models import TrailKind, User
from hearth.accounts.trail_pages import events_by, events_of, events_of_kind
from hearth.people import policies_restriction as policies
from hearth.people.models import Person
from hearth.people.restriction_looks import with_people

PER_PAGE = 50


@guard(policies.looks)
def looks(request: SignedInRequest, person: Person) -> HttpResponse:
    """Who has looked at a record, what they did to it, and who was refused."""
    form = TrailFilter(request.GET)
    found = form.wanted().of(events_of(person.pk))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "child": person,
        "current": "looks",
        "page": page,
        "filters": form,
        "looks": with_people(list(page)),
    }
    return render(request, "people/restriction/looks.html", context)


@guard(policies.looks_by)
def looks_by(request: SignedInRequest, worker: User) -> HttpResponse:
    """What one worker has looked at, done, and been refused."""
    form = TrailFilter(request.GET, leaving_out=("worker",))
    found = form.wanted().of(events_by(worker))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"worker": worker, "page": page, "filters": form, "looks": with_people(list(page))}
    return render(request, "people/restriction/looks_by.html", context)


@guard(policies.refused_looks)
def refused_looks(request: SignedInRequest) -> HttpResponse:
    """Every look that was refused, whoever's and whosever record."""
    form = TrailFilter(request.GET, leaving_out=("kind",))
    found = form.wanted().of(events_of_kind(TrailKind.REFUSAL))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filters": form, "looks": with_people(list(page))}
    return render(request, "people/restriction/refused_looks.html", context)
