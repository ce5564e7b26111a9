"""Pages for a worker's own ties to people on record."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.people import policies_restriction as policies
from hearth.people import restriction_pages as pages
from hearth.people.actions import connections as actions
from hearth.people.forms_restriction import DeclareForm, EndConnectionForm
from hearth.people.models import DeclaredConnection, Person

PER_PAGE = 25


@guard(policies.declare_connection)
def declare_connection(request: SignedInRequest, person: Person) -> HttpResponse:
    """Say that one is tied to somebody on record."""
    form = DeclareForm(request.POST or None)
    if form.is_valid():
        actions.declare_connection(person=person, **form.cleaned_data, by=request.user)
        done(request, "Thank you. The record is closed to you, and your manager has been told")
        return redirect("people:connections")
    context = {"child": person, "form": form}
    return render(request, "people/restriction/declare_connection.html", context)


@guard(policies.connections)
def connections(request: SignedInRequest) -> HttpResponse:
    """What one has declared; for managers, what everybody has."""
    everybodys = request.user.has_role(*policies.end_connection.roles)
    found = pages.connections(request.user, everybodys=everybodys)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "declared": pages.with_persons(list(page)),
        "everybodys": everybodys,
    }
    return render(request, "people/restriction/connections.html", context)


@guard(policies.end_connection)
def end_connection(request: SignedInRequest, connection: DeclaredConnection) -> HttpResponse:
    """End a worker's declared connection."""
    form = EndConnectionForm(request.POST or None)
    if form.is_valid():
        actions.end_connection(connection=connection, **form.cleaned_data, by=request.user)
        done(request, f"{connection.worker} may open the record again")
        return redirect("people:connections")
    context = {"connection": connection, "form": form}
    return render(request, "people/restriction/end_connection.html", context)
