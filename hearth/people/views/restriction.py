"""Pages for keeping a record from all but those named."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import Draft, done
from hearth.people import policies_restriction as policies
from hearth.people import restriction_pages as pages
from hearth.people.actions import restriction as actions
from hearth.people.forms_restriction import LiftForm, NameWorkerForm, RestrictForm
from hearth.people.models import Person, Restriction, RestrictionAccess

PER_PAGE = 25


@guard(policies.see_restriction)
def restriction(request: SignedInRequest, person: Person) -> HttpResponse:
    """Why a record is restricted, and who is named."""
    worker = request.user
    context = {
        "child": person,
        "current": "restriction",
        "page": pages.restriction_page(person),
        "refusals": policies.restrict_people.refusals(worker, person),
        "may_lift": worker.has_role(*policies.lift_restriction.roles),
    }
    return render(request, "people/restriction/restriction.html", context)


@guard(policies.restrict_people)
def restrict_people(request: SignedInRequest, person: Person) -> HttpResponse:
    """Restrict one record, or those of brothers and sisters at once."""
    today, worker = timezone.localdate(), request.user
    family = pages.children_with(person, today=today)
    form = RestrictForm(request.POST or None, family=family, worker=worker, on=today)
    key = f"people.restrict.{person.pk}"
    if form.is_valid():
        named = form.cleaned_data["workers"]
        actions.restrict_people(**form.cleaned_data, by=worker)
        done(request, "Restricted: only those named can find the record now", draft=key)
        if worker in named:
            return redirect("people:restriction", person_id=person.pk)
        return redirect("desk:home")
    context = {"child": person, "form": form, "draft": Draft(key, [person.pk])}
    return render(request, "people/restriction/restrict_people.html", context)


@guard(policies.name_worker)
def name_worker(request: SignedInRequest, person: Person) -> HttpResponse:
    """Let one more worker through."""
    form = NameWorkerForm(request.POST or None)
    if form.is_valid():
        actions.name_worker(person=person, **form.cleaned_data, by=request.user)
        done(request, f"{form.cleaned_data['worker']} is named on the record")
        return redirect("people:restriction", person_id=person.pk)
    return render(request, "people/restriction/name_worker.html", {"child": person, "form": form})


@guard(policies.name_worker_unseen)
def name_worker_unseen(request: SignedInRequest, restriction: Restriction) -> HttpResponse:
    """Let a worker through to a record that the Caldicott guardian cannot open."""
    form = NameWorkerForm(request.POST or None)
    if form.is_valid():
        actions.name_worker_unseen(restriction=restriction, **form.cleaned_data, by=request.user)
        done(request, f"{form.cleaned_data['worker']} is named on the record")
        return redirect("people:restrictions")
    context = {"restriction": restriction, "form": form}
    return render(request, "people/restriction/name_worker_unseen.html", context)


@guard(policies.remove_worker)
def remove_worker(request: SignedInRequest, access: RestrictionAccess) -> HttpResponse:
    """Take a worker's name off."""
    if request.method == "POST":
        actions.remove_worker(access=access, by=request.user)
        done(request, f"{access.worker} is no longer named")
        if access.worker_id == request.user.pk:
            return redirect("desk:home")
        return redirect("people:restriction", person_id=access.person_id)
    context = {"child": access.person, "access": access}
    return render(request, "people/restriction/remove_worker.html", context)


@guard(policies.lift_restriction)
def lift_restriction(request: SignedInRequest, restriction: Restriction) -> HttpResponse:
    """End a restriction."""
    form = LiftForm(request.POST or None)
    if form.is_valid():
        actions.lift_restriction(restriction=restriction, **form.cleaned_data, by=request.user)
        done(request, "The restriction is lifted")
        if pages.can_see(restriction.person_id):
            return redirect("people:restriction", person_id=restriction.person_id)
        return redirect("people:restrictions")
    context = {"restriction": restriction, "form": form}
    return render(request, "people/restriction/lift_restriction.html", context)


@guard(policies.restrictions)
def restrictions(request: SignedInRequest) -> HttpResponse:
    """Every restriction in force, without names: those that nobody can see any more come first."""
    found = Paginator(pages.restrictions_in_force(), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    return render(request, "people/restriction/restrictions.html", {"page": page})
