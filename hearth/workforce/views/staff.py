"""The staff list, a worker's page, and what is changed there."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.workforce import actions, pages, policies
from hearth.workforce.forms import (
    AddStaffForm,
    MoveForm,
    OnForm,
    RegistrationForm,
    StaffFilter,
    WorkForm,
    known,
)
from hearth.workforce.models import Registration, Staff

PER_PAGE = 50


@guard(policies.staff_list)
def staff_list(request: SignedInRequest) -> HttpResponse:
    """Everybody who works here, or did."""
    today, form = timezone.localdate(), StaffFilter(request.GET)
    found = pages.staff_found(form.chosen, today=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": pages.as_lines(list(page), today=today),
        "filters": form,
        "may_add": policies.add_staff.allows(request.user, None),
        "may_see_registrations": policies.registrations.allows(request.user, None),
    }
    return render(request, "workforce/staff_list.html", context)


@guard(policies.staff)
def staff(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """Who somebody is at work."""
    page = pages.staff_page(staff, request.user, today=timezone.localdate())
    return render(request, "workforce/staff.html", {"page": page})


@guard(policies.add_staff)
def add_staff(request: SignedInRequest) -> HttpResponse:
    """Put somebody who has an account on the staff list."""
    form = AddStaffForm(request.POST or None, today=timezone.localdate())
    if form.is_valid() and attempt(
        form, lambda: actions.add_staff(**form.cleaned_data, by=request.user)
    ):
        done(request, f"{form.cleaned_data['user']} is on the staff list")
        return redirect("workforce:staff_list")
    return render(request, "workforce/add_staff.html", {"form": form})


@guard(policies.change_staff)
def change_staff(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """Change what is on record about somebody's work."""
    form = WorkForm(request.POST or None, initial=known(staff))
    if form.is_valid() and attempt(
        form, lambda: actions.change_staff(staff=staff, **form.cleaned_data, by=request.user)
    ):
        done(request, "Changed")
        return redirect("workforce:staff", staff.pk)
    return render(request, "workforce/change_staff.html", {"form": form, "staff": staff})


@guard(policies.move_team)
def move_team(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """Move somebody to another team, or into one more."""
    form = MoveForm(request.POST or None, today=timezone.localdate())
    if form.is_valid() and attempt(form, lambda: _move(request, staff, form)):
        done(request, f"{staff} is in {form.cleaned_data['team']}")
        return redirect("workforce:staff", staff.pk)
    return render(request, "workforce/move_team.html", {"form": form, "staff": staff})


def _move(request: SignedInRequest, staff: Staff, form: MoveForm) -> None:
    said = dict(form.cleaned_data)
    if said.pop("stays"):
        actions.join_team(staff=staff, **said, by=request.user)
    else:
        actions.move_team(staff=staff, **said, by=request.user)


@guard(policies.add_registration)
def add_registration(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """Record a registration as it stands on the register."""
    form = RegistrationForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.add_registration(staff=staff, **form.cleaned_data, by=request.user)
    ):
        done(request, "Registration recorded")
        return redirect("workforce:staff", staff.pk)
    return render(request, "workforce/add_registration.html", {"form": form, "staff": staff})


@guard(policies.end_registration)
def end_registration(request: SignedInRequest, registration: Registration) -> HttpResponse:
    """Record that a registration stopped before its time."""
    label = "Which is the first day it no longer stands?"
    form = OnForm(request.POST or None, today=timezone.localdate(), label=label)
    if form.is_valid() and attempt(
        form,
        lambda: actions.end_registration(
            registration=registration, **form.cleaned_data, by=request.user
        ),
    ):
        done(request, "The registration has ended")
        return redirect("workforce:staff", registration.staff_id)
    context = {"form": form, "registration": registration}
    return render(request, "workforce/end_registration.html", context)


@guard(policies.leave)
def leave(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """Record that somebody leaves, once their work is with others."""
    page = pages.leaving_page(staff, request.user)
    label = "Which is the first day they no longer work here?"
    form = OnForm(request.POST or None, today=timezone.localdate(), label=label)
    if form.is_valid() and attempt(
        form, lambda: actions.leave(staff=staff, **form.cleaned_data, by=request.user)
    ):
        done(request, f"{staff} has left, and their account is closed")
        return redirect("workforce:staff", staff.pk)
    return render(request, "workforce/leave.html", {"form": form, "page": page})


@guard(policies.registrations)
def registrations(request: SignedInRequest) -> HttpResponse:
    """Registrations that have run out or soon will."""
    lines = pages.running_out(today=timezone.localdate())
    return render(request, "workforce/registrations.html", {"lines": lines})
