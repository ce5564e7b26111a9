"""Putting somebody on record, after a look at whom they may already be."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import close_draft, open_draft
from hearth.people import actions, pages, policies
from hearth.people.creating import Matching
from hearth.people.forms.creating import NewPersonForm
from hearth.people.models import Person


@guard(policies.create_person)
def create_person(request: SignedInRequest) -> HttpResponse:
    """Ask who they are, show who they may be, and put them on record if they are nobody known."""
    today = timezone.localdate()
    draft = open_draft(request, "people.create")
    form = NewPersonForm(request.POST or None, today=today, initial=pages.begun(request.GET))
    if not form.is_valid():
        return render(request, "people/create_person.html", {"form": form, "draft": draft})
    matching = Matching(form.new(), request.POST)
    if matching.is_known is not None:
        close_draft(request, draft, "This person was on record already: nothing was added")
        return redirect(pages.onwards(request.GET, matching.is_known))
    if matching.must_ask:
        context = {"form": form, "matching": matching, "draft": draft}
        return render(request, "people/likely_matches.html", context)
    person = actions.create_person(
        new=form.new(), none_of=matching.turned_down, today=today, by=request.user
    )
    close_draft(request, draft, f"{person} is on record")
    return redirect(pages.onwards(request.GET, person.pk))


@guard(policies.give_child_record)
def give_child_record(request: SignedInRequest, person: Person) -> HttpResponse:
    """Give somebody on record a child's record and a number."""
    today = timezone.localdate()
    if request.method == "POST":
        person = actions.give_child_record(person=person, today=today, by=request.user)
        messages.success(request, f"{person} has a child's record, {person.la_child_id}")
        return redirect("people:person", person.pk)
    return render(request, "people/give_child_record.html", {"child": person})
