"""Who somebody is: the page of all that is recorded, and each fact recorded, corrected or ended."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import close_draft, open_draft
from hearth.design.forms import attempt
from hearth.people import actions, pages, policies
from hearth.people.forms.facts import EndForm, WithdrawForm
from hearth.people.models import Person

PER_PAGE = 25


@guard(policies.person)
def person(request: SignedInRequest, person: Person) -> HttpResponse:
    """All that is recorded of who somebody is, as it is today."""
    today = timezone.localdate()
    if person.is_merged:
        return render(request, "people/merged.html", pages.merged(person, today=today))
    context = {
        **pages.shell(person, "person"),
        "groups": pages.page_of(person, today=today),
        "may": (may := pages.may(request.user, person, today=today)),
        "can": not may["record_fact"],
    }
    return render(request, "people/person.html", context)


@guard(policies.history)
def history(request: SignedInRequest, person: Person, kind: str) -> HttpResponse:
    """Everything ever said of one kind, by whom and when, mistakes included."""
    of = pages.kind_called(kind)
    versions = pages.history_of(person, of)
    may_record = not of.chosen and policies.record_fact.allows(request.user, person)
    context = {**pages.shell(person, "person"), "kind": of, "versions": versions}
    return render(request, "people/history.html", {**context, "may_record": may_record})


@guard(policies.record_fact)
def record_fact(request: SignedInRequest, person: Person, kind: str) -> HttpResponse:
    """Record one fact of a kind."""
    today, of = timezone.localdate(), pages.recordable(kind)
    draft = open_draft(request, f"people.{kind}.{person.pk}", about=[person.pk])
    form = of.form(request.POST or None, person=person, model=of.model, fixed=of.fixed, today=today)
    if form.is_valid() and attempt(
        form, lambda: actions.record_fact(fact=form.fact, today=today, by=request.user)
    ):
        close_draft(request, draft, f"Recorded {of.one}")
        return redirect("people:person", person.pk)
    now = pages.standing(person, of, today=today)
    context = {"child": person, "kind": of, "form": form, "draft": draft, "now": now}
    return render(request, "people/record_fact.html", context)


@guard(policies.correct_fact)
def correct_fact(request: SignedInRequest, person: Person, kind: str, fact: int) -> HttpResponse:
    """Put right what was wrong when it was recorded."""
    today, of = timezone.localdate(), pages.kind_called(kind)
    old = pages.fact_of(person, of, fact)
    draft = open_draft(request, f"people.correct.{kind}.{fact}", about=[person.pk])
    form = of.form(
        request.POST or None, person=person, model=of.model, fixed={}, today=today, old=old
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.correct_fact(
            fact=old,
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
            today=today,
            by=request.user,
        ),
    ):
        close_draft(request, draft, f"Corrected {of.one}")
        return redirect("people:person", person.pk)
    line = pages.line_of(of, old)
    context = {"child": person, "kind": of, "form": form, "draft": draft, "line": line}
    return render(request, "people/correct_fact.html", context)


@guard(policies.end_fact)
def end_fact(request: SignedInRequest, person: Person, kind: str, fact: int) -> HttpResponse:
    """Record the first day a fact was no longer so."""
    today, of = timezone.localdate(), pages.kind_called(kind)
    old = pages.fact_of(person, of, fact)
    form = EndForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.end_fact(fact=old, today=today, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, f"Ended {of.one}")
        return redirect("people:person", person.pk)
    context = {"child": person, "kind": of, "form": form, "line": pages.line_of(of, old)}
    return render(request, "people/end_fact.html", context)


@guard(policies.withdraw_fact)
def withdraw_fact(request: SignedInRequest, person: Person, kind: str, fact: int) -> HttpResponse:
    """Withdraw a fact that was never so."""
    today, of = timezone.localdate(), pages.kind_called(kind)
    old = pages.fact_of(person, of, fact)
    form = WithdrawForm(request.POST or None, before=actions.the_one_before(old))
    if form.is_valid() and attempt(
        form,
        lambda: actions.withdraw_fact(fact=old, today=today, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, f"Withdrew {of.one}")
        return redirect("people:person", person.pk)
    context = {"child": person, "kind": of, "form": form, "line": pages.line_of(of, old)}
    return render(request, "people/withdraw_fact.html", context)


@guard(policies.hazards)
def hazards(request: SignedInRequest) -> HttpResponse:
    """The hazards that somebody was to look at again by today."""
    today = timezone.localdate()
    found = pages.hazards_due(request.user, today=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/hazards.html", {"page": page, "today": today})
