"""What happens to somebody: a birth that was expected, the end of a pregnancy, a death."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.people import actions, policies
from hearth.people.forms.events import BirthHappenedForm, DeathForm, PregnancyEndedForm
from hearth.people.models import Person


@guard(policies.record_birth)
def record_birth(request: SignedInRequest, person: Person) -> HttpResponse:
    """Record the birth of a child who was expected."""
    today = timezone.localdate()
    form = BirthHappenedForm(request.POST or None, person=person, today=today)
    if form.is_valid():
        actions.record_birth(person=person, today=today, by=request.user, **form.cleaned_data)
        messages.success(request, "Birth recorded")
        return redirect("people:person", person.pk)
    return render(request, "people/record_birth.html", {"child": person, "form": form})


@guard(policies.end_pregnancy)
def end_pregnancy(request: SignedInRequest, person: Person) -> HttpResponse:
    """Record that a pregnancy ended without a birth."""
    today = timezone.localdate()
    form = PregnancyEndedForm(request.POST or None)
    if form.is_valid():
        actions.end_pregnancy(person=person, today=today, by=request.user, **form.cleaned_data)
        messages.success(request, "The end of the pregnancy is recorded")
        return redirect("people:person", person.pk)
    return render(request, "people/end_pregnancy.html", {"child": person, "form": form})


@guard(policies.record_death)
def record_death(request: SignedInRequest, person: Person) -> HttpResponse:
    """Record a death."""
    today = timezone.localdate()
    form = DeathForm(request.POST or None)
    if form.is_valid():
        actions.record_death(person=person, today=today, by=request.user, **form.cleaned_data)
        messages.success(request, "The death is recorded")
        return redirect("people:person", person.pk)
    return render(request, "people/record_death.html", {"child": person, "form": form})
