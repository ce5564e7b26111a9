"""Who is related to whom, who lives together, and the family drawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.people import actions, family_pages, pages, policies
from hearth.people.forms.families import (
    JoinForm,
    MoveForm,
    NewHouseholdForm,
    NewRelationshipForm,
)
from hearth.people.models import Household, Person


@guard(policies.genogram)
def genogram(request: SignedInRequest, person: Person) -> HttpResponse:
    """The family drawn, with a table that says the same."""
    drawn = family_pages.genogram_of(person, today=timezone.localdate())
    context = {**pages.shell(person, "genogram"), "drawn": drawn}
    return render(request, "people/genogram.html", context)


@guard(policies.record_relationship)
def record_relationship(request: SignedInRequest, person: Person) -> HttpResponse:
    """Choose somebody, then say what they are to this person."""
    today = timezone.localdate()
    if "with" not in request.GET:
        choosing = family_pages.choosing(request.GET, person, request.user, today=today)
        return render(request, "people/choose_relative.html", {"child": person, "page": choosing})
    other = pages.somebody(request.GET["with"], request.user)
    form = NewRelationshipForm(request.POST or None, person=other, other=person, today=today)
    if form.is_valid():
        actions.record_relationship(
            person=other, other_person=person, today=today, by=request.user, **form.answers
        )
        messages.success(request, f"Recorded what {other} is to {person}")
        return redirect(family_pages.home_of(person))
    context = {"child": person, "other": other, "form": form}
    return render(request, "people/record_relationship.html", context)


@guard(policies.create_household)
def create_household(request: SignedInRequest, person: Person) -> HttpResponse:
    """Record that some of a family live together."""
    today = timezone.localdate()
    offered = family_pages.who_may_live_together(person, today=today)
    form = NewHouseholdForm(request.POST or None, people=offered, person=person)
    if form.is_valid():
        household = actions.create_household(
            members=form.members,
            started_on=form.cleaned_data["started_on"],
            today=today,
            by=request.user,
        )
        messages.success(request, "Household recorded")
        return redirect("people:household", household.pk)
    return render(request, "people/create_household.html", {"child": person, "form": form})


@guard(policies.household)
def household(request: SignedInRequest, household: Household) -> HttpResponse:
    """Who lives together, since when, and who used to."""
    page = family_pages.household_of(household, today=timezone.localdate())
    return render(request, "people/household.html", {"page": page})


@guard(policies.join_household)
def join_household(request: SignedInRequest, household: Household) -> HttpResponse:
    """Choose somebody, then say since when they live there."""
    today = timezone.localdate()
    page = family_pages.household_of(household, today=today)
    if "with" not in request.GET:
        choosing = family_pages.choosing(request.GET, None, request.user, today=today)
        context = {"page": choosing, "household": page}
        return render(request, "people/choose_lodger.html", context)
    person = pages.somebody(request.GET["with"], request.user)
    form = JoinForm(request.POST or None)
    if form.is_valid():
        actions.join_household(
            household=household, person=person, today=today, by=request.user, **form.cleaned_data
        )
        messages.success(request, f"{person} is in the household")
        return redirect("people:household", household.pk)
    context = {"household": page, "person": person, "form": form}
    return render(request, "people/join_household.html", context)


@guard(policies.move_household)
def move_household(request: SignedInRequest, household: Household) -> HttpResponse:
    """Record a new address for a whole household at once."""
    today = timezone.localdate()
    page = family_pages.household_of(household, today=today)
    form = MoveForm(request.POST or None, people=page.people)
    if form.is_valid():
        moved = actions.move_household(
            household=household, today=today, by=request.user, **form.answers
        )
        messages.success(request, f"New address recorded for {len(moved)}")
        return redirect("people:household", household.pk)
    return render(request, "people/move_household.html", {"household": page, "form": form})
