"""Professionals and organisations, and their part with a child."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.people import actions, network_pages, policies
from hearth.people.forms.network import (
    ClosedForm,
    LeftForm,
    OrganisationForm,
    ProfessionalForm,
)
from hearth.people.models import Organisation, Person, Professional


@guard(policies.professionals)
def professionals(request: SignedInRequest) -> HttpResponse:
    """Everybody on the list, narrowed by what is typed."""
    page = network_pages.listed(request.GET, today=timezone.localdate())
    return render(request, "people/professionals.html", {"page": page.rows, "listed": page})


@guard(policies.create_organisation)
def create_organisation(request: SignedInRequest) -> HttpResponse:
    """Put an organisation on the list."""
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        made = actions.create_organisation(
            today=timezone.localdate(), by=request.user, **form.cleaned_data
        )
        messages.success(request, f"{made} is on the list")
        return redirect(network_pages.back(request.GET, organisation=made))
    return render(request, "people/create_organisation.html", {"form": form})


@guard(policies.change_organisation)
def change_organisation(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """Change what is known of an organisation."""
    form = OrganisationForm(
        request.POST or None, initial=network_pages.as_it_is(organisation, OrganisationForm)
    )
    if form.is_valid():
        actions.change_organisation(
            organisation=organisation,
            today=timezone.localdate(),
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, "Changed")
        return redirect("people:professionals")
    context = {"form": form, "organisation": organisation}
    return render(request, "people/change_organisation.html", context)


@guard(policies.close_organisation)
def close_organisation(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """Record that an organisation closed."""
    form = ClosedForm(request.POST or None)
    if form.is_valid():
        actions.close_organisation(
            organisation=organisation,
            today=timezone.localdate(),
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, f"{organisation} is no longer offered")
        return redirect("people:professionals")
    context = {"form": form, "organisation": organisation}
    return render(request, "people/close_organisation.html", context)


@guard(policies.create_professional)
def create_professional(request: SignedInRequest) -> HttpResponse:
    """Put a professional on the list."""
    today = timezone.localdate()
    form = ProfessionalForm(request.POST or None, offered=network_pages.open_on(today))
    if form.is_valid():
        made = actions.create_professional(today=today, by=request.user, **form.answers)
        messages.success(request, f"{made} is on the list")
        return redirect(network_pages.back(request.GET, professional=made))
    return render(request, "people/create_professional.html", {"form": form})


@guard(policies.change_professional)
def change_professional(request: SignedInRequest, professional: Professional) -> HttpResponse:
    """Change what is known of a professional."""
    today = timezone.localdate()
    form = ProfessionalForm(
        request.POST or None,
        offered=network_pages.open_on(today, besides=professional.organisation),
        initial=network_pages.as_it_is(professional, ProfessionalForm),
    )
    if form.is_valid():
        actions.change_professional(
            professional=professional, today=today, by=request.user, **form.answers
        )
        messages.success(request, "Changed")
        return redirect("people:professionals")
    context = {"form": form, "professional": professional}
    return render(request, "people/change_professional.html", context)


@guard(policies.close_professional)
def close_professional(request: SignedInRequest, professional: Professional) -> HttpResponse:
    """Record that a professional left."""
    form = LeftForm(request.POST or None)
    if form.is_valid():
        actions.close_professional(
            professional=professional,
            today=timezone.localdate(),
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, f"{professional} is no longer offered")
        return redirect("people:professionals")
    context = {"form": form, "professional": professional}
    return render(request, "people/close_professional.html", context)


@guard(policies.record_network)
def record_network(request: SignedInRequest, person: Person) -> HttpResponse:
    """Choose a professional or organisation, then say what part they have with somebody."""
    today = timezone.localdate()
    chosen = network_pages.chosen(request.GET)
    if not chosen:
        page = network_pages.listed(request.GET, today=today)
        context = {"child": person, "page": page.rows, "listed": page}
        return render(request, "people/choose_professional.html", context)
    form = network_pages.part_form(request.POST or None, person, chosen, today=today)
    if form.is_valid():
        actions.record_fact(fact=form.fact, today=today, by=request.user)
        messages.success(request, f"Recorded around {person}")
        return redirect("people:person", person.pk)
    who = next(iter(chosen.values()))
    return render(
        request, "people/record_network.html", {"child": person, "form": form, "who": who}
    )
